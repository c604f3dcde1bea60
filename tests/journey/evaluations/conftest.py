"""A floor for the tests of evaluations."""

from __future__ import annotations

import pytest
from tests.journey.attendance.floor import Floor, make_floor
from tests.journey.evaluations.cases import NOW, SYSTEM

from opstap.journey.plans.operations import load_catalogue


@pytest.fixture
def floor(db: None) -> Floor:  # noqa: ARG001 - opens the database
    """Return a floor with its people, and the catalogue of competences."""
    load_catalogue(by=SYSTEM, at=NOW)
    return make_floor()
