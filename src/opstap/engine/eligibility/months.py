"""Counting in months, the same for one person, for a million in numpy and for a list in SQL.

Convention: a term of N months that starts on a day is complete on the same day of the Nth month after it (the term runs from the nth to
the day before the nth). Where that month is too short, it is complete on the last day of that month: 24 months from 29 February 2020 are
complete on 28 February 2022, and 6 months from 31 August on the last day of February. PostgreSQL's `date + interval '24 months'` agrees.

The back-ends never add months themselves: they compare a start date with `latest_start(on, months)`, computed once.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def _month(year: int, month: int, months: int) -> tuple[int, int]:
    """Return (year, month) so many months later; `months` may be negative."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def add_months(start: date, months: int) -> date:
    """Return the day on which a term of so many months, begun on `start`, is complete; `date.max` when that lies beyond the calendar."""
    year, month = _month(start.year, start.month, months)
    if year > date.max.year:
        return date.max
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def latest_start(on: date, months: int) -> date:
    """Return the latest start whose term of so many months is complete on the day `on`; `date.min` when there is none.

    For every start: `add_months(start, months) <= on` exactly when `start <= latest_start(on, months)`.
    """
    year, month = _month(on.year, on.month, -months)
    if year < date.min.year:
        return date.min
    last = monthrange(year, month)[1]
    on_last_day = on.day == monthrange(on.year, on.month)[1]
    return date(year, month, last if on_last_day else min(on.day, last))
