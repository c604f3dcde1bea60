"""A year that was broken off is known from one that was lived, and from one that never began."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.eligibility.cases import make_programme

from opstap.config.demonstration import DAY
from opstap.config.simulation.telling import Stand, begin, end, stand

UNTIL = DAY + timedelta(days=365)


@pytest.mark.django_db
def test_year_is_told_by_its_beginning_and_end() -> None:
    """Not begun, broken off until its end is noted, lived; a shorter year is not this one, and another programme has its own."""
    programme, other = make_programme("A", ("imw",)), make_programme("B", ("imw",))
    assert stand(programme, UNTIL) is Stand.NOT_BEGUN
    begin(programme, DAY, UNTIL)
    assert stand(programme, UNTIL) is Stand.BROKEN_OFF
    end(programme, UNTIL - timedelta(days=7))
    assert stand(programme, UNTIL) is Stand.BROKEN_OFF
    end(programme, UNTIL)
    assert (stand(programme, UNTIL), stand(other, UNTIL)) == (Stand.LIVED, Stand.NOT_BEGUN)
