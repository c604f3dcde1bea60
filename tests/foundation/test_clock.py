"""The clock of the house: days are those of Belgium, also in the demonstration and also at night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from pytest_django.fixtures import Settings

from opstap.foundation.clock import day_of, now, on_day

WINTER, SUMMER = date(2023, 12, 1), date(2023, 9, 1)


@pytest.mark.parametrize("day", [WINTER, SUMMER])
@pytest.mark.parametrize("month", [1, 7])
@pytest.mark.parametrize("hour", range(24))
def test_day_of_the_demonstration_is_the_chosen_one_at_every_hour(day: date, month: int, hour: int) -> None:
    """Whatever the season outside and the hour, it is the chosen day in Belgium."""
    assert day_of(on_day(datetime(2026, month, 10, hour, 30, tzinfo=UTC), day)) == day


def test_demonstration_shows_the_time_on_the_wall() -> None:
    """Half past midnight in July is half past midnight in December, an hour later in UTC."""
    night = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert on_day(night, WINTER) == datetime(2023, 11, 30, 23, 30, tzinfo=UTC)


def test_day_just_after_midnight_is_the_new_one() -> None:
    """At 22.30 UTC in summer it is the next day here."""
    assert day_of(datetime(2023, 8, 31, 22, 30, tzinfo=UTC)) == date(2023, 9, 1)


def test_chosen_time_of_day_stands_still(settings: Settings) -> None:
    """A test at night can live by day: ten o'clock of the chosen day is nine in UTC in winter, eight in summer."""
    settings.FIXED_TIME, moments = time(10), []
    for settings.FIXED_TODAY in (WINTER, SUMMER):
        moments.append(now())
    assert moments == [datetime(2023, 12, 1, 9, tzinfo=UTC), datetime(2023, 9, 1, 8, tzinfo=UTC)]
