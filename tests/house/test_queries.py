"""A page costs as many queries with thirty people and places as with three, and never more than twelve."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker
from tests.house.access.addresses import addresses, filled
from tests.house.access.pages import allowed
from tests.house.access.table import TABLE, Row
from tests.house.access.visitors import browser
from tests.house.access.world import ON, Side, make_side

from opstap.foundation.programmes.models import Programme

MOST = 12
SMALL, LARGE = 3, 30
SHOWN = [row for row in TABLE if row.get and row.name in addresses() and row.name != "coordinator:what_if"]
"""What-if computes a round while one waits; its own tests say what it costs."""


@pytest.fixture(scope="module")
def sides(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Side, Side]]:  # noqa: ARG001 - it makes the database
    """Return a small and a large programme."""
    with django_db_blocker.unblock(), override_settings(FIXED_TODAY=ON), transaction.atomic():
        yield make_side("klein", people=SMALL), make_side("groot", people=LARGE)
        transaction.set_rollback(True)


def cost(row: Row, side: Side) -> int:
    """Return the queries of a page for the first of those who may see it, when it is opened for the second time."""
    Programme.objects.update(starts_on=date(2023, 4, 4))
    Programme.objects.filter(pk=side.programme.pk).update(starts_on=date(2023, 5, 1))  # the public pages show the latest
    who = next(iter(allowed(row)))
    client = browser(side.staff.get(who))
    address = filled(row, side)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    own = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    return len(own)


@pytest.mark.django_db
@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.name)
def test_queries_do_not_grow_with_rows(sides: tuple[Side, Side], row: Row) -> None:
    """The number of queries is the same for three and for thirty, and small; one may be left out when there is nothing to ask for."""
    small, large = (cost(row, side) for side in sides)
    assert (abs(large - small) <= 1, large <= MOST) == (True, True), (small, large)
