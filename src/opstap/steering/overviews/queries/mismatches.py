"""What does not match, from the first day on: agreed against noted, noted against what the person says, noted against paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from opstap.foundation.actor import Actor
from opstap.journey.attendance.assembly import Sheet, month_sheets
from opstap.journey.attendance.enums import ATTENDED, LineKind, PersonState, RunState
from opstap.journey.attendance.models import Day, PaymentLine
from opstap.journey.attendance.queries.days import next_month
from opstap.journey.attendance.queries.reach import attended_placements

KINDS = ("not_noted", "not_agreed", "other_hours", "contested", "correction_waits", "paid_otherwise")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not match: on a day, or over the whole month (`on` is None). None hours are hours that nobody said."""

    kind: str
    placement_id: UUID
    name: str
    place: str
    on: date | None
    agreed: Decimal | None
    noted: Decimal | None
    paid: Decimal | None = None


def mismatches(actor: Actor, month: date, today: date) -> tuple[Mismatch, ...]:
    """Return what does not match in a month (its first day) of everybody within reach, by place and person; six queries."""
    placements = list(attended_placements(actor, today).filter(period__startswith__lt=next_month(month), period__endswith__gt=month))
    sheets = month_sheets(placements, month)
    paid = _paid_hours([row.pk for row in placements], month)
    return tuple(found for sheet in sheets.values() for found in _of(sheet, paid.get(sheet.placement.pk), today))


def _paid_hours(placement_ids: list[UUID], month: date) -> dict[UUID, Decimal]:
    """Return the hours that approved lists pay of the month, by placement."""
    lines = PaymentLine.objects.filter(
        placement_id__in=placement_ids,
        month=month,
        covers=LineKind.ALLOWANCE.value,
        run__state__in=(RunState.APPROVED.value, RunState.EXPORTED.value),
    )
    return dict(lines.order_by().values_list("placement_id").annotate(Sum("hours")))


def _of(sheet: Sheet, paid: Decimal | None, today: date) -> Iterator[Mismatch]:
    for on in sheet.missing(min(next_month(sheet.month), today)):
        yield _mismatch("not_noted", sheet, on, sheet.agreed[on], None)
    for row in sheet.days:
        for kind in _kinds(sheet, row):
            yield _mismatch(kind, sheet, row.on, sheet.agreed.get(row.on), row.hours)
    if paid is not None and paid != sheet.noted:
        yield Mismatch("paid_otherwise", *_who(sheet), None, sum(sheet.agreed.values(), Decimal(0)), sheet.noted, paid)


def _kinds(sheet: Sheet, row: Day) -> Iterator[str]:
    if row.state in ATTENDED and row.on not in sheet.agreed:
        yield "not_agreed"
    elif row.state in ATTENDED and row.half_day is None and row.hours != sheet.agreed[row.on]:
        yield "other_hours"
    if row.person_state == PersonState.CONTESTED:
        yield "contested"
    if row.corrects_id is not None and row.closing_id is None:
        yield "correction_waits"


def _mismatch(kind: str, sheet: Sheet, on: date, agreed: Decimal | None, noted: Decimal | None) -> Mismatch:
    return Mismatch(kind, *_who(sheet), on, agreed, noted)


def _who(sheet: Sheet) -> tuple[UUID, str, str]:
    return sheet.placement.pk, str(sheet.placement.person), sheet.placement.seat.place.title
