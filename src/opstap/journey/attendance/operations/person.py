"""What the person says of their own days: right, or not and why. Both versions stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.among import Keys
from opstap.foundation.audit.operations import Entry, lock_in_order, operation, record_many
from opstap.foundation.prepared import Prepared
from opstap.foundation.rows import write_rows
from opstap.journey.attendance.enums import PersonState
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.permissions import may_speak
from opstap.journey.attendance.queries.reach import attended_placements

_MOST_WORDS = 1000
_WORK: Prepared[UUID] = Prepared(lambda ids: Day.objects.filter(pk__among=ids).order_by().values_list("placement_id", flat=True))
_DAYS: Prepared[Day] = Prepared(lambda ids: Day.objects.filter(pk__among=ids).select_related("placement").order_by("on", "id"))
_OWN: Prepared[UUID] = Prepared(
    lambda by, on, placements: attended_placements(by, on).filter(pk__among=placements).order_by().values_list("pk", flat=True),
    at_times=("on",),
)


@operation
def confirm_days(*, day_ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Say of days that they are right; return how many were not confirmed before. Raises `Refused` for days of somebody else."""
    rows = _own_days(day_ids, by, at)
    changed = [row for row in rows if row.person_state != PersonState.CONFIRMED]
    for row in changed:
        row.person_state, row.person_at = PersonState.CONFIRMED, at
    write_rows(changed, "person_state", "person_at")
    _record(rows, "confirm_day", by, at)
    return len(changed)


@operation
def contest_day(*, day_id: UUID, words: str, by: Actor, at: datetime) -> Day:
    """Say of a day that it is not right, in own words; what was noted stays beside it. Raises `Refused` without words."""
    if not words.strip():
        raise Refused(Reason("attendance.contest_needs_words"))
    row = _own_days([day_id], by, at)[0]
    row.person_state, row.person_at, row.person_words = PersonState.CONTESTED.value, at, words.strip()[:_MOST_WORDS]
    row.save(update_fields=["person_state", "person_at", "person_words"])
    _record([row], "contest_day", by, at)
    return row


def _own_days(day_ids: Sequence[UUID], by: Actor, at: datetime) -> list[Day]:
    """Return the days, locked, of which the actor may speak; raise `Refused` when one of them is not theirs, or was replaced."""
    ids = Keys(dict.fromkeys(day_ids))
    lock_in_order(*(f"placement:{each}" for each in _WORK(ids=ids)))
    rows = _DAYS(ids=ids)
    own = set(_OWN(by=by, on=localdate(at), placements=Keys({row.placement_id for row in rows})))
    if not rows or len(rows) < len(ids) or any(row.placement_id not in own or not may_speak(by, row.placement) for row in rows):
        raise Refused(Reason("attendance.may_not_speak"))
    return rows


def _record(rows: list[Day], action: str, by: Actor, at: datetime) -> None:
    record_many(
        by=by, at=at, entries=[Entry(action, "attendance_day", row.pk, row.placement.person_id, {"on": row.on.isoformat()}) for row in rows]
    )
