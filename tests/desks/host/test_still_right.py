"""Every month hosts are asked whether their places are still right; who has no e-mail stands on the coordinator's call list."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPException
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from tests.journey.eligibility.cases import AT, ON, make_user
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_round_programme

from opstap.desks.host.jobs import ask_places
from opstap.foundation.access.models import AccessLink
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Place
from opstap.journey.places.operations import pause_place
from opstap.steering.overviews.queries.confirmations import hosts_to_call

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/werkvloer/v/\S+/")


@pytest.fixture
def programme() -> Programme:
    """A programme in which the city has two places that were confirmed 61 days ago, and one of yesterday; it allows 60."""
    programme, host = make_round_programme(), make_host()
    old, older, fresh = (make_place(programme, host, title) for title in ("tuinier", "kok", "loket"))
    Place.objects.filter(pk__in=(old.pk, older.pk)).update(confirmed_at=AT - timedelta(days=61))
    Place.objects.filter(pk=fresh.pk).update(confirmed_at=AT - timedelta(days=60))
    return programme


def asked() -> list[tuple[list[str], int]]:
    """Return to whom e-mails went, and how many links each has."""
    return [(message.to, len(LINK.findall(str(message.body)))) for message in mail.outbox]


def to_call(programme: Programme, days: int = 0) -> list[tuple[str, list[str]]]:
    """Return whom to call some days later, about which places."""
    return [(host.name, [each.place.title for each in host.places]) for host in hosts_to_call(SYSTEM, programme, ON + timedelta(days=days))]


@pytest.mark.usefixtures("programme")
def test_host_is_asked_once_about_places_confirmed_too_long_ago() -> None:
    """One e-mail with a link for each of the two places; the job that runs twice writes once; a month later it asks again."""
    make_user("host", Role.HOST, organisation=Organisation.objects.get(name="Stad"))
    for _ in range(2):
        ask_places(0)
    assert asked() == [(["host@example.be"], 2)]
    AccessLink.objects.update(created_at=AT - timedelta(days=30))
    ask_places(0)
    assert len(asked()) == 2


def test_link_confirms_the_place_with_one_click(programme: Programme) -> None:
    """Opening the link changes nothing; the button does, and then nobody asks any more."""
    Organisation.objects.filter(name="Stad").update(email="stad@example.be")
    ask_places(0)
    links = [found.group() for found in LINK.finditer(str(mail.outbox[0].body))]
    pages = [Client().get(link) for link in links]
    assert [(page.status_code, "Ja, klopt nog" in page.content.decode()) for page in pages] == [(200, True)] * 2
    assert Place.objects.filter(confirmed_at__date=ON).count() == 0
    assert [Client().post(f"{link}klopt-nog/", {"once_key": str(uuid4())}).status_code for link in links] == [302, 302]
    assert (Place.objects.filter(confirmed_at__date=ON).count(), to_call(programme, days=30)) == (2, [])


@pytest.mark.usefixtures("programme")
def test_link_pauses_the_place_until_a_day() -> None:
    """A day that has passed is refused in words; a later one pauses this place and no other."""
    Organisation.objects.filter(name="Stad").update(email="stad@example.be")
    ask_places(0)
    link = next(LINK.finditer(str(mail.outbox[0].body))).group()
    wrong = Client().post(f"{link}pauze/", {"return_on": "2023-08-01", "once_key": str(uuid4())})
    assert (wrong.status_code, "1 augustus 2023 is voorbij" in wrong.content.decode()) == (422, True)
    right = Client().post(f"{link}pauze/", {"return_on": "2023-10-01", "reason": "verlof", "once_key": str(uuid4())})
    assert (right.status_code, right.headers["Location"], Place.objects.filter(paused_until="2023-10-01").count()) == (302, link, 1)


def test_host_without_email_is_called(programme: Programme) -> None:
    """It gets no e-mail and stands on the call list at once; the click of the coordinator takes a place off it."""
    ask_places(0)
    assert (asked(), to_call(programme)) == ([], [("Stad", ["kok", "tuinier"])])
    client = Client()
    client.force_login(make_user("co", Role.COORDINATOR, programme=programme))
    page = client.get("/coordinatie/bellijst/").content.decode()
    kok = Place.objects.get(title="kok")
    assert (page.count("Klopt nog<span class"), f"/coordinatie/plek/{kok.pk}/bevestigen/" in page) == (2, True)
    done = client.post(f"/coordinatie/plek/{kok.pk}/bevestigen/", {"once_key": str(uuid4()), "terug": "/coordinatie/bellijst/"})
    assert (done.headers["Location"], to_call(programme)) == ("/coordinatie/bellijst/", [("Stad", ["tuinier"])])


def test_host_that_does_not_answer_is_called_after_a_week(programme: Programme) -> None:
    """An e-mail gets a week; a host that can be mailed and was not asked yet is not called."""
    Organisation.objects.filter(name="Stad").update(email="stad@example.be")
    assert to_call(programme) == []
    ask_places(0)
    assert [to_call(programme, days) for days in (6, 7)] == [[], [("Stad", ["kok", "tuinier"])]]


def test_paused_and_closed_places_are_not_asked_about(programme: Programme) -> None:
    """The host already said how it stands."""
    pause_place(place=Place.objects.get(title="kok"), return_on=ON + timedelta(days=9), reason="", by=SYSTEM, at=AT)
    Place.objects.filter(title="tuinier").update(closed_at=AT)
    assert [to_call(programme, days) for days in (0, 9)] == [[], [("Stad", ["kok", "loket"])]]


@pytest.mark.usefixtures("programme")
def test_email_that_does_not_leave_leaves_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that refuses one host is tried again by the next run: nothing counts as asked."""
    Organisation.objects.filter(name="Stad").update(email="stad@example.be")

    def refuse(*_: object) -> None:
        raise SMTPException

    with monkeypatch.context() as patched:
        patched.setattr("opstap.desks.host.jobs.send_mail", refuse)
        ask_places(0)
    assert AccessLink.objects.count() == 0
    ask_places(0)
    assert asked() == [(["stad@example.be"], 2)]
