"""Telephone numbers and e-mail addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.bridges.spreadsheets.parsers.contact import Phone, parse_email, parse_phone
from opstap.bridges.spreadsheets.parsers.parsed import Context

CONTEXT = Context()
MOBILE = Phone("+32478123456", "0478 12 34 56")


@pytest.mark.parametrize(
    "text",
    [
        "0478 12 34 56",
        "0478/12.34.56",
        "+32478123456",
        "0032 478/12.34.56",
        "+32 (0)478 12 34 56",
        "0478-123456",
        "478123456",
        "0478 12 34 56 (na 17u)",
    ],
)
def test_phone_habit(text: str) -> None:
    """Every habit of writing one number gives that number."""
    assert parse_phone(text, CONTEXT).value == MOBILE


def test_phone_as_number_cell() -> None:
    """A cell that the spreadsheet made a number still holds the telephone number, without its zero in front."""
    assert parse_phone(478123456.0, CONTEXT).value == MOBILE


def test_phone_several() -> None:
    """Of two numbers the first is used, with a warning."""
    parsed = parse_phone("0478 12 34 56 / 059 80 55 00", CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code) == (MOBILE, "spreadsheet.phone_several")


def test_phone_foreign() -> None:
    """A foreign number keeps its country."""
    assert parse_phone("0033 6 12 34 56 78", CONTEXT).value == Phone("+33612345678", "+33 6 12 34 56 78")


@pytest.mark.parametrize(
    ("text", "code"),
    [("geen", "spreadsheet.phone_none"), ("047812345", "spreadsheet.phone_invalid"), ("belt liever niet", "spreadsheet.phone_invalid")],
)
def test_phone_not_read(text: str, code: str) -> None:
    """What is no number gives none, and says why."""
    parsed = parse_phone(text, CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code) == (None, code)


@given(
    st.from_regex(r"04[7-9][0-9]{7}", fullmatch=True),
    st.sampled_from(["{0} {1} {2} {3}", "{0}/{1}.{2}.{3}", "{0}{1}{2}{3}", "{0}-{1} {2} {3}"]),
)
def test_phone_round_trip(digits: str, pattern: str) -> None:
    """A Belgian mobile number, however it is divided, is that number."""
    text = pattern.format(digits[:4], digits[4:6], digits[6:8], digits[8:])
    parsed = parse_phone(text, CONTEXT)

    assert parsed.value is None or parsed.value.number == "+32" + digits[1:]
    assert parsed.value == parse_phone("+32" + digits[1:], CONTEXT).value


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("Ahmed.Haddad@Example.be", "ahmed.haddad@example.be", None),
        ("info @ example.be", "info@example.be", "spreadsheet.email_spaces"),
        ("geen", None, "spreadsheet.email_none"),
        ("ahmed(at)example.be", None, "spreadsheet.email_invalid"),
        ("a@b@example.be", None, "spreadsheet.email_invalid"),
        ("", None, None),
    ],
)
def test_email(text: str, value: str | None, code: str | None) -> None:
    """An address is read, mended with a warning, or refused with the reason."""
    parsed = parse_email(text, CONTEXT)

    assert (parsed.value, parsed.problem.code if parsed.problem else None) == (value, code)
