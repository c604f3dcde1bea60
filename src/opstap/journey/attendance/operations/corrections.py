"""Correcting a signed day: a new row beside it, which counts once both parties have signed it too."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.attendance.assembly import Sheet, month_sheets
from opstap.journey.attendance.enums import ATTENDED, ClosingState, DayState
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.operations.days import LONGEST_DAY
from opstap.journey.attendance.permissions import may_note
from opstap.journey.attendance.queries.days import month_of
from opstap.journey.attendance.queries.reach import attended_placements, stands_in_for


@operation
def correct_day(*, day_id: UUID, state: DayState, hours: Decimal | None, reason: str, by: Actor, at: datetime) -> Day:
    """Keep that a signed day was otherwise, with the reason. The signed row stays; the difference is paid after both parties sign.

    Raises `Refused` without a reason, for a day that is not signed (that one is simply noted again), while a correction of it waits
    for the second signature, and for hours that cross a limit.
    """
    today = localdate(at)
    signed = Day.objects.filter(pk=day_id, placement__in=attended_placements(by, today).order_by()).select_related("placement").first()
    placement = attended_placements(by, today).filter(pk=signed.placement_id).first() if signed else None
    if signed is None or placement is None or not may_note(by, placement, stands_in_for(by, today)):
        raise Refused(Reason("attendance.may_not_note"))
    lock_in_order(f"placement:{placement.pk}", f"person:{placement.person_id}")
    if not reason.strip():
        raise Refused(Reason("attendance.correction_needs_reason"))
    sheet = month_sheets([placement], month_of(signed.on))[placement.pk]
    row = _row(sheet, signed)
    row.state, row.hours = state.value, _hours(sheet, signed, state, hours)
    if (refused := sheet.refused(row.on, row.hours, _counted(sheet, signed))) is not None:
        raise Refused(refused)
    row.noted_by, row.noted_at, row.correction_reason = by.label, at, reason.strip()[:300]
    row.save()
    facts = {"corrects": str(row.corrects_id), "state": row.state, "hours": str(row.hours)}
    record(by=by, at=at, action="correct_day", subject_kind="attendance_day", subject_id=row.pk, person_id=placement.person_id, facts=facts)
    return row


def _row(sheet: Sheet, signed: Day) -> Day:
    """Return the row to write: the correction that still waits, or a new one for the latest signed row of the day."""
    latest = next((day for day in sheet.days if day.on == signed.on and day.half_day == signed.half_day), signed)
    if latest.closing_id is None and latest.corrects_id is None:
        raise Refused(Reason("attendance.not_signed_yet", {"on": signed.on.isoformat()}))
    if any(closing.state == ClosingState.HALF_CLOSED for closing in sheet.closings):
        raise Refused(Reason("attendance.month_signed", {"month": sheet.month.isoformat()}))
    if latest.closing_id is None:
        return latest
    return Day(placement_id=signed.placement_id, on=signed.on, half_day=signed.half_day, corrects_id=latest.pk)


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
