"""Today on my floor: one tap a person, with and without scripts; the week; signing the month."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings
from tests.factories import make_organisation, make_user
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import MONDAYS, Floor

from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor, Role
from opstap.journey.attendance.models import Day, MonthClosing

pytestmark = pytest.mark.django_db
FLOOR = "/werkvloer/vandaag/"


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let it be the first Monday."""
    settings.FIXED_TODAY = MONDAYS[0]


def browser(actor: Actor) -> Client:
    """Return a browser in which the actor is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


def test_tap_notes_the_day_and_shows_the_row(floor: Floor) -> None:  # noqa: F811 - the fixture
    """With htmx a tap answers with the row as it is now; the same tap sent again works once."""
    placement = floor.learner("Peeters")
    mentor = browser(floor.mentor)
    address, key = f"{FLOOR}{placement.pk}/{MONDAYS[0]}/noteren/", str(uuid4())
    answer = mentor.post(address, {"state": "late", "once_key": key}, headers={"HX-Request": "true"}, follow=True)
    assert answer.templates[0].name == "host/floor_row.html"
    assert 'value="late" aria-pressed="true"' in answer.content.decode()
    mentor.post(address, {"state": "late", "once_key": key}, headers={"HX-Request": "true"})
    assert list(Day.objects.values_list("state", "hours")) == [("late", 8)]


def test_tap_without_scripts_leads_back_to_the_day(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A plain form does the same, and shows the list again."""
    placement = floor.learner()
    answer = browser(floor.mentor).post(f"{FLOOR}{placement.pk}/{MONDAYS[0]}/noteren/", {"state": "here", "hours": "6.5"}, follow=True)
    assert (answer.request["PATH_INFO"], answer.request["QUERY_STRING"]) == (FLOOR, f"dag={MONDAYS[0]}")
    assert Day.objects.get().hours == 6.5


@pytest.mark.parametrize("body", [{"state": "asleep"}, {"state": "here", "hours": "13"}, {}])
def test_tap_that_cannot_be_is_said_in_the_row(floor: Floor, body: dict[str, str]) -> None:  # noqa: F811 - the fixture
    """An unknown state or impossible hours change nothing and are told where the tap was."""
    placement = floor.learner()
    answer = browser(floor.mentor).post(f"{FLOOR}{placement.pk}/{MONDAYS[0]}/noteren/", body, headers={"HX-Request": "true"})
    assert (answer.status_code, Day.objects.count()) == (422, 0)
    assert "Kies wat klopt" in answer.content.decode()


def test_everybody_is_noted_with_one_tap(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Who was noted before keeps that; the others were there."""
    first, *_others = (floor.learner(f"Persoon {number}") for number in range(3))
    mentor = browser(floor.mentor)
    mentor.post(f"{FLOOR}{first.pk}/{MONDAYS[0]}/noteren/", {"state": "absent"})
    mentor.post(f"{FLOOR}iedereen/{MONDAYS[0]}/")
    assert sorted(Day.objects.values_list("state", flat=True)) == ["absent", "here", "here"]


def test_week_is_saved_at_once(floor: Floor) -> None:  # noqa: F811 - the fixture
    """What is not touched was there as agreed; what was different is what was chosen."""
    placements = [floor.learner(f"Persoon {number}") for number in range(3)]
    body = {f"d{row.pk.hex}{MONDAYS[0]:%Y%m%d}": "here" for row in placements}
    body[f"d{placements[1].pk.hex}{MONDAYS[0]:%Y%m%d}"] = "excused"
    answer = browser(floor.mentor).post(f"{FLOOR}week/{MONDAYS[0]}/", body, follow=True)
    assert "De week is bewaard." in answer.content.decode()
    assert {row.placement_id: row.state for row in Day.objects.all()} == dict(
        zip([row.pk for row in placements], ("here", "excused", "here"), strict=True)
    )


def test_floor_shows_the_own_learners_only(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The mentor of another place sees nobody, another host neither, and their taps find nothing."""
    placement = floor.learner("Zeldzaam")
    stranger, colleague = Client(), Client()
    stranger.force_login(make_user(Role.HOST, organisation=make_organisation()))
    colleague.force_login(make_user(Role.MENTOR, organisation=floor.host))
    for client in (stranger, colleague):
        assert "Zeldzaam" not in client.get(FLOOR).content.decode()
        assert client.post(f"{FLOOR}{placement.pk}/{MONDAYS[0]}/noteren/", {"state": "here"}).status_code == 404
        assert client.get(f"/werkvloer/uren/{placement.pk}/2023-09/").status_code == 404
    assert "Zeldzaam" in browser(floor.mentor).get(FLOOR).content.decode()


def test_month_is_signed_from_the_list(floor: Floor, settings: Settings) -> None:  # noqa: F811 - the fixture
    """The mentor ticks and signs; the page says who signs next."""
    placement = floor.learner("Peeters")
    floor.note(placement, *MONDAYS)
    settings.FIXED_TODAY = date(2023, 10, 2)
    mentor = browser(floor.mentor)
    answer = mentor.post("/werkvloer/uren/2023-09/tekenen/", {"placement": str(placement.pk)}, follow=True)
    assert "Afgetekend: één maand." in answer.content.decode()
    assert "door één partij getekend: Mia Mentor" in answer.content.decode()
    assert MonthClosing.objects.get().first_by == "Mia Mentor"


@pytest.mark.django_db
def test_floor_asks_few_questions(floor: Floor, django_assert_max_num_queries: object) -> None:  # noqa: F811 - the fixture
    """However many people: at most twelve queries."""
    for number in range(8):
        floor.learner(f"Persoon {number}")
    mentor = browser(floor.mentor)
    mentor.get(FLOOR)
    with django_assert_max_num_queries(12):  # type: ignore[operator] # the plugin's context manager
        assert mentor.get(FLOOR).status_code == 200


@pytest.mark.parametrize("path", ["vandaag/iedereen/9999-12-31/", "vandaag/week/9999-12-31/", "uren/9999-12/", "uren/0001-01/"])
def test_day_of_another_age_is_not_found(floor: Floor, path: str) -> None:  # noqa: F811 - the fixture
    """An address with the first or the last day that a calendar knows is no crash."""
    contact, address = browser(floor.contact), f"/werkvloer/{path}"
    answer = contact.get(address) if path.startswith("uren") else contact.post(address, {"once_key": str(uuid4())})
    assert answer.status_code == 404
