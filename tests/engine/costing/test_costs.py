"""Sums of days: nothing lost, nothing counted twice, whatever the days and wherever a rate changes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.engine.costing import (
    MonthHours,
    RateBook,
    RateError,
    WorkedDay,
    day_refused,
    days_left,
    hours_limits,
    last_day,
    load_rates,
    month_ahead,
    months_used_up,
    used_up_since,
)
from opstap.engine.costing.allowance import CENT, month_cost
from opstap.engine.shared import Reason

FIRST = date(2023, 9, 1)
CHANGE = date(2023, 9, 16)


def entry(**changes: object) -> dict[str, object]:
    """Return one rate as a file says it, with changes."""
    plain: dict[str, object] = {
        "id": "a",
        "kind": "allowance",
        "title": "Allowance",
        "unit": "euro_per_hour",
        "instruments": ["community_service"],
        "source": "a test",
        "confidence": "C",
        "values": [{"from": date(2023, 1, 1), "value": "1.30"}, {"from": CHANGE, "value": "1.50", "confidence": "M"}],
    }
    return plain | changes


TRAVEL = entry(id="t", kind="travel", values=[{"from": date(2023, 1, 1), "value": "0.15"}])
BOOK = RateBook.from_json([entry(), TRAVEL])
QUARTERS = st.integers(1, 48).map(lambda count: Decimal(count) / 4)
DAYS = st.lists(
    st.builds(WorkedDay, on=st.integers(0, 29).map(lambda count: FIRST + timedelta(days=count)), hours=QUARTERS),
    max_size=20,
    unique_by=lambda day: day.on,
)


def test_hours_are_paid_at_the_rate_of_their_day() -> None:
    """A month in which the rate changes is two lines, each with its own days."""
    days = [WorkedDay(date(2023, 9, 4), Decimal(8)), WorkedDay(CHANGE, Decimal("7.25"))]
    lines = month_cost(days, "community_service", Decimal("11.6"), BOOK).lines
    assert [(line.covers, line.rate.id, line.hours, line.kilometres, line.amount, line.days) for line in lines] == [
        ("allowance", "a@2023-01-01", Decimal(8), Decimal(0), Decimal("10.40"), (date(2023, 9, 4),)),
        ("allowance", "a@2023-09-16", Decimal("7.25"), Decimal(0), Decimal("10.88"), (CHANGE,)),
        ("travel", "t@2023-01-01", Decimal(0), Decimal("23.2"), Decimal("3.48"), (date(2023, 9, 4), CHANGE)),
    ]


@given(DAYS)
def test_no_hour_is_lost_or_paid_twice(days: list[WorkedDay]) -> None:
    """The lines hold exactly the hours and days that went in, and each line is hours times rate to the cent."""
    cost = month_cost(days, "community_service", None, BOOK)
    assert sum((line.hours for line in cost.lines), Decimal(0)) == sum((day.hours for day in days), Decimal(0))
    assert sorted(day for line in cost.lines for day in line.days) == sorted(day.on for day in days)
    assert all(abs(line.amount - line.hours * line.rate.value) <= CENT / 2 for line in cost.lines)
    assert cost.total == sum((line.amount for line in cost.lines), Decimal(0))


@given(DAYS, st.randoms(use_true_random=False))
def test_order_of_the_days_does_not_matter(days: list[WorkedDay], chance: object) -> None:
    """The same days in another order are the same lines."""
    mixed = list(days)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis hands out a random.Random
    assert month_cost(mixed, "community_service", Decimal(3), BOOK) == month_cost(days, "community_service", Decimal(3), BOOK)


@given(DAYS)
def test_correction_takes_off_what_was_paid(days: list[WorkedDay]) -> None:
    """Taking every day back comes to the same amount with a minus."""
    back = [WorkedDay(day.on, -day.hours, -day.trips) for day in days]
    paid, taken = (month_cost(each, "community_service", Decimal(5), BOOK).total for each in (days, back))
    assert abs(paid + taken) <= CENT * 3


def test_working_without_a_rate_is_named() -> None:
    """Hours that nobody pays here do not disappear silently."""
    cost = month_cost([WorkedDay(FIRST, Decimal(8))], "work_experience", Decimal(4), load_rates())
    assert (cost.lines, cost.notes) == ((), (Reason("costing.no_allowance", {"instrument": "work_experience", "days": 1}),))


def test_travel_without_a_known_distance_is_named() -> None:
    """No spot on the map: no guess, and a note that says so."""
    assert month_cost([WorkedDay(FIRST, Decimal(8))], "community_service", None, BOOK).notes == (Reason("costing.distance_unknown"),)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "bonus"}, "'bonus' is not one of"),
        ({"instruments": ["slavery"]}, "'slavery' is not one of"),
        ({"confidence": "X"}, "'X' is not one of"),
        ({"values": [{"from": FIRST, "value": 1.3}]}, "is not a number written as text"),
        ({"values": [{"from": FIRST, "value": "-1"}]}, "is not a number written as text"),
    ],
)
def test_file_with_a_mistake_is_refused(changes: dict[str, object], words: str) -> None:
    """What is wrong is named, and nothing is guessed."""
    with pytest.raises(RateError, match=words):
        RateBook.from_json([entry(**changes)])


def test_two_rates_for_the_same_days_are_refused() -> None:
    """Nobody could say which of them counts."""
    with pytest.raises(RateError, match="both say allowance"):
        RateBook.from_json([entry(), entry(id="b")])


def test_shipped_rates_have_a_source_and_known_values() -> None:
    """The numbers of the product in September 2023, each with where it comes from."""
    book = load_rates()
    kinds = ("allowance", "travel", "hours_min", "hours_max", "months_max")
    found = {kind: book.on(kind, "community_service", FIRST) for kind in kinds}
    assert {kind: str(rate.value) for kind, rate in found.items() if rate} == {
        "allowance": "1.30",
        "travel": "0.15",
        "hours_min": "32",
        "hours_max": "64",
        "months_max": "6",
    }
    assert [rate.id for rate in book.rates if not rate.source.strip()] == []


@pytest.mark.parametrize(
    ("start", "until"),
    [(date(2023, 9, 4), date(2024, 3, 4)), (date(2023, 8, 31), date(2024, 2, 29)), (date(2022, 8, 31), date(2023, 2, 28))],
)
def test_six_months_end_on_the_same_day_or_the_last_of_a_short_month(start: date, until: date) -> None:
    """A month is a month of the calendar; a day that is not there becomes the last one."""
    assert last_day(start, 6) == until


@pytest.mark.parametrize(
    ("others", "until"),
    [
        ((), date(2024, 3, 4)),
        (((date(2023, 3, 4), date(2023, 6, 4)),), date(2023, 12, 5)),
        (((date(2023, 3, 4), date(2023, 6, 4)), (date(2023, 4, 4), date(2023, 6, 4))), date(2023, 12, 5)),
        (((date(2023, 8, 4), date(2023, 12, 4)),), date(2024, 2, 4)),
        (((date(2023, 3, 4), date(2023, 9, 4)),), date(2023, 9, 4)),
        (((date(2023, 10, 1), date(2023, 12, 1)),), date(2024, 3, 4)),
    ],
)
def test_months_count_over_all_places_of_a_person(others: tuple[tuple[date, date], ...], until: date) -> None:
    """Six months are used up by earlier work under the instrument; a day in two places counts once, a day between not at all."""
    assert months_used_up(date(2023, 9, 4), 6, others) == until


WORKED = st.lists(st.tuples(st.dates(FIRST, date(2024, 6, 1)), st.integers(0, 200)), max_size=4).map(
    lambda rows: [(start, start + timedelta(days=days)) for start, days in rows]
)


@given(worked=WORKED, months=st.integers(1, 6), least=st.integers(1, 28))
def test_months_are_used_up_from_the_first_day_that_leaves_too_few(worked: list[tuple[date, date]], months: int, least: int) -> None:
    """The day found is the first on which `months_used_up` leaves fewer days; without one every later day has as many left."""
    since = used_up_since(months, worked, least)
    days = [FIRST + timedelta(days=count) for count in range(600)]
    left = {on: ((months_used_up(on, months, worked) or date.max) - on).days for on in days}
    assert since == next((on for on in days if worked and left[on] < least), None)
    assert days_left(months, worked) == (max(left[days[-1]], 0) if any(start < until for start, until in worked) else None)


def test_instrument_without_a_limit_is_never_used_up() -> None:
    """Without most months nothing is used up."""
    worked = [(FIRST, date(2030, 1, 1))]
    assert (used_up_since(None, worked), days_left(None, worked)) == (None, None)


LIMITS = hours_limits("community_service", FIRST, load_rates())


@given(noted=QUARTERS, hours=QUARTERS)
def test_hours_are_refused_exactly_past_the_most(noted: Decimal, hours: Decimal) -> None:
    """Up to and with 64 hours is right; a quarter more is not."""
    refused = day_refused(noted * 3, hours, FIRST, last_day(FIRST, 6), LIMITS)
    assert (refused is not None) == (noted * 3 + hours > 64)


def test_limits_are_told_before_they_are_crossed() -> None:
    """Too many ahead, too few ahead, and the end of the six months thirty days before."""
    near = date(2024, 2, 5)
    told = [month_ahead(MonthHours(Decimal(noted), Decimal(to_come)), on, last_day(date(2023, 9, 4), 6), LIMITS) for noted, to_come, on in (
        (40, 32, FIRST), (8, 16, FIRST), (40, 8, FIRST), (40, 8, near),
    )]  # fmt: skip
    assert [[reason.code for reason in each] for each in told] == [
        ["costing.month_will_be_full"],
        ["costing.month_too_few"],
        [],
        ["costing.months_end_near"],
    ]
