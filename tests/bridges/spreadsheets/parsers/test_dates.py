"""Dates as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.bridges.spreadsheets.parsers.dates import parse_date, parse_past_date
from opstap.bridges.spreadsheets.parsers.parsed import Context

CONTEXT = Context(on=date(2023, 9, 1))
DUTCH_MONTHS = ("jan", "feb", "maart", "april", "mei", "juni", "juli", "aug", "september", "okt", "nov", "december")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("30/05/1984", date(1984, 5, 30)),
        ("03.08.1970", date(1970, 8, 3)),
        ("1984-05-30", date(1984, 5, 30)),
        ("1984-05-30T00:00:00", date(1984, 5, 30)),
        ("30/5/1984 0:00", date(1984, 5, 30)),
        ("19840530", date(1984, 5, 30)),
        ("3 aug 1970", date(1970, 8, 3)),
        ("3 augustus 1970", date(1970, 8, 3)),
        ("maandag 3 augustus 1970", date(1970, 8, 3)),
        ("3-okt-1970", date(1970, 10, 3)),
        ("1 mrt 2020", date(2020, 3, 1)),
        ("1er mars 2020", date(2020, 3, 1)),
        ("3 August 1970", date(1970, 8, 3)),
        (" 30/05/1984\u00a0", date(1984, 5, 30)),
        (30832, date(1984, 5, 30)),
        (30832.5, date(1984, 5, 30)),
        ("30832", date(1984, 5, 30)),
        (date(1984, 5, 30), date(1984, 5, 30)),
        (datetime(1984, 5, 30, 12), date(1984, 5, 30)),  # noqa: DTZ001 - a cell of a sheet has no time zone
    ],
)
def test_date_habit(cell: object, expected: date) -> None:
    """Every habit of writing the same day gives that day, without a problem."""
    parsed = parse_date(cell, CONTEXT)  # type: ignore[arg-type] # the table of cases mixes the kinds of a cell

    assert (parsed.value, parsed.problem) == (expected, None)


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("31/02/1990", "spreadsheet.date_impossible", None),
        ("12/31/1970", "spreadsheet.date_impossible", "1970-12-31"),
        ("5/23", "spreadsheet.date_incomplete", "2023-05-01"),
        ("aug 2023", "spreadsheet.date_incomplete", "2023-08-01"),
        ("binnenkort", "spreadsheet.date_unreadable", None),
        ("12", "spreadsheet.date_unreadable", None),
        ("-5", "spreadsheet.date_unreadable", None),
        ("99999999", "spreadsheet.date_unreadable", None),
        ("²", "spreadsheet.date_unreadable", None),
    ],
)
def test_date_refused(text: str, code: str, proposal: str | None) -> None:
    """What is half a date or none is refused with a reason, and only a proposal, never a guess."""
    parsed = parse_date(text, CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code, parsed.proposal) == (None, code, proposal)


@pytest.mark.parametrize(("text", "year"), [("13-04-71", 1971), ("13-04-23", 2023), ("13-04-24", 1924)])
def test_date_two_digit_year(text: str, year: int) -> None:
    """Two digits are the latest year that is not after the day of the list, with a warning."""
    parsed = parse_date(text, CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code) == (date(year, 4, 13), "spreadsheet.date_two_digit_year")


def test_past_date_in_future() -> None:
    """A birth or a registration after the day of the list cannot be."""
    parsed = parse_past_date("11/10/2023", CONTEXT)

    assert (parsed.value, parsed.problem and parsed.problem.code) == (None, "spreadsheet.date_in_future")


@given(st.dates(min_value=date(1910, 1, 1), max_value=date(2099, 12, 31)), st.sampled_from("/.- "))
def test_date_round_trip(day: date, separator: str) -> None:
    """Any day, written in any of the usual ways, comes back as that day."""
    written = [
        f"{day.day}{separator}{day.month}{separator}{day.year}",
        f"{day.day:02d}{separator}{day.month:02d}{separator}{day.year}",
        f"{day.year}-{day.month:02d}-{day.day:02d}",
        f"{day.day} {DUTCH_MONTHS[day.month - 1]} {day.year}",
        str((day - date(1899, 12, 30)).days),
    ]

    assert [parse_date(text, CONTEXT).value for text in written] == [day] * len(written)


@given(st.text(max_size=30))
def test_date_any_text(text: str) -> None:
    """No text breaks the parser, and what is not read is explained."""
    parsed = parse_date(text, CONTEXT)

    assert parsed.value is not None or parsed.problem is not None or not text.strip("\x00\u200b\ufeff").split()
