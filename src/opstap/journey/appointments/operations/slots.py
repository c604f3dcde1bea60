"""Opening and closing moments at which people can come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.timezone import localdate, localtime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.rows import add_rows
from opstap.journey.appointments.enums import USES_A_SLOT
from opstap.journey.appointments.models import Invitation, Slot
from opstap.journey.appointments.permissions import may_close, may_open_slots
from opstap.journey.appointments.queries import ENDS
from opstap.journey.places.models import Place

_MOST_AT_ONCE = 200


@operation
def open_slots(
    *, counsellor: User | None, place: Place | None, starts: Sequence[datetime], minutes: int, where: str, by: Actor, at: datetime
) -> list[Slot]:
    """Open moments of a counsellor or of a place; those that are open already are left as they are. Return the new ones.

    Raises `Refused` for who may not, for a moment in the past, without any moment, for more than 200 at once, and when one overlaps with
    another or with one that is open already: nobody receives two people at once.
    """
    if (counsellor is None) == (place is None) or not may_open_slots(by, counsellor_id=counsellor.pk if counsellor else None, place=place):
        raise Refused(Reason("appointments.may_not_open_slots"))
    if not starts or len(starts) > _MOST_AT_ONCE:
        raise Refused(Reason("appointments.slots_at_once", {"most": _MOST_AT_ONCE}))
    if min(starts) <= at:
        raise Refused(Reason("appointments.slot_in_the_past"))
    subject = counsellor or place
    lock_in_order(f"slots:{subject.pk if subject else ''}")
    open_ones = Slot.objects.filter(counsellor=counsellor, place=place, closed_at__isnull=True).annotate(ends_at=ENDS)
    there = dict(open_ones.filter(ends_at__gt=at).order_by("starts_at").values_list("starts_at", "ends_at"))
    new = sorted(set(starts) - there.keys())
    _must_not_overlap(new, timedelta(minutes=minutes), there)
    terms = {"counsellor": counsellor, "place": place, "minutes": minutes, "where": where[:200]}
    rows = [Slot(starts_at=start, created_by=by.label[:200], created_at=at, **terms) for start in new]
    add_rows(rows)
    record(by=by, at=at, action="open_slots", subject_kind="slots", subject_id=subject.pk if subject else "", facts={"opened": len(rows)})
    return rows


def _must_not_overlap(new: Sequence[datetime], length: timedelta, there: Mapping[datetime, datetime]) -> None:
    """Raise `Refused` for the first new moment that overlaps; `there` are the open ones, start to end."""
    both = sorted([*((start, end, True) for start, end in there.items()), *((start, start + length, False) for start in new)])
    for (start, end, is_there), (following, _end, is_open) in pairwise(both):
        if following < end and not (is_there and is_open):
            clash, other = (start, following) if is_open else (following, start)
            words = {"on": localdate(clash).isoformat(), "time": f"{localtime(clash):%H:%M}", "other": f"{localtime(other):%H:%M}"}
            raise Refused(Reason("appointments.slots_overlap", words))


@operation
def close_slot(*, slot: Slot, by: Actor, at: datetime) -> Slot:
    """Close a free moment. Raises `Refused` for who may not, and while somebody has it: that booking is cancelled first."""
    row = Slot.objects.select_for_update(of=("self",)).select_related("place").get(pk=slot.pk)
    if not may_close(by, row):
        raise Refused(Reason("appointments.may_not_open_slots"))
    if Invitation.objects.filter(slot=row, state__in=USES_A_SLOT).exists():
        raise Refused(Reason("appointments.slot_is_taken"))
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    record(by=by, at=at, action="close_slot", subject_kind="slot", subject_id=row.pk)
    return row
