"""Hours of the clock as people write them: 08:00, 8u30, 8.30, a time of a spreadsheet, or a share of a day."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.half_days import WEEKDAYS, parse_half_days
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, refused

_CLOCK = re.compile(r"^(\d{1,2})\s*(?:[:.uh]\s*(\d{2})?)?(?::\d{2})?\s*(?:u|uur|h)?$")
_HOURS, _MINUTES = 24, 60


def parse_clock(cell: Cell, context: Context) -> Parsed[int]:
    """Return minutes after midnight."""
    del context
    if isinstance(cell, datetime | time):
        return Parsed(cell.hour * _MINUTES + cell.minute)
    if isinstance(cell, timedelta):
        return Parsed(int(cell.total_seconds()) // _MINUTES)
    if isinstance(cell, float) and 0 <= cell < 1:
        return Parsed(round(cell * _HOURS * _MINUTES))
    text = as_text(cell).lower()
    if not fold(text):
        return Parsed(None)
    found = _CLOCK.match(text)
    hours, minutes = (int(found[1]), int(found[2] or 0)) if found else (_HOURS + 1, 0)
    whole = hours * _MINUTES + minutes
    return Parsed(whole) if whole <= _HOURS * _MINUTES and minutes < _MINUTES else refused("clock_unreadable")


def parse_weekdays(cell: Cell, context: Context) -> Parsed[tuple[int, ...]]:
    """Return weekdays, 0 is Monday, in the order of the week; a half-day counts for its day."""
    parsed = parse_half_days(cell, context)
    days = None if parsed.value is None else tuple(sorted({WEEKDAYS.index(code[:3]) for code in parsed.value}))
    return Parsed(days, parsed.problem, parsed.severity, parsed.proposal)
