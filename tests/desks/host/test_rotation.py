"""The floor of workers of an association: one tap each, everybody at once, other hours; a no in the row."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.journey.eligibility.cases import make_user
from tests.journey.rosters.cases import AT, MONDAY, Case, day, make_case, make_roster

from opstap.foundation.actor import Role
from opstap.journey.rosters.models import Presence
from opstap.journey.rosters.operations import publish_roster

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association on its Monday: An, Bea and Cor in the hall."""
    with override_settings(FIXED_TODAY=MONDAY):
        found = make_case()
        shifts = tuple((who, number, "hall") for who in ("An", "Bea", "Cor") for number in range(2))
        everybody = [contract.pk for contract in found.people.values()]
        publish_roster(roster=make_roster(found, *shifts), agreed=everybody, by=found.by, at=AT)
        yield found


@pytest.fixture
def client(case: Case) -> Client:
    """Return the browser of a mentor of the hall."""
    browser = Client()
    browser.force_login(make_user("vloer", Role.MENTOR, organisation=case.sites["hall"].organisation), backend=BACKEND)
    return browser


def tap(client: Client, case: Case, who: str, state: str, on: int = 0, **more: str) -> int:
    """Press a button of somebody's row, as htmx does, and return the status."""
    url = reverse("host:rotation_note", args=[case.people[who].pk, day(on).isoformat()])
    return client.post(url, {"state": state, "once_key": str(uuid4())} | more, headers={"HX-Request": "true"}).status_code


def noted() -> list[tuple[str, int]]:
    """Return states and minutes in the order of noting."""
    return list(Presence.objects.order_by("id").values_list("state", "minutes"))


def test_one_tap_notes_a_day_and_the_row_says_so(case: Case, client: Client) -> None:
    """Late with other hours: the button is pressed, the hours stand there; the same tap twice stays one row."""
    assert [tap(client, case, "An", "late", hours="5.5") for _ in range(2)] == [302, 302]
    url = reverse("host:rotation_row", args=[case.people["An"].pk, MONDAY.isoformat()])
    row = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert (noted(), 'value="late" aria-pressed="true"' in row, "5,5 uur" in row) == ([("late", 330)], True, True)


def test_everybody_was_there_leaves_what_was_noted(case: Case, client: Client) -> None:
    """Bea was noted absent; the two others are noted as told."""
    tap(client, case, "Bea", "absent")
    status = client.post(reverse("host:rotation_everyone", args=[MONDAY.isoformat()]), {"once_key": str(uuid4())}).status_code
    again = client.post(reverse("host:rotation_everyone", args=[MONDAY.isoformat()]), {"once_key": str(uuid4())}).status_code
    assert (status, again, noted()) == (302, 302, [("absent", 0), ("here", 456), ("here", 456)])


def test_no_is_said_in_the_row(case: Case, client: Client) -> None:
    """Thirteen hours and a day to come are refused in words, and nothing is kept."""
    assert (tap(client, case, "An", "here", hours="13"), tap(client, case, "An", "here", on=1), noted()) == (422, 422, [])


def test_who_does_not_come_stands_on_the_planners_page(case: Case, client: Client) -> None:
    """With a link that has person and day filled in; it leads to who could take over."""
    tap(client, case, "An", "absent")
    planner = Client()
    planner.force_login(case.planner, backend=BACKEND)
    text = planner.get(reverse("planner:rosters")).content.decode()
    link = f"{reverse('planner:away')}?wie={case.people['An'].pk}&amp;dag={MONDAY.isoformat()}"
    form = planner.get(link.replace("&amp;", "&")).content.decode()
    assert (link in text, form.count(f'value="{MONDAY.isoformat()}"')) == (True, 2)


def test_page_of_the_floor_answers_within_its_queries(client: Client) -> None:
    """Three people at two sites: at most twelve."""
    client.get(reverse("host:rotation"))
    with CaptureQueriesContext(connection) as seen:
        text = client.get(reverse("host:rotation")).content.decode()
    assert (text.count('class="taps"'), "Alle 3 waren er" in text, len(seen) <= 12) == (3, True, True)


def test_floor_of_another_is_not_there(case: Case) -> None:
    """A mentor of elsewhere finds no row and notes nothing; a planner has no floor."""
    elsewhere, planner = Client(), Client()
    elsewhere.force_login(make_user("anders", Role.MENTOR, organisation=make_case("Elders").sites["hall"].organisation), backend=BACKEND)
    planner.force_login(case.planner, backend=BACKEND)
    assert ([tap(each, case, "An", "here") for each in (elsewhere, planner)], noted()) == ([404, 404], [])
