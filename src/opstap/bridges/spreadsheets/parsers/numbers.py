"""Numbers that carry their own proof: the national number, the enterprise number; and plain counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.be import vat

from opstap.bridges.spreadsheets.cells import Cell, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed, refused, warned

_NATIONAL_LENGTH, _ENTERPRISE_LENGTH = 11, 10
_TEST_MONTHS = range(61, 73)
_MONTH_STEP = 20  # bis numbers add 20 or 40 to the month, test numbers 60
_POSTCODE = re.compile(r"^(?:B-?\s?)?([1-9]\d{3})$", re.IGNORECASE)
_UNKNOWN = frozenset({"", "?", "onbekend", "nvt", "n v t", "unknown", "inconnu"})


@dataclass(frozen=True, slots=True)
class NationalNumber:
    """A national number whose check digits are right: 11 digits, the birth date in it (None when it holds none)."""

    digits: str
    is_test_number: bool
    birth_date: date | None


def parse_national_number(cell: Cell, context: Context) -> Parsed[NationalNumber]:
    """Return the number when its last two digits prove it (97 less the rest by 97, with a 2 in front for births from 2000)."""
    del context
    text = as_text(cell)
    if fold(text) in _UNKNOWN:
        return Parsed(None)
    digits = re.sub(r"\D", "", text)
    if isinstance(cell, int | float):
        digits = digits.zfill(_NATIONAL_LENGTH)  # a number cell loses the zeros in front of 00 to 09
    if len(digits) != _NATIONAL_LENGTH:
        return refused("national_number_length", digits=len(digits))
    body, check = digits[:9], int(digits[9:])
    for century, prefix in ((1900, ""), (2000, "2")):
        if 97 - int(prefix + body) % 97 == check:
            return Parsed(NationalNumber(digits, int(digits[2:4]) in _TEST_MONTHS, _birth_date(digits, century)))
    return refused("national_number_check")


def _birth_date(digits: str, century: int) -> date | None:
    try:
        return date(century + int(digits[:2]), int(digits[2:4]) % _MONTH_STEP, int(digits[4:6]))
    except ValueError:
        return None


def parse_enterprise_number(cell: Cell, context: Context) -> Parsed[str]:
    """Return the enterprise number (KBO) as 10 digits; one whose check digits are wrong is kept, with a warning."""
    del context
    text = as_text(cell)
    if fold(text) in _UNKNOWN:
        return Parsed(None)
    digits = re.sub(r"\D", "", text).zfill(_ENTERPRISE_LENGTH)
    if len(digits) != _ENTERPRISE_LENGTH:
        return refused("enterprise_number_length", digits=len(digits))
    return Parsed(digits) if vat.is_valid(digits) else warned(digits, "enterprise_number_check")


def parse_postcode(cell: Cell, context: Context) -> Parsed[str]:
    """Return a Belgian postcode of four digits."""
    del context
    text = as_text(cell)
    if fold(text) in _UNKNOWN:
        return Parsed(None)
    found = _POSTCODE.match(text)
    return Parsed(found[1]) if found else refused("postcode_invalid")


def parse_count(cell: Cell, context: Context) -> Parsed[int]:
    """Return a whole number from 0 to 999; "2 plaatsen" is read as 2 with a warning."""
    del context
    text = as_text(cell)
    if fold(text) in _UNKNOWN:
        return Parsed(None)
    if re.fullmatch(r"\d{1,3}", text):
        return Parsed(int(text))
    numbers = re.findall(r"(?<![\d,.\-])\d{1,3}(?![\d,.])", text)
    if len(numbers) != 1:
        return refused("number_invalid")
    return warned(int(numbers[0]), "number_with_words", numbers[0], used=int(numbers[0]))


def parse_hours(cell: Cell, context: Context) -> Parsed[float]:
    """Return hours per month as a number; "32 u" and "37,5" are understood."""
    del context
    text = as_text(cell)
    if fold(text) in _UNKNOWN:
        return Parsed(None)
    found = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*(?:u|uur|uren|h|hours?|heures?)?(?:\s*(?:per maand|/\s*m(?:aand)?))?", text.lower())
    return Parsed(float(found[1].replace(",", "."))) if found else refused("number_invalid")
