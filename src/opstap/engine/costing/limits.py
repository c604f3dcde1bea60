"""Limits on hours and months, told before they are crossed: what is full, what will be, and by how much."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from opstap.engine.costing.rates import RateBook
from opstap.engine.shared import Reason

NEAR = timedelta(days=30)
"""How long before the last day somebody is told that it comes."""


@dataclass(frozen=True, slots=True)
class HoursLimits:
    """The limits of an instrument on a day; None where it has none. `half_day` is the length of a half-day in hours."""

    least: Decimal | None
    most: Decimal | None
    months: int | None
    half_day: Decimal


@dataclass(frozen=True, slots=True)
class MonthHours:
    """The hours of a month: noted until now, and still agreed for its remaining days."""

    noted: Decimal
    to_come: Decimal

    @property
    def expected(self) -> Decimal:
        """What the month comes to when everybody comes as agreed."""
        return self.noted + self.to_come


def hours_limits(instrument: str, day: date, book: RateBook) -> HoursLimits:
    """Return the limits that hold for the instrument on the day."""
    least, most, months, half = (book.on(kind, instrument, day) for kind in ("hours_min", "hours_max", "months_max", "half_day_hours"))
    return HoursLimits(
        least.value if least else None,
        most.value if most else None,
        int(months.value) if months else None,
        half.value if half else Decimal(4),
    )


def last_day(starts_on: date, months: int | None) -> date | None:
    """Return the first day after the most months from a start: `[start, last_day)`; a short month ends on its own last day."""
    if months is None:
        return None
    years, month = divmod(starts_on.month - 1 + months, 12)
    year = starts_on.year + years
    return date(year, month + 1, min(starts_on.day, monthrange(year, month + 1)[1]))


def months_used_up(starts_on: date, months: int | None, others: Iterable[tuple[date, date]] = ()) -> date | None:
    """Return the first day after the most months of work from a start, None without a limit.

    `others` are the days `[start, until)` of the same person's work under the same instrument: those before the start count too, a day
    in two places once. The months are counted from the very first day; days between two pieces of work do not count.
    """
    before = sorted((start, min(until, starts_on)) for start, until in others if start < min(until, starts_on))
    first = before[0][0] if before else starts_on
    ends = last_day(first, months)
    if ends is None:
        return None
    used, reached = timedelta(0), first
    for start, until in before:
        used += max(until - max(start, reached), timedelta(0))
        reached = max(reached, until)
    return starts_on + (ends - first - used)


def used_up_since(months: int | None, worked: Iterable[tuple[date, date]], least: int = 1) -> date | None:
    """Return the first day on which fewer than `least` days are left of the most months, None when more are, however late one starts.

    `worked` are the days `[start, until)` of one person's work under one instrument, counted as `months_used_up` counts them.
    """
    rows = sorted(row for row in worked if row[0] < row[1])
    ends = last_day(rows[0][0], months) if rows else None
    if ends is None:
        return None
    left, reached = ends - rows[0][0] - timedelta(days=least - 1), rows[0][0]
    for start, until in rows:
        begins = max(start, reached)
        if until - begins >= left:
            return begins + left
        left -= max(until - begins, timedelta(0))
        reached = max(reached, until)
    return None


def days_left(months: int | None, worked: Iterable[tuple[date, date]]) -> int | None:
    """Return how many days of the most months are left once all of `worked` is worked, None without a limit or work; see there."""
    rows = sorted(row for row in worked if row[0] < row[1])
    if not rows or months is None:
        return None
    after = max(until for _start, until in rows)
    ends = months_used_up(after, months, rows)
    return max((ends - after).days, 0) if ends else None


def day_refused(noted: Decimal, hours: Decimal, on: date, ends: date | None, limits: HoursLimits) -> Reason | None:
    """Return why these hours cannot be noted on the day on top of what the month holds already, or None.

    `ends` is the first day on which the instrument's months are used up (see `months_used_up`).
    """
    if ends is not None and on >= ends:
        return Reason("costing.months_over", {"months": limits.months, "until": ends.isoformat()})
    if limits.most is not None and noted + hours > limits.most:
        room = max(limits.most - noted, Decimal(0))
        return Reason("costing.month_full", {"most": float(limits.most), "noted": float(noted), "room": float(room)})
    return None


def month_ahead(hours: MonthHours, on: date, ends: date | None, limits: HoursLimits) -> tuple[Reason, ...]:
    """Return what to know before a limit is crossed, most pressing first; `ends` as in `day_refused`."""
    told = []
    if ends is not None and on + NEAR >= ends:
        told.append(Reason("costing.months_end_near", {"months": limits.months, "until": ends.isoformat()}))
    if limits.most is not None and hours.expected > limits.most:
        over = hours.expected - limits.most
        facts = {"most": float(limits.most), "expected": float(hours.expected), "over": float(over)}
        told.append(Reason("costing.month_will_be_full", facts))
    if limits.least is not None and hours.expected < limits.least:
        facts = {"least": float(limits.least), "expected": float(hours.expected)}
        told.append(Reason("costing.month_too_few", facts))
    return tuple(told)
