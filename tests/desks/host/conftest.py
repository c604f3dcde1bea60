"""The day of the cases stands still."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from tests.journey.eligibility.cases import ON


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let the product believe that it is the day of the cases."""
    settings.FIXED_TODAY = ON
