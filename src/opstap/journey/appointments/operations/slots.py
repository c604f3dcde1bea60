"""Opening and closing moments at which people can come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.appointments.enums import USES_A_SLOT
from opstap.journey.appointments.models import Invitation, Slot
from opstap.journey.appointments.permissions import may_close, may_open_slots
from opstap.journey.places.models import Place

_MOST_AT_ONCE = 200


@operation
def open_slots(
    *, counsellor: User | None, place: Place | None, starts: Sequence[datetime], minutes: int, where: str, by: Actor, at: datetime
) -> list[Slot]:
    """Open moments of a counsellor or of a place; those that are open already are left as they are. Return the new ones.

    Raises `Refused` for who may not, for a moment in the past, without any moment, and for more than 200 at once.
    """
    if (counsellor is None) == (place is None) or not may_open_slots(by, counsellor_id=counsellor.pk if counsellor else None, place=place):
        raise Refused(Reason("appointments.may_not_open_slots"))
    if not starts or len(starts) > _MOST_AT_ONCE:
        raise Refused(Reason("appointments.slots_at_once", {"most": _MOST_AT_ONCE}))
    if min(starts) <= at:
        raise Refused(Reason("appointments.slot_in_the_past"))
    there = set(Slot.objects.filter(counsellor=counsellor, place=place, closed_at__isnull=True).values_list("starts_at", flat=True))
    terms = {"counsellor": counsellor, "place": place, "minutes": minutes, "where": where[:200]}
    rows = [Slot(starts_at=start, created_by=by.label[:200], created_at=at, **terms) for start in sorted(set(starts) - there)]
    Slot.objects.bulk_create(rows)
    subject = counsellor or place
    record(by=by, at=at, action="open_slots", subject_kind="slots", subject_id=subject.pk if subject else "", facts={"opened": len(rows)})
    return rows


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
