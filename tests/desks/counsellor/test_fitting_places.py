"""Places beside one person: counted for all, explained for those that are looked at, and both say the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from psycopg.types.range import DateRange
from tests.desks.counsellor.conftest import Browser, World
from tests.factories import make_mentor, make_place
from tests.journey.attendance.floor import run as work
from tests.journey.eligibility.cases import ON
from tests.journey.matching.rounds import make_host
from tests.journey.matching.rounds import make_place as make_fitting

from opstap.foundation.access.queries import actor_for
from opstap.foundation.organisations.models import MentorAbsence
from opstap.journey.matching.assembly.pair import Beside
from opstap.journey.places.models import Hold, Place
from opstap.journey.places.queries import brief_places, held_seats, live_places
from opstap.steering.overviews.queries.fitting_places import fitting_places, place_for_person

pytestmark = pytest.mark.django_db


def filled(world: World) -> None:
    """Add places with something in the way, one of them paused, one with a mentor who is away, one with a seat kept free."""
    host = world.place.organisation
    given: dict[str, Any] = {"instruments": ["community_service"], "half_days": ["mon_am"], "starts_on": ON}
    known, away = make_mentor(host), make_mentor(host)
    make_place(world.programme, host, mentor=known, title="rijden", licences=["C"], dutch_level="C1", **given)
    make_place(world.programme, host, mentor=known, title="later", paused_from=ON, paused_until=ON + timedelta(days=9), **given)
    make_place(world.programme, host, mentor=away, title="alleen", seats=2, **given)
    MentorAbsence.objects.create(mentor=away, starts_on=ON - timedelta(days=1), until_on=ON + timedelta(days=5))
    MentorAbsence.objects.create(mentor=away, starts_on=ON - timedelta(days=9), until_on=ON - timedelta(days=5))
    at = datetime.fromisoformat(f"{ON.isoformat()}T09:00:00+00:00")
    Hold.objects.create(place=world.place, seats=1, until_on=ON + timedelta(days=3), reason="", by_label="", created_at=at)
    Hold.objects.create(place=world.place, seats=1, until_on=ON, reason="", by_label="", created_at=at)


def test_obstacles_are_counted_as_they_are_explained(world: World) -> None:
    """What is counted at once for every place is what is named for one, with the same way to work."""
    filled(world)
    places = brief_places(world.programme, ON)
    beside = Beside(world.referral, places, ON)
    checks = {place.id: beside.check(place.id) for place in places}
    assert beside.counts() == {key: (len(check.obstacles), check.minutes) for key, check in checks.items()}
    assert sorted(len(check.obstacles) for check in checks.values()) == [0, 1, 2, 3]


def test_places_in_brief_are_the_live_places_with_their_seats(world: World) -> None:
    """A place that was read in brief has the seats in use, and those kept free, of the place that was read whole."""
    filled(world)
    Place.objects.filter(title="alleen").update(closed_at=datetime.fromisoformat("2023-01-01T09:00:00+00:00"))
    whole = {place.pk: (place.seat_count, held_seats(place, ON)) for place in live_places(world.programme, ON)}  # type: ignore[attr-defined]  # annotated
    assert {place.id: (place.seats, place.held) for place in brief_places(world.programme, ON)} == whole
    assert whole[world.place.pk][1] == 1


def test_place_that_is_looked_at_alone_is_as_in_the_list(world: World) -> None:
    """The page of one place and the list say the same of it; the list counts the places that fit and are free."""
    filled(world)
    actor = actor_for(world.an, ON)
    found = fitting_places(actor, world.referral, ON)
    assert found is not None
    rows = list(found)
    assert [place_for_person(actor, world.referral, row.id, ON) for row in rows] == rows
    assert found.fits == sum(1 for row in rows if row.fits and row.free)
    assert fitting_places(actor_for(world.stranger, ON), world.referral, ON) is None


def test_few_days_left_are_said_beside_a_place_that_fits(world: World, browser: Browser) -> None:
    """The list and the page of the place say that a round would not propose it, and the button to propose is there."""
    period = DateRange(date(2023, 2, 12), date(2023, 8, 1))
    used = make_fitting(world.programme, make_host("Ander"), "bode", seats=0)
    work(used, world.referral, (), period=period, state="ended", ended_on=period.upper, end_reason_code="completed")
    pages = [
        browser(world.an).get(reverse(f"counsellor:{name}", args=args)).content.decode()
        for name, args in (("places", [world.referral.pk]), ("propose", [world.referral.pk, world.place.pk]))
    ]
    assert ["zijn nog 11 dagen over; een ronde stelt pas voor vanaf 30 dagen" in page for page in pages] == [True, True]
    assert ["past</span>" in pages[0], "Een ronde stelt dit niet voor; jij mag het wel" in pages[1], "<textarea" in pages[1]] == [True] * 3
