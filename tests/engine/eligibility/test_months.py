"""Counting in months, at the ends of months above all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.engine.eligibility.months import add_months, latest_start

near = st.dates(date(1950, 1, 1), date(2100, 12, 31))
terms = st.integers(0, 600)


@pytest.mark.parametrize(
    ("start", "months", "complete"),
    [
        (date(2021, 9, 1), 24, date(2023, 9, 1)),
        (date(2021, 8, 31), 24, date(2023, 8, 31)),
        (date(2020, 2, 29), 24, date(2022, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 12, 15), 1, date(2024, 1, 15)),
        (date(2023, 3, 31), 0, date(2023, 3, 31)),
        (date(9990, 1, 1), 240, date.max),
    ],
)
def test_add_months_ends_where_people_expect(start: date, months: int, complete: date) -> None:
    """A term ends on the same day of the month, or on the last day of a month that is too short."""
    assert add_months(start, months) == complete


@pytest.mark.parametrize(
    ("on", "months", "latest"),
    [
        (date(2023, 9, 1), 24, date(2021, 9, 1)),
        (date(2022, 2, 28), 24, date(2020, 2, 29)),
        (date(2024, 2, 28), 24, date(2022, 2, 28)),
        (date(2023, 4, 30), 1, date(2023, 3, 31)),
        (date(2023, 3, 30), 1, date(2023, 2, 28)),
        (date(2023, 1, 31), 1, date(2022, 12, 31)),
        (date(1, 6, 1), 24, date.min),
    ],
)
def test_latest_start_takes_every_start_that_is_complete(on: date, months: int, latest: date) -> None:
    """On the last day of a month, starts on later days of a longer month are complete as well."""
    assert latest_start(on, months) == latest


@given(start=near, months=terms, on=near)
def test_latest_start_agrees_with_adding_months(start: date, months: int, on: date) -> None:
    """Comparing with the latest start and adding months give the same answer for every start, term and day."""
    assert (start <= latest_start(on, months)) == (add_months(start, months) <= on)


@given(start=near, months=terms)
def test_latest_start_turns_on_the_day_itself(start: date, months: int) -> None:
    """The term is complete on its last day and not the day before."""
    complete = add_months(start, months)
    assert start <= latest_start(complete, months)
    assert start > latest_start(date.fromordinal(complete.toordinal() - 1), months)
