"""Numbers that prove themselves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.bridges.spreadsheets.parsers.numbers import (
    NationalNumber,
    parse_count,
    parse_enterprise_number,
    parse_hours,
    parse_national_number,
    parse_postcode,
)
from opstap.bridges.spreadsheets.parsers.parsed import Context

CONTEXT = Context()


def test_national_number_test_number() -> None:
    """A test number (month 61 to 72) is known as such, with its birth date."""
    assert parse_national_number("84.65.30-197.55", CONTEXT).value == NationalNumber(
        "84653019755", is_test_number=True, birth_date=date(1984, 5, 30)
    )


def test_national_number_born_from_2000() -> None:
    """For births from 2000 a 2 goes in front of the nine digits."""
    number = parse_national_number("01.72.05-385.19", CONTEXT).value

    assert number == NationalNumber("01720538519", is_test_number=True, birth_date=date(2001, 12, 5))


def test_national_number_as_number_cell() -> None:
    """A number cell lost its zero in front; the check digits prove that it is put back rightly."""
    parsed = parse_national_number(1720538519.0, CONTEXT)

    assert parsed.value is not None
    assert parsed.value.digits == "01720538519"


@pytest.mark.parametrize(("text", "code"), [("80.61.01-691.29", "national_number_check"), ("8061", "national_number_length")])
def test_national_number_refused(text: str, code: str) -> None:
    """Wrong check digits or a wrong length are refused with the reason."""
    parsed = parse_national_number(text, CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code) == (None, f"spreadsheet.{code}")


@given(st.dates(date(1930, 1, 1), date(2015, 12, 31)), st.integers(1, 997), st.integers(0, 9))
def test_national_number_one_digit_wrong(born: date, counter: int, wrong: int) -> None:
    """A valid number is accepted with its birth date; the same number with another last digit never is."""
    body = f"{born.year % 100:02d}{born.month + 60:02d}{born.day:02d}{counter:03d}"
    check = 97 - int(("2" if born.year >= 2000 else "") + body) % 97
    number = f"{body}{check:02d}"
    parsed = parse_national_number(number, CONTEXT)

    assert parsed.value == NationalNumber(number, is_test_number=True, birth_date=born) or check == 97 - int(body) % 97
    if wrong != check % 10:
        other = parse_national_number(number[:-1] + str(wrong), CONTEXT).value
        assert other is None or other.birth_date != born


def test_enterprise_number_wrong_check() -> None:
    """A wrong enterprise number is kept, with a warning; a right one has none."""
    wrong, right = parse_enterprise_number("0123.456.789", CONTEXT), parse_enterprise_number("BE 0746.638.197", CONTEXT)

    assert (wrong.value, wrong.problem and wrong.problem.code) == ("0123456789", "spreadsheet.enterprise_number_check")
    assert (right.value, right.problem) == ("0746638197", None)


@pytest.mark.parametrize(("cell", "value"), [("8400", "8400"), (8400.0, "8400"), ("B-8400", "8400"), ("84000", None), ("?", None)])
def test_postcode(cell: str | float, value: str | None) -> None:
    """A Belgian postcode has four digits, however the cell holds it."""
    assert parse_postcode(cell, CONTEXT).value == value


@pytest.mark.parametrize(
    ("cell", "value"), [("3", 3), (2.0, 2), ("2 plaatsen", 2), ("2 tot 3", None), ("-1", None), ("1,5", None), ("", None)]
)
def test_count(cell: str | float, value: int | None) -> None:
    """A count is a whole number from zero; two numbers in one cell are no count."""
    assert parse_count(cell, CONTEXT).value == value


@pytest.mark.parametrize(("cell", "value"), [("32", 32.0), ("37,5", 37.5), ("32 u", 32.0), ("32 uur per maand", 32.0), ("veel", None)])
def test_hours(cell: str, value: float | None) -> None:
    """Hours a month may carry their unit."""
    assert parse_hours(cell, CONTEXT).value == value
