"""Many people click yes at the same moment: one of them has the seat, and the others hear so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.factories import DAY
from tests.journey.placements.crowd import Contest, make_contests

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.matching.models import Proposal
from opstap.journey.placements.models import Placement

SEATS, CLIENTS, TRIES = 20, 8, 5


def click(key: str, barrier: Barrier) -> HttpResponse:
    """Say yes at the moment at which all are ready, and return the page that follows.

    On a slow machine somebody may wait at the lock for longer than its three seconds; the page then asks to try again.
    """
    client = Client(raise_request_exception=False)
    barrier.wait()
    try:
        for _ in range(TRIES):
            page = client.post(f"/mijn/v/{key}/antwoord/ja/", {"once_key": str(uuid4())}, follow=True)
            if page.status_code != 409:
                break
        return page
    finally:
        connections.close_all()


def race(pool: ThreadPoolExecutor, contest: Contest) -> list[HttpResponse]:
    """Let everybody of a contest click at once."""
    barrier = Barrier(len(contest.keys))
    return list(pool.map(lambda key: click(key, barrier), contest.keys))


@pytest.mark.django_db(transaction=True)
def test_one_winner_per_seat_and_a_page_for_the_others(settings: Settings) -> None:
    """Each seat goes to one person; the seven others get a page that says so, their proposals end, and nothing is half done."""
    settings.FIXED_TODAY = DAY
    contests = make_contests(SEATS, CLIENTS)
    with ThreadPoolExecutor(CLIENTS) as pool:
        pages = [page for contest in contests for page in race(pool, contest)]
    assert {page.status_code for page in pages} == {200}
    assert sum("Iemand anders was net voor jou" in page.content.decode() for page in pages) == SEATS * (CLIENTS - 1)
    winners = Placement.objects.values_list("seat__place_id", flat=True)
    assert sorted(winners) == sorted(contest.place_id for contest in contests)
    states = list(Proposal.objects.order_by().values_list("state", flat=True))
    assert (states.count("accepted"), states.count("seat_taken")) == (SEATS, SEATS * (CLIENTS - 1))
    assert AuditEntry.objects.filter(action="make_placement").count() == SEATS
