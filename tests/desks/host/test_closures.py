"""The page of closing days: the host's and the coordinator's, and nobody else's."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import Floor

from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor
from opstap.journey.attendance.models import Closure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_september(settings: Settings) -> None:
    """Let it be the fourth of September."""
    settings.FIXED_TODAY = date(2023, 9, 4)


def browser(actor: Actor) -> Client:
    """Return a browser in which the actor is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


@pytest.mark.parametrize(("who", "desk"), [("contact", "host"), ("coordinator", "coordinator:months")])
def test_closing_days_are_listed_added_and_taken_back(floor: Floor, who: str, desk: str) -> None:  # noqa: F811 - the fixture
    """First and last day are filled in as people say them; a card shows them, and one click takes them back."""
    client, address = browser(getattr(floor, who)), reverse(f"{desk}:closures")
    form = {"where": f"{floor.host.pk}:{floor.place.site_id}", "first": "2023-12-27", "last": "2023-12-29", "reason": "jaareinde"}
    page = client.post(address, {**form, "once_key": str(uuid4())}, follow=True).content.decode()
    closure = Closure.objects.get()
    assert (closure.starts_on, closure.until_on, "jaareinde" in page) == (date(2023, 12, 27), date(2023, 12, 30), True)
    client.post(reverse(f"{desk}:end_closure", args=[closure.pk]), {"once_key": str(uuid4())})
    assert Closure.objects.count() == 0


def test_wrong_days_come_back_with_what_is_wrong(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A last day before the first one, and a site of nobody here: nothing is kept."""
    client = browser(floor.contact)
    form = {"where": f"{floor.host.pk}:", "first": "2023-12-29", "last": "2023-12-27"}
    before = client.post(reverse("host:closures"), {**form, "once_key": str(uuid4())})
    elsewhere = client.post(reverse("host:closures"), {**form, "where": f"{uuid4()}:", "last": "2023-12-30", "once_key": str(uuid4())})
    assert ("ligt voor" in before.content.decode(), before.status_code, elsewhere.status_code) == (True, 422, 422)
    assert Closure.objects.count() == 0
