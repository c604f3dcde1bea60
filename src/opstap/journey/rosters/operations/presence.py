"""Who was there: noted on the floor with one tap, added and never overwritten; a closed month is corrected with four eyes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.associations.models import Association, Contract
from opstap.journey.rosters.enums import CAME, PresenceState
from opstap.journey.rosters.models import Presence, RosterShift, WorkedMonth
from opstap.journey.rosters.permissions import may_note_presence
from opstap.journey.rosters.queries import presence_of, published_shifts

_LONGEST = 12 * 60


@dataclass(frozen=True, slots=True)
class PresenceNote:
    """How a day of a worker went; without `minutes` who came worked as was told."""

    contract_id: UUID
    on: date
    state: PresenceState
    minutes: int | None = None


@operation
def note_presence(*, notes: Sequence[PresenceNote], by: Actor, at: datetime) -> int:
    """Note who was there; return how many days are different from what was noted before: the same note twice adds nothing.

    All of it or nothing. Raises `Refused` for who may not (the floor of the site, and the planner, may), for a day to come, without a
    shift that was told, for minutes that cannot be, and in a month that is closed: that is corrected.
    """
    contracts = {row.pk: row for row in Contract.objects.select_related("association").filter(pk__in={note.contract_id for note in notes})}
    if {note.contract_id for note in notes} - contracts.keys():
        raise Refused(Reason("rosters.not_on_floor"))
    lock_in_order(*(f"presence:{key}" for key in contracts))
    added = 0
    for association in {row.association_id: row.association for row in contracts.values()}.values():
        own = [note for note in notes if contracts[note.contract_id].association_id == association.pk]
        rows = _new_rows(association, own, by, at)
        Presence.objects.bulk_create(rows)
        added += len(rows)
    facts = {"days": sorted({note.on.isoformat() for note in notes})[:31], "noted": added}
    subject = notes[0].contract_id if notes else ""
    person = contracts[notes[0].contract_id].person_id if len(notes) == 1 else None
    record(by=by, at=at, action="note_presence", subject_kind="contract", subject_id=subject, person_id=person, facts=facts)
    return added


def _new_rows(association: Association, notes: Sequence[PresenceNote], by: Actor, at: datetime) -> list[Presence]:
    """Return what is new of the notes of one association."""
    first, last = min(note.on for note in notes), max(note.on for note in notes)
    until = last + timedelta(days=1)
    told = {(row.contract_id, row.on): row for row in published_shifts(association, first, until, with_people=True)}
    noted, closed = presence_of(association, first, until), _closed(association, notes)
    rows = []
    for note in notes:
        shift = told.get((note.contract_id, note.on))
        if shift is None or not may_note_presence(by, association, shift.site.organisation_id):
            raise Refused(Reason("rosters.not_on_floor"))
        if note.on > localdate(at):
            raise Refused(Reason("rosters.presence_ahead"))
        if note.on.replace(day=1) in closed:
            raise Refused(Reason("rosters.presence_month_closed"))
        minutes = minutes_of(note, shift)
        before = noted.get(note.contract_id, {}).get(note.on)
        if before is None or (before.state, before.minutes) != (note.state, minutes):
            place = {"contract_id": note.contract_id, "on": note.on, "site": shift.site}
            rows.append(Presence(**place, state=note.state.value, minutes=minutes, noted_by=by.label[:200], noted_at=at))
    return rows


def minutes_of(note: PresenceNote, shift: RosterShift) -> int:
    """Return the minutes of a note about a shift: 0 for who did not come. Raises `Refused` for minutes that cannot be."""
    if note.state not in CAME:
        return 0
    minutes = shift.minutes if note.minutes is None else note.minutes
    if not 0 < minutes <= _LONGEST:
        raise Refused(Reason("rosters.presence_minutes", {"most": _LONGEST // 60}))
    return minutes


def _closed(association: Association, notes: Iterable[PresenceNote]) -> set[date]:
    months = {note.on.replace(day=1) for note in notes}
    rows = WorkedMonth.objects.filter(association=association, month__in=months, is_closed=True)
    return set(rows.order_by().values_list("month", flat=True))
