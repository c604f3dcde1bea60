"""The board and the funnel count what happened, and show it only to the programme's own coordinators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.journey.eligibility.cases import AT, ON, acting, make_programme, make_referral, make_user
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme, run

from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.places.models import Place
from opstap.journey.places.operations import hold_seats
from opstap.steering.overviews.queries.board import SeatState, board
from opstap.steering.overviews.queries.funnel import funnel, waiting_people
from opstap.steering.overviews.queries.search import search

pytestmark = pytest.mark.django_db


def coordinator_of(programme: Programme) -> Actor:
    """Return a coordinator of the programme."""
    return acting(make_user(f"c{programme.pk}", Role.COORDINATOR, programme=programme))


def test_board_counts_each_seat_once() -> None:
    """Three seats: one proposed, one held, one free and empty since the place began."""
    programme = make_round_programme()
    place = make_place(programme, make_host(), seats=3)
    propose_by_hand(referral=make_ready(programme), place=place, motivation="", by=SYSTEM, at=AT)
    hold_seats(place=place, seats=1, until=ON + timedelta(days=14), reason="x", by=SYSTEM, at=AT)
    whole = board(coordinator_of(programme), programme, ON + timedelta(days=3))
    assert whole is not None
    row = whole.hosts[0].places[0]
    assert (row.seats, row.free, row.taken, row.proposed, row.held) == (3, 1, 0, 1, 1)
    assert (row.state, row.empty_days, row.confirmed_days) == (SeatState.FREE, 3, 3)
    assert row.mentor is not None
    assert (row.mentor.load, row.mentor.limit, row.mentor.is_certified) == (1, 3, True)


def test_board_knows_a_certificate_that_has_ended() -> None:
    """From the day on which it no longer holds, the mentor stands without a certificate."""
    programme = make_round_programme()
    Mentor.objects.filter(pk=make_place(programme, make_host()).mentor_id).update(certified_until=ON)
    coordinator = coordinator_of(programme)
    found = [board(coordinator, programme, on) for on in (ON - timedelta(days=1), ON)]
    mentors = [each.hosts[0].places[0].mentor for each in found if each]
    assert [(each.is_certified, each.certified_on is None) for each in mentors if each] == [(True, False), (False, True)]


def test_board_says_what_would_fill_an_empty_place() -> None:
    """After a round an empty place carries the smallest change that opens it."""
    programme = make_round_programme()
    make_place(programme, make_host(), dutch_level="B2")
    make_ready(programme)
    run(programme)
    whole = board(coordinator_of(programme), programme, ON)
    assert whole is not None
    row = whole.hosts[0].places[0]
    assert (row.free, row.opens) == (1, 1)
    assert row.smallest_change


def test_board_and_funnel_of_another_programme_are_not_there() -> None:
    """A coordinator of another programme gets nothing."""
    programme, other = make_round_programme(), make_programme("Ander", ("imw",))
    stranger = coordinator_of(other)
    assert board(stranger, programme, ON) is None
    assert funnel(stranger, programme, AT) is None
    assert waiting_people(stranger, programme, AT) is None


def test_board_asks_as_many_queries_for_thirty_places_as_for_one() -> None:
    """The number of queries does not grow with the number of places."""
    programme = make_round_programme()
    host = make_host()
    make_place(programme, host)
    actor = coordinator_of(programme)
    with CaptureQueriesContext(
        connection,
    ) as one:
        board(actor, programme, ON)
    for number in range(29):
        make_place(programme, host, title=f"werk {number}")
    with CaptureQueriesContext(connection) as thirty:
        board(actor, programme, ON)
    assert len(thirty) == len(one)


def test_funnel_counts_steps_stages_and_causes() -> None:
    """One person not decided, one eligible, one proposed: each is counted at every step it reached."""
    programme = make_round_programme()
    place = make_place(programme, make_host())
    make_referral(programme)
    make_ready(programme)
    propose_by_hand(referral=make_ready(programme), place=place, motivation="", by=SYSTEM, at=AT)
    actor = coordinator_of(programme)
    whole = funnel(actor, programme, AT + timedelta(days=4))
    assert whole is not None
    assert {step.name: step.count for step in whole.steps} == {
        "referred": 3, "decided": 2, "eligible": 2, "proposed": 1, "to_be_agreed": 0, "placed": 0,
    }  # fmt: skip
    assert {row.stage.value: (row.count, row.longest_days) for row in whole.standing if row.count} == {
        "open": (1, 4), "eligible": (1, 4), "proposed": (1, 4),
    }  # fmt: skip
    assert {cause.cause for cause in whole.causes} == {"not_yet_decided", "no_round_yet", "person_answer"}
    found = waiting_people(actor, programme, AT + timedelta(days=4), stage="proposed")
    assert found is not None
    assert [(row.cause, row.days) for row in found.people] == [("person_answer", 4)]


def test_days_are_those_of_belgium() -> None:
    """What was confirmed half an hour after midnight was confirmed that day, though it is still the day before in UTC."""
    programme = make_round_programme()
    make_place(programme, make_host(), starts_on=ON - timedelta(days=30))
    Place.objects.update(confirmed_at=datetime(2023, 8, 31, 22, 30, tzinfo=UTC))
    referral = make_ready(programme)
    proposal = propose_by_hand(referral=referral, place=Place.objects.get(), motivation="", by=SYSTEM, at=AT)
    Proposal.objects.filter(pk=proposal.pk).update(state="lapsed", decided_at=datetime(2023, 9, 1, 22, 30, tzinfo=UTC))
    coordinator = coordinator_of(programme)
    whole = board(coordinator, programme, ON + timedelta(days=3))
    assert whole is not None
    row = whole.hosts[0].places[0]
    assert (row.confirmed_on, row.confirmed_days, row.empty_days) == (ON, 3, 2)
    Place.objects.update(until_on=ON)
    found = search(coordinator, programme, "tuinier", datetime(2023, 8, 31, 22, 30, tzinfo=UTC))
    assert list(found.places) == []
