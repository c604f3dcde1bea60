"""Noting days: many at once, again and again with the same outcome, and never past a limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate
from procrastinate.contrib.django import app as jobs

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.among import Keys
from opstap.foundation.audit.operations import Entry, lock_in_order, operation, record_many
from opstap.foundation.prepared import Prepared
from opstap.foundation.rows import add_rows, write_rows
from opstap.journey.attendance.assembly import Sheet, month_sheets
from opstap.journey.attendance.enums import ATTENDED, FORESEEN, ClosingState, DayState, PersonState
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.permissions import may_note
from opstap.journey.attendance.queries.days import month_of
from opstap.journey.attendance.queries.reach import WORKED, attended_among, stands_in_for
from opstap.journey.placements.models import Placement, PlacementHalfDay

_CHANGED = ("state", "hours", "noted_by", "noted_at", "person_state", "person_at")
LONGEST_DAY = Decimal(12)
AFTER_LAST_TICK = "evaluations.after_days"
"""The job of the room of evaluations, by its name: this room stands before that one."""
_PEOPLE: Prepared[UUID] = Prepared(lambda ids: Placement.objects.filter(pk__among=ids).order_by().values_list("person_id", flat=True))


@dataclass(frozen=True, slots=True)
class DayNote:
    """What is to be noted of one day; `hours` None means as agreed, `half_day` (0..13) only to note half a day on its own."""

    placement_id: UUID
    on: date
    state: DayState
    hours: Decimal | None = None
    half_day: int | None = None


@operation
def record_day(
    *, placement: Placement, on: date, state: DayState, hours: Decimal | None = None, half_day: int | None = None, by: Actor, at: datetime
) -> Day:
    """Note how a day went, or change what was noted of it; see `record_days`."""
    return record_days(notes=[DayNote(placement.pk, on, state, hours, half_day)], by=by, at=at)[0]


@operation
def record_days(*, notes: Sequence[DayNote], by: Actor, at: datetime) -> list[Day]:
    """Note many days at once; the same notes sent again change nothing. Return the rows in the order of the notes.

    Raises `Refused`, and notes nothing, when one of the days cannot be noted: nobody works there then, the day has not come, it is no
    agreed day, the place is closed, the month is signed, or the hours cross a limit.
    """
    today = localdate(at)
    ids = Keys({note.placement_id for note in notes})
    people = _PEOPLE(ids=ids)
    lock_in_order(*(f"placement:{each}" for each in ids), *(f"person:{each}" for each in people))
    placements = {row.pk: row for row in attended_among(by, today, ids)}
    stands_in = stands_in_for(by, today)
    if len(placements) < len(ids) or not all(may_note(by, row, stands_in) for row in placements.values()):
        raise Refused(Reason("attendance.may_not_note"))
    sheets = {month: month_sheets(placements.values(), month) for month in {month_of(note.on) for note in notes}}
    written = []
    for note in notes:
        sheet = sheets[month_of(note.on)][note.placement_id]
        row, is_new, before = _noted(sheet, note, by, at)
        written.append((row, is_new, before))
        others = tuple(day for day in sheet.days if day.pk != row.pk)
        sheets[sheet.month][note.placement_id] = replace(sheet, days=(*others, row))
    _write(written, by, at)
    if any(before is not None for _, _, before in written):
        _tell_last_ticks(sheets)
    return [row for row, _, _ in written]


def _tell_last_ticks(sheets: Mapping[date, Mapping[UUID, Sheet]]) -> None:
    """Let a later room look, in a job of its own, at whose month has had its last tick: that is the moment to ask how it went."""
    for month, of_month in sheets.items():
        if noted := sorted(str(placement_id) for placement_id, sheet in of_month.items() if sheet.is_noted):
            jobs.configure_task(AFTER_LAST_TICK).defer(placement_ids=[*noted], month=month.isoformat())


def _noted(sheet: Sheet, note: DayNote, by: Actor, at: datetime) -> tuple[Day, bool, str | None]:
    """Return the row as it becomes, whether it is new, and what it said before (None when the note changes nothing)."""
    row = sheet.on(note.on, note.half_day)
    hours = _hours(sheet, note)
    if row is not None:
        row.placement = sheet.placement
    if row is not None and row.state == note.state and row.hours == hours:
        return row, False, None
    refused = refused_note(sheet, note, hours, localdate(at))
    if refused is not None:
        raise Refused(refused)
    if row is None:
        day = Day(placement=sheet.placement, on=note.on, half_day=note.half_day)
        day.state, day.hours, day.noted_by, day.noted_at = note.state.value, hours, by.label, at
        return day, True, ""
    before = f"{row.state} {row.hours}"
    row.state, row.hours, row.noted_by, row.noted_at = note.state.value, hours, by.label, at
    row.person_state, row.person_at = PersonState.NONE.value, None
    return row, False, before


def _hours(sheet: Sheet, note: DayNote) -> Decimal:
    """Return the hours that the note means: given, or as agreed; none on a day without work."""
    if note.state not in ATTENDED:
        return Decimal(0)
    if note.hours is not None:
        return note.hours
    agreed = sheet.agreed.get(note.on, Decimal(0))
    return agreed if note.half_day is None else min(agreed, sheet.limits.half_day)


def refused_note(sheet: Sheet, note: DayNote, hours: Decimal, today: date) -> Reason | None:
    """Return why a note cannot be kept, or None; what matters most is said first."""
    if (refused := outside_period(sheet, note.on)) is not None:
        return refused
    facts = {"on": note.on.isoformat()}
    if note.on > today and note.state not in FORESEEN:
        return Reason("attendance.not_yet", facts)
    if sheet.state is not ClosingState.OPEN:
        return Reason("attendance.month_signed", {"month": sheet.month.isoformat()})
    return refused_day(sheet, note, hours)


def outside_period(sheet: Sheet, on: date) -> Reason | None:
    """Return why nothing can be noted of a day: the work had not begun, or was over; or None."""
    period = sheet.placement.period
    if sheet.placement.state in WORKED and period.lower <= on < period.upper:
        return None
    facts = {"on": on.isoformat(), "from": period.lower.isoformat(), "until": period.upper.isoformat()}
    return Reason("attendance.outside_period", facts)


def refused_day(sheet: Sheet, note: DayNote, hours: Decimal) -> Reason | None:
    """Return why a day cannot have gone like this, whoever signed its month; or None."""
    facts = {"on": note.on.isoformat()}
    if _is_elsewhere_half(sheet, note):
        return Reason("attendance.noted_in_halves", facts)
    if note.state not in ATTENDED:
        return None if note.on in sheet.agreed or note.on in sheet.closed else Reason("attendance.not_agreed", facts)
    return _work_refused(sheet, note, hours)


def _work_refused(sheet: Sheet, note: DayNote, hours: Decimal) -> Reason | None:
    facts = {"on": note.on.isoformat()}
    if note.on in sheet.closed:
        return sheet.closed[note.on]
    if note.on not in sheet.agreed:
        if note.hours is None:
            return Reason("attendance.not_agreed", facts)
        if (elsewhere := _elsewhere(sheet.placement, note.on)) is not None:
            return Reason("attendance.two_places", facts | {"place": elsewhere})
    if note.half_day is not None and note.half_day // 2 != note.on.weekday():
        return Reason("attendance.not_agreed", facts)
    row = sheet.on(note.on, note.half_day)
    room = LONGEST_DAY - sheet.others_on(note.on, row)
    if not 0 < hours <= room:
        return Reason("attendance.impossible_hours", facts | {"most": float(max(room, Decimal(0)))})
    return sheet.refused(note.on, hours, row.hours if row else Decimal(0))


def _is_elsewhere_half(sheet: Sheet, note: DayNote) -> bool:
    """Tell whether the day is already noted the other way: whole against in halves."""
    return any(row.on == note.on and (row.half_day is None) != (note.half_day is None) for row in sheet.days)


def _elsewhere(placement: Placement, on: date) -> str | None:
    """Return the title of another place where the person is expected or was noted on the day, or None."""
    halves = (on.weekday() * 2, on.weekday() * 2 + 1)
    expected = PlacementHalfDay.objects.filter(person_id=placement.person_id, half_day__in=halves, period__contains=on)
    there = Day.objects.filter(placement__person_id=placement.person_id, on=on, state__in=ATTENDED)
    others = Placement.objects.filter(
        Q(pk__in=expected.values("placement_id")) | Q(pk__in=there.values("placement_id")), state__in=WORKED
    ).exclude(pk=placement.pk)
    return others.values_list("seat__place__title", flat=True).first()


def _write(written: list[tuple[Day, bool, str | None]], by: Actor, at: datetime) -> None:
    """Write what is new or changed in two statements, and an audit row for each; the same notes again leave one row that says so."""
    add_rows(row for row, is_new, _ in written if is_new)
    write_rows([row for row, is_new, before in written if not is_new and before is not None], *_CHANGED)
    entries = [
        Entry("note_day", "attendance_day", row.pk, row.placement.person_id, _facts(row, before))
        for row, _, before in written
        if before is not None
    ]
    record_many(by=by, at=at, entries=entries or [Entry("note_days_again", "attendance_day", "", None, {"days": len(written)})])


def _facts(row: Day, before: str) -> dict[str, object]:
    return {"placement": str(row.placement_id), "on": row.on.isoformat(), "state": row.state, "hours": str(row.hours), "before": before}
