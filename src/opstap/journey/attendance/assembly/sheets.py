"""A month of a placement on one sheet: what was agreed, what was noted, what is signed, and what the limits say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from opstap.engine.costing import HoursLimits, MonthHours, day_refused, hours_limits, load_rates, month_ahead, months_used_up
from opstap.engine.shared import Reason
from opstap.foundation.among import Keys
from opstap.foundation.prepared import Prepared
from opstap.journey.attendance.enums import ClosingState
from opstap.journey.attendance.models import Day, MonthClosing
from opstap.journey.attendance.queries.calendar import Calendar, calendar_of
from opstap.journey.attendance.queries.days import month_of, next_month
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.placements.queries import other_periods

_Key = tuple[date, UUID]
"""A month and a placement."""
_UNREAD = ("person_words", "correction_reason", "corrects__person_words", "corrects__correction_reason")
_QUARTER = Decimal("0.25")
_WEEKS_A_YEAR, _MONTHS_A_YEAR = 52, 12
_Half = tuple[int, date, date, int | None]
"""The weekday (0 Monday) of a half-day, the days [first, until) on which it is agreed, and the hours a month that were agreed for them."""


@dataclass(frozen=True, slots=True)
class WorkedElsewhere:
    """Hours that the same person worked on a day under another placement, and its instrument."""

    on: date
    hours: Decimal
    instrument: str


@dataclass(frozen=True, slots=True)
class _Noted:
    """What was noted and signed of one placement in one month, and worked elsewhere around it."""

    days: list[Day]
    closings: list[MonthClosing]
    elsewhere: list[WorkedElsewhere]
    others: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One placement in one month. `agreed`: hours of each agreed day on which the place is open; `closed`: why it is not, per day."""

    placement: Placement
    month: date
    limits: HoursLimits
    agreed: Mapping[date, Decimal]
    closed: Mapping[date, Reason]
    days: tuple[Day, ...]
    closings: tuple[MonthClosing, ...]
    elsewhere: tuple[WorkedElsewhere, ...] = ()
    others: tuple[tuple[date, date], ...] = ()

    @property
    def months_end(self) -> date | None:
        """The first day after the most months of the instrument, with what the person worked under it elsewhere before."""
        return months_used_up(self.placement.period.lower, self.limits.months, self.others)

    @property
    def noted(self) -> Decimal:
        """The hours noted in this month."""
        return sum((day.hours for day in self.days), Decimal(0))

    @property
    def noted_elsewhere(self) -> Decimal:
        """The hours of this month under other placements with the same instrument: its limit is the person's, not the place's."""
        return sum((row.hours for row in self.elsewhere if row.instrument == self.placement.instrument), Decimal(0))

    def others_on(self, day: date, but: Day | None) -> Decimal:
        """Return the hours that the person has on a day beside one note: in its other half, and under other placements."""
        here = sum((row.hours for row in self.days if row.on == day and (but is None or row.pk != but.pk)), Decimal(0))
        return here + sum((row.hours for row in self.elsewhere if row.on == day), Decimal(0))

    def on(self, day: date, half_day: int | None = None) -> Day | None:
        """Return what was noted of a day (or of one of its halves), or None."""
        return next((row for row in self.days if row.on == day and row.half_day == half_day), None)

    def has(self, day: date) -> bool:
        """Tell whether anything was noted of a day."""
        return any(row.on == day for row in self.days)

    def missing(self, until: date) -> tuple[date, ...]:
        """Return the agreed days before `until` of which nothing was noted."""
        noted = {row.on for row in self.days}
        return tuple(day for day in sorted(self.agreed) if day < until and day not in noted)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to sign: no day was agreed on which the place is open, and nothing was noted or signed."""
        return not (self.agreed or self.days or self.closings)

    @property
    def is_noted(self) -> bool:
        """Whether the last day was ticked: something is noted of every agreed day of the month."""
        return bool(self.days) and not self.missing(next_month(self.month))

    @property
    def hours_ahead(self) -> MonthHours:
        """The hours noted, and those of the agreed days of which nothing is noted yet."""
        noted = {row.on for row in self.days}
        return MonthHours(self.noted, sum((hours for day, hours in self.agreed.items() if day not in noted), Decimal(0)))

    def ahead(self, on: date) -> tuple[Reason, ...]:
        """Return what to know before a limit is crossed, seen from a day; what was worked elsewhere counts with it."""
        hours = self.hours_ahead
        return month_ahead(MonthHours(hours.noted + self.noted_elsewhere, hours.to_come), on, self.months_end, self.limits)

    def refused(self, on: date, hours: Decimal, instead_of: Decimal) -> Reason | None:
        """Return which limit forbids hours on a day, in place of what was noted of it; or None."""
        return day_refused(self.noted + self.noted_elsewhere - instead_of, hours, on, self.months_end, self.limits)

    @property
    def first_closing(self) -> MonthClosing | None:
        """The closing of the month itself, or None when nobody signed yet."""
        return next((closing for closing in self.closings if closing.number == 1), None)

    @property
    def state(self) -> ClosingState:
        """How many parties have signed the month itself."""
        return ClosingState(self.first_closing.state) if self.first_closing else ClosingState.OPEN

    @property
    def pending(self) -> tuple[Day, ...]:
        """What was corrected or added after the month was closed, and is not signed yet."""
        return tuple(day for day in self.days if day.closing_id is None) if self.state is ClosingState.CLOSED else ()


def month_sheets(placements: Iterable[Placement], month: date) -> dict[UUID, Sheet]:
    """Return the sheet of each placement for a month (its first day), by placement, in five queries however many there are."""
    return sheets_over(placements, (month,))[month]


def sheets_over(placements: Iterable[Placement], months: Sequence[date]) -> dict[date, dict[UUID, Sheet]]:
    """Return the sheets of placements for months that follow each other, by month, in the same five queries."""
    rows, ordered = list(placements), sorted(months)
    ids, first, until = [row.pk for row in rows], ordered[0], next_month(ordered[-1])
    halves, others, closings = _halves(ids), other_periods(rows), defaultdict[_Key, list[MonthClosing]](list)
    days, elsewhere = _days_of(rows, first, until)
    for closing in _CLOSINGS(ids=Keys(ids), months=ordered):
        closings[closing.month, closing.placement_id].append(closing)
    calendar = calendar_of((row.seat.place.organisation_id for row in rows), first, until)
    return {
        month: {
            row.pk: _sheet(
                row,
                month,
                halves[row.pk],
                calendar,
                _Noted(days[month, row.pk], closings[month, row.pk], elsewhere[row.pk], others[row.pk]),
            )
            for row in rows
        }
        for month in ordered
    }


def _noted_days(people: Keys, first: date, until: date) -> QuerySet[Day]:
    rows = Day.objects.filter(placement__person_id__among=people, on__gte=first, on__lt=until)
    counting = rows.filter(~Exists(Day.objects.filter(corrects=OuterRef("pk")))).select_related("corrects").defer(*_UNREAD)
    return counting.annotate(worker_id=F("placement__person_id"), worked_under=F("placement__instrument"))


def _closings(ids: Keys, months: list[date]) -> QuerySet[MonthClosing]:
    return MonthClosing.objects.filter(placement_id__among=ids, month__in=months).order_by("number")


def _half_days(ids: Keys) -> QuerySet[PlacementHalfDay, tuple[Any, ...]]:
    return PlacementHalfDay.objects.filter(placement_id__among=ids).values_list("placement_id", "half_day", "period", "hours_month")


_DAYS, _CLOSINGS, _HALVES = Prepared(_noted_days), Prepared(_closings), Prepared(_half_days)


def _halves(placement_ids: list[UUID]) -> dict[UUID, list[_Half]]:
    """Return the half-days of each placement: an addendum can give other ones, and other hours, from a day on."""
    found: dict[UUID, list[_Half]] = defaultdict(list)
    for placement_id, half_day, period, hours_month in _HALVES(ids=Keys(placement_ids)):
        found[placement_id].append((half_day // 2, period.lower, period.upper, hours_month))
    return found


def _days_of(
    rows: list[Placement], first: date, until: date
) -> tuple[defaultdict[_Key, list[Day]], defaultdict[UUID, list[WorkedElsewhere]]]:
    """Return the days `[first, until)` of each placement as they count now, and what its person worked then under another one."""
    people: dict[UUID, list[Placement]] = defaultdict(list)
    for row in rows:
        people[row.person_id].append(row)
    days, elsewhere = defaultdict[_Key, list[Day]](list), defaultdict[UUID, list[WorkedElsewhere]](list)
    for day in _DAYS(people=Keys(people), first=first, until=until):
        days[month_of(day.on), day.placement_id].append(day)
        for row in people[day.worker_id] if day.hours else ():  # type: ignore[attr-defined]  # annotated by `_noted_days`
            if row.pk != day.placement_id:
                elsewhere[row.pk].append(WorkedElsewhere(day.on, day.hours, day.worked_under))  # type: ignore[attr-defined]  # as above
    return days, elsewhere


def _sheet(row: Placement, month: date, halves: list[_Half], calendar: Calendar, noted: _Noted) -> Sheet:
    limits = hours_limits(row.instrument, month, load_rates())
    elsewhere = tuple(worked for worked in noted.elsewhere if month <= worked.on < next_month(month))
    hours_month = row.agreed_hours_month or row.seat.place.hours_per_month
    agreed, closed = {}, {}
    for on in _days(max(month, row.period.lower), min(next_month(month), row.period.upper)):
        week = [(weekday, hours) for weekday, lower, upper, hours in halves if lower <= on < upper]
        own = [hours for weekday, hours in week if weekday == on.weekday()]
        if not own:
            continue
        why = calendar.closed(on, row.seat.place)
        if why is None:
            agreed[on] = half_day_hours(own[0] or hours_month, len(week), limits.half_day) * len(own)
        else:
            closed[on] = why
    return Sheet(row, month, limits, agreed, closed, tuple(noted.days), tuple(noted.closings), elsewhere, noted.others)


def half_day_hours(hours_month: int | None, half_days: int, usual: Decimal) -> Decimal:
    """Return the length of a half-day in hours: the hours a month over its half-days, down to the quarter, at most the usual length."""
    if not hours_month or not half_days:
        return usual
    exact = Decimal(hours_month * _MONTHS_A_YEAR) / (_WEEKS_A_YEAR * half_days)
    quarters = (exact / _QUARTER).to_integral_value(ROUND_DOWN)
    return min(max(quarters * _QUARTER, _QUARTER), usual)


def _days(first: date, until: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((until - first).days))
