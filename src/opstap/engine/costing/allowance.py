"""From worked days to euro, explained line by line: one line per rate version, so that a change in the middle of a month shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from opstap.engine.costing.rates import Rate, RateBook
from opstap.engine.shared import Reason

CENT = Decimal("0.01")
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """One signed day: its hours, and how many times the way was gone (1). For a correction the differences, which can be negative."""

    on: date
    hours: Decimal
    trips: int = 1


@dataclass(frozen=True, slots=True)
class CostLine:
    """One line: `hours` or `kilometres` times the rate, rounded to the cent, half up; `days` are the days it pays for."""

    covers: str
    rate: Rate
    days: tuple[date, ...]
    hours: Decimal
    kilometres: Decimal
    trips: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthCost:
    """What the days pay: lines, and notes on what is not paid here and why."""

    lines: tuple[CostLine, ...]
    notes: tuple[Reason, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines, in euro."""
        return sum((line.amount for line in self.lines), _NONE)

    @property
    def shown(self) -> tuple[CostLine, ...]:
        """The lines that say something: a way of no kilometres (home is at the work floor) is none."""
        return tuple(line for line in self.lines if line.hours or line.kilometres)


def month_cost(days: Iterable[WorkedDay], instrument: str, kilometres: Decimal | None, book: RateBook) -> MonthCost:
    """Return what the days pay under the instrument; `kilometres` is the way there and back, None when nobody knows it.

    A day on which no rate holds pays nothing and is named in the notes: nothing disappears silently.
    """
    worked = sorted((day for day in days if day.hours or day.trips), key=lambda day: day.on)
    lines, notes = _allowance(worked, instrument, book)
    travel, more = _travel([day for day in worked if day.trips], instrument, kilometres, book)
    return MonthCost((*lines, *travel), (*notes, *more))


def _allowance(worked: list[WorkedDay], instrument: str, book: RateBook) -> tuple[list[CostLine], list[Reason]]:
    groups, without = _by_rate("allowance", worked, instrument, book)
    lines = []
    for rate, days in groups.items():
        hours = sum((day.hours for day in days), _NONE)
        lines.append(CostLine("allowance", rate, tuple(day.on for day in days), hours, _NONE, 0, _cents(hours * rate.value)))
    return lines, [Reason("costing.no_allowance", {"instrument": instrument, "days": len(without)})] if without else []


def _travel(worked: list[WorkedDay], instrument: str, kilometres: Decimal | None, book: RateBook) -> tuple[list[CostLine], list[Reason]]:
    groups, _ = _by_rate("travel", worked, instrument, book)
    if kilometres is None:
        return [], [Reason("costing.distance_unknown")] if groups else []
    lines = []
    for rate, days in groups.items():
        trips = sum(day.trips for day in days)
        way = kilometres * trips
        lines.append(CostLine("travel", rate, tuple(day.on for day in days), _NONE, way, trips, _cents(way * rate.value)))
    return lines, []


def _by_rate(kind: str, worked: list[WorkedDay], instrument: str, book: RateBook) -> tuple[dict[Rate, list[WorkedDay]], list[WorkedDay]]:
    """Return the days under each version of the rate, and the days on which none holds."""
    groups: dict[Rate, list[WorkedDay]] = {}
    without = []
    for day in worked:
        rate = book.on(kind, instrument, day.on)
        if rate is None:
            without.append(day)
        else:
            groups.setdefault(rate, []).append(day)
    return groups, without


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)
