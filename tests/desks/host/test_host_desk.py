"""The host sees its own places and who is proposed, answers in two clicks, and keeps its places right."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from psycopg.types.range import DateRange
from pytest_django import DjangoAssertNumQueries, Settings
from tests.desks.jobseeker.sent import AT, ON, SYSTEM, host_link, send_one
from tests.journey.eligibility.cases import make_organisation, make_user
from tests.journey.matching.rounds import make_place
from tests.journey.placements.test_answers import the_person

from opstap.desks.host.jobs import tell_host
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink
from opstap.foundation.access.operations import issue_link
from opstap.foundation.actor import Role
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.matching.operations import withdraw_proposal
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import answer_as_person
from opstap.journey.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(settings: Settings) -> None:
    """Let it be after what happened in the cases, at whatever hour the tests run."""
    settings.FIXED_TIME = time(12)


def client_of(proposal: Proposal) -> Client:
    """Return somebody of the host, logged in; the programme knows the organisation as host."""
    programme, organisation = proposal.referral.programme, proposal.place.organisation
    programme.participations.get_or_create(organisation=organisation, part="hosts")
    client = Client()
    client.force_login(make_user("host", Role.HOST, organisation=organisation))
    return client


def post(client: Client, address: str, **fields: str) -> int:
    """Send a form with its key and return the status."""
    return client.post(address, {"once_key": str(uuid4())} | fields).status_code


def text(client: Client, address: str) -> str:
    """Return a page as text."""
    return client.get(address).content.decode()


def test_home_shows_who_waits_for_an_answer_and_every_place() -> None:
    """The first page is what waits; the places stand below with seats and mentor."""
    proposal = send_one()
    shown = text(client_of(proposal), "/werkvloer/")
    wanted = (str(proposal.person), "Tuinier", "0 vrij van 1", "Mentor Stad", "1 van 3 lerenden", "Klopt nog")
    assert [word for word in wanted if word not in shown] == []


def test_home_of_many_places_costs_the_same_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """One place or thirty: twelve queries at most."""
    proposal = send_one()
    client = client_of(proposal)
    place = proposal.place
    for number in range(30):
        make_place(proposal.referral.programme, (place.organisation, place.site, place.mentor), title=f"plaats {number}")  # type: ignore[arg-type]  # it has a mentor
    with django_assert_max_num_queries(12):
        client.get("/werkvloer/")


def test_yes_is_one_form_away() -> None:
    """The proposal's page holds the yes itself; after it the page says what is waited for."""
    proposal = send_one()
    client = client_of(proposal)
    assert post(client, f"/werkvloer/voorstel/{proposal.pk}/antwoord/ja/") == 302
    assert Proposal.objects.get().host_answer == "yes"
    assert "Nu wachten we op het antwoord van de werkzoekende" in text(client, f"/werkvloer/voorstel/{proposal.pk}/")


def test_telephone_is_shown_only_after_both_said_yes() -> None:
    """Before that the host sees a name and nothing to reach the person by."""
    proposal = send_one()
    client, address = client_of(proposal), f"/werkvloer/voorstel/{proposal.pk}/"
    assert "059000000" not in text(client, address)
    answer_as_person(proposal=proposal, answer=Answer.YES, by=the_person(proposal.referral), at=AT)
    post(client, f"{address}antwoord/ja/")
    assert ("059000000" in text(client, address), Placement.objects.count()) == (True, 1)


@pytest.mark.parametrize(
    ("state", "day"), [("running", "aan het werk sinds 18 september 2023"), ("to_be_agreed", "vanaf 18 september 2023")]
)
def test_days_of_who_works_are_those_of_the_work(state: str, day: str) -> None:
    """Agreed later than it was proposed: home and place say since when somebody works, the proposal until which day."""
    proposal = send_one()
    client = client_of(proposal)
    answer_as_person(proposal=proposal, answer=Answer.YES, by=the_person(proposal.referral), at=AT)
    post(client, f"/werkvloer/voorstel/{proposal.pk}/antwoord/ja/")
    Placement.objects.update(state=state, period=DateRange(date(2023, 9, 18), date(2024, 3, 1)))
    pages = [
        text(client, f"/werkvloer/{page}").replace("\xa0", " ") for page in ("", f"plaats/{proposal.place_id}/", f"voorstel/{proposal.pk}/")
    ]
    assert [day in pages[0], day in pages[1], "29 februari 2024" in pages[2]] == [True, True, True]


@pytest.mark.parametrize(("why", "refusals"), [("full", 0), ("fit", 1)])
def test_no_needs_a_reason_and_ends_the_proposal(why: str, refusals: int) -> None:
    """Without a reason the form is shown again; only "it does not fit" keeps the person away from the place."""
    proposal = send_one()
    client, address = client_of(proposal), f"/werkvloer/voorstel/{proposal.pk}/antwoord/nee/"
    assert (post(client, address), Proposal.objects.get().state) == (422, "sent")
    assert post(client, address, why=why) == 302
    assert (Proposal.objects.get().state, Directive.objects.filter(kind="host_refusal").count()) == ("declined", refusals)


def test_name_is_gone_when_the_proposal_ended() -> None:
    """The page stays, the name does not; the list no longer shows it."""
    proposal = send_one()
    client = client_of(proposal)
    withdraw_proposal(proposal=proposal, reason="person found work", by=SYSTEM, at=AT)
    pages = [text(client, address) for address in ("/werkvloer/", f"/werkvloer/voorstel/{proposal.pk}/")]
    assert [str(proposal.person) in shown for shown in pages] == [False, False]
    assert "Dit voorstel is afgelopen" in pages[1]


def test_another_host_finds_nothing() -> None:
    """Places and proposals of another organisation look as if they were not there."""
    proposal = send_one()
    other = Client()
    other.force_login(make_user("other", Role.HOST, organisation=make_organisation("Andere")))
    addresses = (f"/werkvloer/voorstel/{proposal.pk}/", f"/werkvloer/plaats/{proposal.place_id}/")
    assert [other.get(address).status_code for address in addresses] == [404, 404]
    assert post(other, f"/werkvloer/voorstel/{proposal.pk}/antwoord/ja/") == 404


def test_still_right_is_one_click() -> None:
    """The click is kept with who and when."""
    proposal = send_one()
    Place.objects.update(confirmed_at=AT - timedelta(days=90))
    post(client_of(proposal), f"/werkvloer/plaats/{proposal.place_id}/klopt-nog/")
    place = Place.objects.get()
    assert (place.confirmed_by, (place.confirmed_at.date() if place.confirmed_at else None)) == ("host", ON)


def test_pause_needs_a_return_date_after_today_and_ends_by_hand() -> None:
    """A date that has passed is refused in words; the place opens again at once when the host says so."""
    proposal = send_one()
    client, address = client_of(proposal), f"/werkvloer/plaats/{proposal.place_id}/"
    wrong = client.post(f"{address}pauze/", {"return_on": "2023-08-01", "once_key": str(uuid4())})
    assert (wrong.status_code, "1 augustus 2023 is voorbij" in wrong.content.decode()) == (422, True)
    assert post(client, f"{address}pauze/", return_on="2023-10-01", reason="verlof") == 302
    assert "Gepauzeerd" in text(client, address)
    post(client, f"{address}hervatten/")
    assert Place.objects.get().paused_until is None


def test_host_is_told_by_email_once_without_a_name() -> None:
    """The mail names the place; who it is stands behind the link."""
    proposal = send_one()
    make_user("host", Role.HOST, organisation=proposal.place.organisation)
    for _ in range(2):
        tell_host(str(proposal.pk))
    assert [message.to for message in mail.outbox] == [["host@example.be"]]
    body = str(mail.outbox[0].body)
    assert ("tuinier" in body, proposal.person.last_name in body) == (True, False)


def test_link_answers_this_proposal_and_nothing_else() -> None:
    """By link the host says yes to the one proposal; its other pages stay closed."""
    proposal = send_one()
    token = host_link(proposal).token
    assert post(Client(), f"/werkvloer/v/{token}/antwoord/ja/") == 302
    assert Proposal.objects.get().host_answer == "yes"
    closed = (f"/werkvloer/voorstel/{proposal.pk}/", "/werkvloer/")
    assert [Client().get(address).status_code for address in closed] == [302, 302]
    assert Client().post(f"/werkvloer/v/{token}/klopt-nog/").status_code == 404


def test_link_of_a_place_confirms_it() -> None:
    """A link for one place opens that place and its one click."""
    proposal = send_one()
    client_of(proposal)
    link = issue_link(
        purpose=LinkPurpose.HOST_PLACE,
        subject_id=proposal.place_id,
        person_id=None,
        organisation_id=proposal.place.organisation_id,
        address="host@example.be",
        expires_at=AT + timedelta(days=30),
        by=SYSTEM,
        at=AT,
    )
    Place.objects.update(confirmed_at=AT - timedelta(days=90))
    assert "Ja, klopt nog" in text(Client(), f"/werkvloer/v/{link.token}/")
    assert post(Client(), f"/werkvloer/v/{link.token}/klopt-nog/") == 302
    confirmed = Place.objects.get().confirmed_at
    assert confirmed is not None
    assert confirmed.date() == ON


def test_ended_link_of_a_host_is_renewed_to_the_same_address() -> None:
    """The page shows no name, and the fresh link goes where the old one went."""
    proposal = send_one()
    token = host_link(proposal).token
    AccessLink.objects.update(expires_at=AT - timedelta(hours=1), created_at=AT - timedelta(days=1))
    answer = Client().get(f"/werkvloer/v/{token}/")
    assert (answer.status_code, str(proposal.person) in answer.content.decode()) == (410, False)
    assert post(Client(), "/werkvloer/link/", token=token) == 302
    assert [message.to for message in mail.outbox] == [["host@example.be"]]
