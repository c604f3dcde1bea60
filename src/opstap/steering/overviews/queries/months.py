"""Months as two parties sign them: what was agreed, noted and signed, who signs next, and one placement's sheet in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.attendance.assembly import MonthCost, Sheet, SignedDay, cost_of, month_sheets, sheets_over
from opstap.journey.attendance.enums import ATTENDED, ClosingState, PersonState
from opstap.journey.attendance.models import Day, MonthClosing
from opstap.journey.attendance.permissions import may_note, sides_of
from opstap.journey.attendance.queries.days import next_month
from opstap.journey.attendance.queries.reach import attended_placements, floor_placements, stands_in_for
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.permissions import may_open_case_file

_MONTHS_BACK = 4
"""This month and three before it: what waits longer is found in the months themselves."""


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One placement's month. `waits` are corrections without both signatures; `may_sign`: this actor, now."""

    placement_id: UUID
    name: str
    place: str
    agreed_hours: Decimal
    noted_hours: Decimal
    state: ClosingState
    closing: MonthClosing | None
    missing: int
    contested: int
    waits: int
    may_sign: bool
    ahead: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class MonthOverview:
    """A month of everybody within reach; those that this actor can sign come first."""

    month: date
    today: date
    lines: tuple[MonthLine, ...]

    @property
    def signable(self) -> tuple[MonthLine, ...]:
        """What this actor can sign now."""
        return tuple(line for line in self.lines if line.may_sign)

    @property
    def contested(self) -> int:
        """How many days somebody contests in what this actor can sign now."""
        return sum(line.contested for line in self.signable)

    @property
    def closed(self) -> int:
        """How many months are closed by both parties."""
        return sum(line.state is ClosingState.CLOSED and not line.waits for line in self.lines)

    @property
    def before(self) -> date:
        """The month before."""
        return date(self.month.year - (self.month.month == 1), (self.month.month - 2) % 12 + 1, 1)

    @property
    def after(self) -> date:
        """The month after."""
        return next_month(self.month)


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day on a sheet: agreed hours (None: not agreed), why closed, the rows noted of it (the oldest first; the last one counts)."""

    on: date
    agreed: Decimal | None
    closed: Reason | None
    rows: tuple[Day, ...]

    @property
    def last(self) -> Day | None:
        """The row that counts."""
        return self.rows[-1] if self.rows else None


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """One placement's month in full: every day, every signature, and what the signed days pay.

    What a person wrote of a day is shown (`shows_words`) to who follows them: it may tell of health. `may_note`: correct and add days.
    """

    line: MonthLine
    placement: Placement
    month: date
    days: tuple[SheetDay, ...]
    closings: tuple[MonthClosing, ...]
    cost: MonthCost
    is_signed: bool
    shows_words: bool
    may_note: bool


def month_overview(actor: Actor, month: date, today: date, *, only_floor: bool) -> MonthOverview:
    """Return a month (its first day) of the actor's own floor, or of everybody whom the actor follows or coordinates; six queries.

    Of whom nobody expected a day and nothing was noted, such as somebody who ended on the first, a holiday, there is nothing to sign.
    """
    reach = floor_placements(actor, today) if only_floor else attended_placements(actor, today)
    placements = list(reach.filter(period__startswith__lt=next_month(month), period__endswith__gt=month))
    stands_in = stands_in_for(actor, today)
    lines = [_line(sheet, actor, today, stands_in) for sheet in month_sheets(placements, month).values() if not sheet.is_empty]
    return MonthOverview(month, today, tuple(sorted(lines, key=lambda line: (not line.may_sign, line.state is ClosingState.CLOSED))))


@dataclass(frozen=True, slots=True)
class MonthToSign:
    """A month, and of how many people the actor can sign it now."""

    month: date
    count: int


def months_to_sign(actor: Actor, today: date) -> tuple[MonthToSign, ...]:
    """Return the months, of the last three that are over and this one, that the actor can sign for the own floor, the oldest first."""
    months = [date(today.year, today.month, 1)]
    while len(months) < _MONTHS_BACK:
        months.append(MonthOverview(months[-1], today, ()).before)
    recent = floor_placements(actor, today).filter(period__startswith__lte=today, period__endswith__gt=months[-1])
    stands_in = stands_in_for(actor, today)
    counts = {
        month: sum(_line(sheet, actor, today, stands_in).may_sign for sheet in sheets.values() if _overlaps(sheet))
        for month, sheets in sheets_over(list(recent), months).items()
    }
    return tuple(MonthToSign(month, counts[month]) for month in sorted(counts) if counts[month])


def _overlaps(sheet: Sheet) -> bool:
    return bool(sheet.placement.period.lower < next_month(sheet.month) and sheet.placement.period.upper > sheet.month)


def month_sheet(actor: Actor, placement_id: UUID, month: date, today: date) -> MonthSheet | None:
    """Return one placement's month in full, or None when it is not within reach."""
    placement = attended_placements(actor, today).filter(pk=placement_id).first()
    if placement is None:
        return None
    sheet, stands_in = month_sheets([placement], month)[placement.pk], stands_in_for(actor, today)
    rows = Day.objects.filter(placement=placement, on__gte=month, on__lt=next_month(month)).select_related("corrects", "closing")
    noted = list(rows.defer("corrects__person_words", "corrects__correction_reason").order_by("on", "half_day", "noted_at"))
    signed = [_signed(row) for row in noted if row.closing_id is not None]
    days = sorted({*sheet.agreed, *sheet.closed, *(row.on for row in noted)})
    return MonthSheet(
        line=_line(sheet, actor, today, stands_in),
        placement=placement,
        month=month,
        days=tuple(SheetDay(on, sheet.agreed.get(on), sheet.closed.get(on), tuple(row for row in noted if row.on == on)) for on in days),
        closings=sheet.closings,
        cost=cost_of(placement, signed or [_signed(row) for row in noted]),
        is_signed=bool(signed),
        shows_words=may_open_case_file(actor, placement.referral),
        may_note=may_note(actor, placement, stands_in),
    )


def _signed(row: Day) -> SignedDay:
    before = row.corrects
    trips = (row.state in ATTENDED) - (before is not None and before.state in ATTENDED)
    return SignedDay(row.on, row.hours - (before.hours if before else Decimal(0)), trips)


def _line(sheet: Sheet, actor: Actor, today: date, stands_in: frozenset[UUID]) -> MonthLine:
    until = next_month(sheet.month)
    missing = len(sheet.missing(min(until, today)))
    waiting = next((one for one in sheet.closings if one.state != ClosingState.CLOSED), None)
    return MonthLine(
        placement_id=sheet.placement.pk,
        name=str(sheet.placement.person),
        place=sheet.placement.seat.place.title,
        agreed_hours=sum(sheet.agreed.values(), Decimal(0)),
        noted_hours=sheet.noted,
        state=sheet.state,
        closing=waiting or next(reversed(sheet.closings), None),
        missing=missing,
        contested=sum(day.person_state == PersonState.CONTESTED and day.closing_id is None for day in sheet.days),
        waits=len(sheet.pending),
        may_sign=_may_sign(sheet, waiting, actor, stands_in) and today >= min(until, sheet.placement.period.upper) and not missing,
        ahead=sheet.ahead(today) if sheet.month <= today < until else (),
    )


def _may_sign(sheet: Sheet, waiting: MonthClosing | None, actor: Actor, stands_in: frozenset[UUID]) -> bool:
    sides = sides_of(actor, sheet.placement, stands_in)
    if not sides or sheet.is_empty or (sheet.state is ClosingState.CLOSED and not sheet.pending and waiting is None):
        return False
    if waiting is None or waiting.state == ClosingState.OPEN:
        return True
    return waiting.first_user != actor.user_id and any(side.value != waiting.first_side for side in sides)
