"""Everybody finds the places: on a list with filters, on a map, one by one; and nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from tests.desks.jobseeker.sent import ON, send_one
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import make_host, make_place, make_round_programme

from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let the product believe that it is the day of the cases."""
    settings.FIXED_TODAY = ON


def programme_with(*titles: str) -> Programme:
    """Return a programme with a place of each title."""
    programme = make_round_programme()
    host = make_host()
    for title in titles:
        make_place(programme, host, title=title)
    return programme


def shown(query: str = "") -> str:
    """Return the directory as text."""
    return Client().get(f"/{query}").content.decode()


def test_directory_without_a_programme_says_so() -> None:
    """The first page of an empty installation is a page too."""
    assert "Er is nog geen programma" in shown()


def test_programme_without_places_hides_no_places() -> None:
    """A later programme that is only being set up, or whose places are closed, leaves the places of the one before to be found."""
    earlier = programme_with("kok")
    later = Programme.objects.create(
        name="Later", starts_on=earlier.starts_on + timedelta(days=200), municipalities=["Oostende"], instruments=["community_service"]
    )
    first = "Kok" in shown()
    make_place(later, make_host("Zee"), title="tuinier")
    second = [word in shown() for word in ("Kok", "Tuinier")]
    Place.objects.filter(programme=later).update(closed_at=AT)
    third = [word in shown() for word in ("Kok", "Tuinier")]
    assert (first, second, third) == (True, [False, True], [True, False])


def test_directory_shows_free_and_taken_without_names() -> None:
    """A place that is spoken for reads as taken; who is proposed for it is nobody's business."""
    proposal = send_one()
    make_place(proposal.referral.programme, make_host("Zee"), title="kok")
    page = shown()
    assert [word in page for word in ("Tuinier", "ingevuld", "Kok", "vrij", proposal.person.last_name)] == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?wat=kok", ["Kok"]),
        ("?wat=KO", ["Kok"]),
        ("?wanneer=mornings", ["Kok", "Tuinier"]),
        ("?wanneer=afternoons", []),
        ("?bij=none", ["Kok", "Tuinier"]),
        ("?wijk=Stene", []),
        ("?blad=99", ["Kok", "Tuinier"]),
        ("?blad=abc&wat=%00", ["Kok", "Tuinier"]),
    ],
)
def test_directory_finds_what_is_looked_for(query: str, found: list[str]) -> None:
    """Words, moments and neighbourhoods narrow the list; what is not understood is not looked for."""
    programme_with("tuinier", "kok")
    page = shown(query)
    assert [title for title in ("Kok", "Tuinier") if f">{title}<" in page] == found


def test_directory_by_organisation_and_only_free() -> None:
    """The filter on the organisation uses its own id; "only free" leaves out what is spoken for."""
    proposal = send_one()
    place = make_place(proposal.referral.programme, make_host("Zee"), title="kok")
    by_host = shown(f"?bij={place.organisation_id}")
    only_free = shown("?vrij=on")
    assert [(">Kok<" in page, ">Tuinier<" in page) for page in (by_host, only_free)] == [(True, False)] * 2


def test_directory_map_counts_places_per_neighbourhood() -> None:
    """The map and the list beside it say the same number, and lead to the filter."""
    send_one()
    page = shown()
    assert page.count("<title>Stene: 1</title>") == 1
    assert 'href="?wijk=Stene"' in page


def test_directory_of_many_places_costs_the_same_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """One place or sixty: at most ten queries, and the rest stands on a second page."""
    programme_with(*(f"plaats {number:02}" for number in range(60)))
    with django_assert_max_num_queries(10):
        page = shown()
    assert (page.count('class="card"'), "Meer plaatsen" in page) == (24, True)


def test_place_page_says_what_one_does_learns_and_needs() -> None:
    """One place has a page with its days, its demands and who to call."""
    programme = make_round_programme()
    place = make_place(programme, make_host(), title="kok", half_days=half_day_mask(["tue_pm"]), dutch_level="A2", demands=("standing",))
    page = Client().get(f"/plaats/{place.pk}/").content.decode()
    assert [word for word in ("Kok", "A2", "lang staan", "059 00 00 00", "1 vrij van 1") if word not in page] == []


def test_place_that_ended_is_not_there() -> None:
    """A closed place has no page, and neither has one that never was."""
    programme_with("tuinier")
    place = Place.objects.get()
    Place.objects.update(closed_at=place.confirmed_at)
    assert Client().get(f"/plaats/{place.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/zo-werkt-het/", "/privacyverklaring/", "/toegankelijkheid/"])
def test_standing_pages_are_there(address: str) -> None:
    """How it works, what is kept, and accessibility are there for everybody, with a programme or without."""
    assert Client().get(address).status_code == 200


def test_order_of_what_counts_is_published_as_the_programme_sets_it() -> None:
    """Who wants to know reads in which order proposals are weighed."""
    Programme.objects.filter(pk=programme_with().pk).update(order=["travel", "placed"])
    page = Client().get("/zo-werkt-het/").content.decode()
    assert page.index("Korte weg naar het werk") < page.index("Mensen die kunnen starten")
