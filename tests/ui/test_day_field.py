"""A day in a form: what can be meant is taken, what cannot is said."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from opstap.ui.day_field import DayField


@pytest.mark.parametrize("given", [date(1900, 1, 1), date(2023, 9, 1), date(2099, 12, 31)])
def test_day_that_can_be_meant_is_taken(given: date) -> None:
    """The first and the last day of its range are in it."""
    assert DayField().clean(given.isoformat()) == given


@pytest.mark.parametrize("given", ["1899-12-31", "2100-01-01", "9999-12-31"])
def test_day_that_cannot_be_meant_is_said(given: str) -> None:
    """A slip of the keyboard is refused in plain words, before anything computes with it."""
    with pytest.raises(ValidationError) as refused:
        DayField().clean(given)
    assert refused.value.messages == ["Deze dag kan niet juist zijn. Kies een dag tussen 1900 en 2100."]
