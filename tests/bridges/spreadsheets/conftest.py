"""What the tests of the reader share."""

from __future__ import annotations

import pytest
from tests.bridges.spreadsheets.corpus import AHMED, HEADER, YASMINA, Rows


@pytest.fixture
def two_people() -> Rows:
    """Header and two rows."""
    return (HEADER, AHMED, YASMINA)
