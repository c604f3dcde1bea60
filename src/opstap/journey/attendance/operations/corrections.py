"""Correcting a closed month: a new row beside a signed day, or a day that was forgotten; each counts once both parties signed it too."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.attendance.assembly import Sheet, month_sheets
from opstap.journey.attendance.enums import ATTENDED, ClosingState, DayState
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.operations.days import LONGEST_DAY, DayNote, outside_period, refused_day
from opstap.journey.attendance.permissions import may_note
from opstap.journey.attendance.queries.days import month_of
from opstap.journey.attendance.queries.reach import attended_placements, stands_in_for
from opstap.journey.placements.models import Placement

_MOST_WORDS = 300


@operation
def correct_day(*, day_id: UUID, state: DayState, hours: Decimal | None, reason: str, by: Actor, at: datetime) -> Day:
    """Keep that a signed day was otherwise, with the reason. The signed row stays; the difference is paid after both parties sign.

    Raises `Refused` without a reason, for a day that is not signed (that one is simply noted again), while a correction of it waits
    for the second signature, and for hours that cross a limit.
    """
    signed = Day.objects.filter(pk=day_id).select_related("placement").first()
    if signed is None:
        raise Refused(Reason("attendance.may_not_note"))
    sheet = _locked_sheet(signed.placement, signed.on, reason, by, at)
    row = _row(sheet, signed)
    row.state, row.hours = state.value, _hours(sheet, signed, state, hours)
    if (refused := sheet.refused(row.on, row.hours, _counted(sheet, signed))) is not None:
        raise Refused(refused)
    row.correction_reason = reason.strip()[:_MOST_WORDS]
    return _kept(row, "correct_day", sheet, by, at)


@operation
def add_day(*, placement: Placement, on: date, state: DayState, hours: Decimal | None, reason: str, by: Actor, at: datetime) -> Day:
    """Keep a day that nobody noted before its month was closed, with the reason; it is paid after both parties sign it too.

    Raises `Refused` without a reason, for a day outside the work, of a month that is not closed (there it is simply noted) or that was
    noted already (that one is corrected), while a correction waits for the second signature, and as for any day that is noted.
    """
    sheet = _locked_sheet(placement, on, reason, by, at)
    if (refused := outside_period(sheet, on)) is not None:
        raise Refused(refused)
    if sheet.state is ClosingState.OPEN:
        raise Refused(Reason("attendance.month_is_open", {"on": on.isoformat()}))
    _must_not_wait(sheet)
    if sheet.has(on):
        raise Refused(Reason("attendance.day_is_noted", {"on": on.isoformat()}))
    wanted = Decimal(0) if state not in ATTENDED else hours if hours is not None else sheet.agreed.get(on, Decimal(0))
    if (refused := refused_day(sheet, DayNote(placement.pk, on, state, hours), wanted)) is not None:
        raise Refused(refused)
    row = Day(placement_id=placement.pk, on=on, state=state.value, hours=wanted)
    row.correction_reason = reason.strip()[:_MOST_WORDS]
    return _kept(row, "add_day", sheet, by, at)


def _locked_sheet(placement: Placement, on: date, reason: str, by: Actor, at: datetime) -> Sheet:
    """Return the month's sheet as it is now, locked; raise `Refused` for who may not note there, and without a reason."""
    lock_in_order(f"placement:{placement.pk}", f"person:{placement.person_id}")
    today = localdate(at)
    row = attended_placements(by, today).filter(pk=placement.pk).first()
    if row is None or not may_note(by, row, stands_in_for(by, today)):
        raise Refused(Reason("attendance.may_not_note"))
    if not reason.strip():
        raise Refused(Reason("attendance.correction_needs_reason"))
    return month_sheets([row], month_of(on))[row.pk]


def _kept(row: Day, action: str, sheet: Sheet, by: Actor, at: datetime) -> Day:
    row.noted_by, row.noted_at = by.label, at
    row.save()
    facts = {"on": row.on.isoformat(), "state": row.state, "hours": str(row.hours), "corrects": str(row.corrects_id or "")}
    person_id = sheet.placement.person_id
    record(by=by, at=at, action=action, subject_kind="attendance_day", subject_id=row.pk, person_id=person_id, facts=facts)
    return row


def _row(sheet: Sheet, signed: Day) -> Day:
    """Return the row to write: the one that still waits, or a new one for the latest signed row of the day."""
    latest = next((day for day in sheet.days if day.on == signed.on and day.half_day == signed.half_day), signed)
    if sheet.state is not ClosingState.CLOSED and latest.closing_id is None:
        raise Refused(Reason("attendance.not_signed_yet", {"on": signed.on.isoformat()}))
    _must_not_wait(sheet)
    if latest.closing_id is None:
        return latest
    return Day(placement_id=signed.placement_id, on=signed.on, half_day=signed.half_day, corrects_id=latest.pk)


def _must_not_wait(sheet: Sheet) -> None:
    """Raise `Refused` while one party signed and the other has not: what they sign does not change meanwhile."""
    if any(closing.state == ClosingState.HALF_CLOSED for closing in sheet.closings):
        raise Refused(Reason("attendance.month_signed", {"month": sheet.month.isoformat()}))


def _counted(sheet: Sheet, signed: Day) -> Decimal:
    return sum((day.hours for day in sheet.days if day.on == signed.on and day.half_day == signed.half_day), Decimal(0))


def _hours(sheet: Sheet, signed: Day, state: DayState, hours: Decimal | None) -> Decimal:
    if state not in ATTENDED:
        return Decimal(0)
    wanted = hours if hours is not None else sheet.agreed.get(signed.on, Decimal(0))
    latest = sheet.on(signed.on, signed.half_day)
    room = LONGEST_DAY - sheet.others_on(signed.on, latest)
    if not 0 < wanted <= room:
        raise Refused(Reason("attendance.impossible_hours", {"on": signed.on.isoformat(), "most": float(max(room, Decimal(0)))}))
    return wanted
