"""Seats and mentors of a place: an occupied seat never goes, and a mentor works where the place is."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind, Grant, Role, person_actor
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import answer_as_host, answer_as_person, resize_place
from opstap.journey.places.models import Place, Seat
from opstap.journey.places.operations import PlaceTerms, change_place, offer_place

pytestmark = pytest.mark.django_db


def a_place(seats: int) -> Place:
    """Return a place of a programme of its own."""
    return make_place(make_round_programme(), make_host(), seats=seats)


def place_somebody(place: Place, number: int) -> None:
    """Let somebody work on the seat with this number."""
    proposal = propose_by_hand(referral=make_ready(place.programme), place=place, motivation="", by=SYSTEM, at=AT)
    host = Actor("host", ActorKind.PERSON, "host", (Grant(Role.HOST, place.organisation_id),))
    answer_as_host(proposal=proposal, answer=Answer.YES, by=host, at=AT)
    placement = answer_as_person(proposal=proposal, answer=Answer.YES, by=person_actor(proposal.person_id), at=AT).placement
    assert placement is not None
    Placement.objects.filter(pk=placement.pk).update(seat=place.seats.get(number=number))


def live_numbers(place: Place) -> list[int]:
    """Return the numbers of the seats that are left."""
    return list(Seat.objects.filter(place=place, retired_on__isnull=True).order_by("number").values_list("number", flat=True))


def test_resize_retires_free_seats_first() -> None:
    """The highest number stays when somebody works on it."""
    place = a_place(3)
    place_somebody(place, 3)
    assert resize_place(place=place, seats=2, by=SYSTEM, at=AT) == 2
    assert live_numbers(place) == [1, 3]
    resize_place(place=place, seats=1, by=SYSTEM, at=AT)
    assert live_numbers(place) == [3]
    resize_place(place=place, seats=2, by=SYSTEM, at=AT)
    assert live_numbers(place) == [3, 4]


def test_resize_below_what_is_occupied_is_refused_with_the_numbers() -> None:
    """Who works there and who is proposed both keep a seat."""
    place = a_place(3)
    place_somebody(place, 1)
    propose_by_hand(referral=make_ready(place.programme), place=place, motivation="", by=SYSTEM, at=AT)
    with pytest.raises(Refused) as refused:
        resize_place(place=place, seats=1, by=SYSTEM, at=AT)
    assert refused.value.reason == Reason("places.seats_occupied", {"seats": 1, "occupied": 1, "proposed": 1})
    assert live_numbers(place) == [1, 2, 3]


def test_seat_of_work_that_is_over_can_go() -> None:
    """After the last day of the placement its seat is free like any other."""
    place = a_place(1)
    place_somebody(place, 1)
    assert resize_place(place=place, seats=0, by=SYSTEM, at=AT + timedelta(days=200)) == 0


@pytest.mark.parametrize("how", ["offer", "change"])
def test_mentor_of_another_host_is_refused(how: str) -> None:
    """Who guides learners works for the organisation that receives them."""
    programme, host, other = make_round_programme(), make_host("Stad"), make_host("Haven")
    place = make_place(programme, host)
    terms = PlaceTerms(title="tuinier", half_days=1, instruments=("community_service",), starts_on=ON)
    offer = partial(offer_place, programme=programme, organisation=host[0], site=host[1], terms=terms, seats=1)
    act = offer if how == "offer" else partial(change_place, place=place, terms=terms)
    with pytest.raises(Refused) as refused:
        act(mentor=other[2], by=SYSTEM, at=AT)
    assert refused.value.reason == Reason("places.mentor_of_another_host")
    assert [row.mentor for row in Place.objects.all()] == [host[2]]
