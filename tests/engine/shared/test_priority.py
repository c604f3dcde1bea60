"""The priority groups begin and end on a birthday."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.engine.shared.priority import age_on, is_55_plus, is_young_low_educated

ON = date(2023, 9, 1)


@pytest.mark.parametrize(("born", "age"), [(date(1998, 9, 1), 25), (date(1998, 9, 2), 24), (date(2000, 2, 29), 23)])
def test_age_on_counts_whole_years(born: date, age: int) -> None:
    """A year is whole on the birthday itself."""
    assert age_on(born, ON) == age


@pytest.mark.parametrize(
    ("born", "education", "answer"),
    [(date(1998, 9, 2), "low", True), (date(1998, 9, 1), "low", False), (date(1998, 9, 2), "middle", False), (None, "low", False)],
)
def test_is_young_low_educated(born: date | None, education: str, answer: bool) -> None:  # noqa: FBT001 - a parameter
    """Under 25 and low education, both; unknown is no group."""
    assert is_young_low_educated(born, education, ON) is answer


@pytest.mark.parametrize(("born", "answer"), [(date(1968, 9, 1), True), (date(1968, 9, 2), False), (None, False)])
def test_is_55_plus(born: date | None, answer: bool) -> None:  # noqa: FBT001 - a parameter
    """From the 55th birthday on; unknown is no group."""
    assert is_55_plus(born, ON) is answer
