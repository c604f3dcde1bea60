"""Dates in the habits of those who type them: 30/05/1984, 03.08.70, 1984-05-30, 3 aug 1970, or a serial number of Excel."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, refused, warned

_DAY_FIRST = re.compile(r"^(\d{1,2})[\s./\-]+(\d{1,2})[\s./\-]+(\d{4}|\d{2})(?:\s+\d{1,2}[:.]\d{2}.*)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[\s./\-]*(\d{2})[\s./\-]*(\d{2})(?:[T\s]\s*\d{1,2}:\d{2}.*)?$")
_YEAR_FIRST_LOOSE = re.compile(r"^(\d{4})[\s./\-]+(\d{1,2})[\s./\-]+(\d{1,2})$")
_NAMED = re.compile(r"^(?:[a-z]+ )?(\d{1,2})(?:e|ste|de|er|st|nd|rd|th)? ([a-z]{3,9}) (\d{4}|\d{2})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[\s./\-]+(\d{4}|\d{2})$")
_NAMED_MONTH_YEAR = re.compile(r"^([a-z]{3,9}) (\d{4})$")
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_050  # 1 January 1910 to 31 December 2099
_MONTHS = (
    ("jan", "janv"), ("feb", "fev", "febr"), ("mrt", "maa", "mar"), ("apr", "avr"), ("mei", "mai", "may"), ("jun", "juin"),
    ("jul", "juil"), ("aug", "aou"), ("sep",), ("okt", "oct"), ("nov",), ("dec",),
)  # fmt: skip
NO_DAY = date.min
"""What a cell says that names no day on purpose: not empty, which says nothing, but none any more."""
_NONE_ANY_MORE = frozenset({"geen", "nee", "neen", "vervallen", "verlopen", "ingetrokken", "none", "expired", "aucun", "aucune", "echu"})
_YEAR_IN_CENTURY_PIVOT = 30
_TWO_DIGITS = 2


def parse_date(cell: Cell, context: Context) -> Parsed[date]:
    """Return the day that the cell names; a half date or an impossible one is refused with a proposal, never guessed."""
    if isinstance(cell, datetime):
        return Parsed(cell.date())
    if isinstance(cell, date):
        return Parsed(cell)
    text = as_text(cell)
    if not text:
        return Parsed(None)
    if isinstance(cell, int | float) or text.isdecimal():
        return _from_serial(text)
    for pattern, order in ((_YEAR_FIRST, (0, 1, 2)), (_YEAR_FIRST_LOOSE, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0))):
        found = pattern.match(text)
        if found:
            year, month, day = (found.groups()[index] for index in order)
            return _from_parts(year, int(month), int(day), context)
    return _from_words(fold(text), context)


def parse_day_or_none(cell: Cell, context: Context) -> Parsed[date]:
    """Return the day as `parse_date` does, or `NO_DAY` for a word that says that there is none any more."""
    return Parsed(NO_DAY) if isinstance(cell, str) and fold(cell) in _NONE_ANY_MORE else parse_date(cell, context)


def parse_past_date(cell: Cell, context: Context) -> Parsed[date]:
    """Return the day as `parse_date` does; a day after the day of the list is refused, for it cannot have happened yet."""
    parsed = parse_date(cell, context)
    if parsed.value is not None and context.on is not None and parsed.value > context.on:
        return refused("date_in_future", found=parsed.value.isoformat())
    return parsed


def _from_serial(text: str) -> Parsed[date]:
    try:
        number = float(text)
    except ValueError:
        return refused("date_unreadable")
    if number.is_integer() and len(text) == len("19840530"):
        compact = _YEAR_FIRST.match(text)
        day = _day(int(compact[1]), int(compact[2]), int(compact[3])) if compact else None
        return Parsed(day) if day else refused("date_unreadable")
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return refused("date_unreadable")
    return Parsed(_EPOCH + timedelta(days=int(number)))


def _from_parts(year_text: str, month: int, day: int, context: Context) -> Parsed[date]:
    year = _full_year(year_text, context)
    found = _day(year, month, day)
    if found is None:
        swapped = _day(year, day, month)
        return refused("date_impossible", swapped.isoformat() if swapped else None)
    if len(year_text) == _TWO_DIGITS:
        return warned(found, "date_two_digit_year", found.isoformat(), found=found.isoformat())
    return Parsed(found)


def _from_words(text: str, context: Context) -> Parsed[date]:
    named = _NAMED.match(text)
    if named and _month_number(named[2]):
        return _from_parts(named[3], _month_number(named[2]), int(named[1]), context)
    half = _MONTH_YEAR.match(text)
    if half:
        return _half_date(_day(_full_year(half[2], context), int(half[1]), 1))
    half = _NAMED_MONTH_YEAR.match(text)
    return _half_date(_day(int(half[2]), _month_number(half[1]), 1) if half else None)


def _half_date(first_of_month: date | None) -> Parsed[date]:
    """Return a refusal that proposes the first of the month: the person who knows may accept it, the machine does not."""
    return refused("date_incomplete", first_of_month.isoformat()) if first_of_month else refused("date_unreadable")


def _month_number(word: str) -> int:
    for number, beginnings in enumerate(_MONTHS, start=1):
        if word.startswith(beginnings):
            return number
    return 0


def _full_year(text: str, context: Context) -> int:
    """Return a year in full; two digits are the latest year that is not after the day of the list."""
    year = int(text)
    if len(text) > _TWO_DIGITS:
        return year
    last = context.on.year % 100 if context.on else _YEAR_IN_CENTURY_PIVOT
    return year + (2000 if year <= last else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
