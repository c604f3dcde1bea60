"""A floor with a mentor and a colleague, for the tests of mentoring."""

from __future__ import annotations

import pytest
from tests.journey.attendance.floor import Floor, make_floor


@pytest.fixture
def floor(db: None) -> Floor:  # noqa: ARG001 - opens the database
    """Return a floor with its people."""
    return make_floor()
