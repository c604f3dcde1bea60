"""The host opens moments for visits, notes who came, and says what the floor thinks of a trial day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.factories import make_organisation, make_place, make_user
from tests.journey.appointments.cases import NOW, make_office, make_placement

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import User
from opstap.foundation.access.operations import issue_link
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.clock import day_of
from opstap.journey.appointments.enums import InvitationKind, InvitationState
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.appointments.operations import book_slot, invite, open_slots
from opstap.journey.matching.models import Proposal
from opstap.journey.places.models import Place

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """The desk lives on the day of the cases."""
    settings.FIXED_TODAY = day_of(NOW)


def logged_in(user: User) -> Client:
    """Return a browser of this user."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_host_opens_moments_and_notes_who_came() -> None:
    """One form opens them; the person books; one tap says that they were there; another host sees nothing of it."""
    office, host = make_office(), make_organisation(kind="local_government")
    place = make_place(office.referral.programme, host)
    client = logged_in(make_user(Role.HOST, organisation=host))
    first = day_of(NOW) + timedelta(days=7)
    body = {"place": str(place.pk), "first_on": first.isoformat(), "last_on": first.isoformat(), "days": [str(first.weekday())]}
    body |= {"begins": "09:00", "ends": "11:00", "minutes": "60", "where": "Plein 1"}
    assert client.post(reverse("host:visits"), body).status_code == 302
    slot = Slot.objects.earliest("starts_at")
    assert Slot.objects.filter(place=place).count() == 2
    invitation = invite(referral=office.referral, kind=InvitationKind.VISIT, place=place, by=SYSTEM, at=NOW)
    book_slot(invitation=invitation, slot=slot, by=SYSTEM, at=NOW)
    Slot.objects.filter(pk=slot.pk).update(starts_at=NOW - timedelta(days=1))
    address = reverse("host:outcome", args=[invitation.pk, "seen"])
    assert logged_in(make_user(Role.HOST, organisation=make_organisation())).post(address).status_code == 404
    assert "Wie kwam er?" in client.get(reverse("host:visits")).content.decode()
    client.post(address)
    assert Invitation.objects.get().state == InvitationState.SEEN


def series(first: date) -> dict[str, str | list[str]]:
    """Return what opens two moments on one day."""
    days: dict[str, str | list[str]] = {"first_on": first.isoformat(), "last_on": first.isoformat(), "days": [str(first.weekday())]}
    return days | {"begins": "09:00", "ends": "11:00", "minutes": "60", "where": "Plein 1"}


def place_link(place: Place) -> str:
    """Return the address of the visits that a link to one place opens."""
    terms = {"purpose": LinkPurpose.HOST_PLACE, "subject_id": place.pk, "person_id": None, "organisation_id": place.organisation_id}
    new = issue_link(address="host@example.be", expires_at=NOW + timedelta(days=30), by=SYSTEM, at=NOW, **terms)
    return reverse("host:link_visits", args=[new.token])


def test_host_without_an_account_opens_visits_to_the_place_of_the_link() -> None:
    """By the link moments open, a person chooses one, and the page says that somebody comes without saying who."""
    office, host = make_office(), make_organisation(kind="local_government")
    place = make_place(office.referral.programme, host)
    address, visitor = place_link(place), Client()
    assert visitor.post(address, series(day_of(NOW) + timedelta(days=7))).status_code == 302
    first, second = Slot.objects.order_by("starts_at")
    invitation = invite(referral=office.referral, kind=InvitationKind.VISIT, place=place, by=SYSTEM, at=NOW)
    book_slot(invitation=invitation, slot=first, by=SYSTEM, at=NOW)
    page = visitor.get(address).content.decode()
    assert ("er komt iemand" in page, office.referral.person.last_name in page) == (True, False)
    closed = [visitor.post(f"{address}{slot.pk}/sluiten/").status_code for slot in (first, second)]
    assert (closed, list(Slot.objects.filter(closed_at__isnull=True))) == ([302, 302], [first])


def test_link_opens_no_visits_elsewhere() -> None:
    """A link to one place closes no moment of another place of the same host, and opens none there."""
    office, host = make_office(), make_organisation(kind="local_government")
    own, other = (make_place(office.referral.programme, host) for _number in range(2))
    [slot] = open_slots(counsellor=None, place=other, starts=[NOW + timedelta(days=7)], minutes=60, where="Plein 1", by=SYSTEM, at=NOW)
    address, visitor = place_link(own), Client()
    assert visitor.post(f"{address}{slot.pk}/sluiten/").status_code == 404
    visitor.post(address, series(day_of(NOW) + timedelta(days=7)) | {"place": str(other.pk)})
    assert sorted(Slot.objects.values_list("place", flat=True)) == sorted([other.pk, own.pk, own.pk])


def test_link_to_a_proposal_opens_visits_while_it_runs() -> None:
    """Who was asked about somebody lets them come and look first; after the proposal has ended the link opens no moments."""
    office, host = make_office(), make_organisation(kind="local_government")
    placement = make_placement(office.referral, make_place(office.referral.programme, host))
    Proposal.objects.update(state="sent", sent_at=NOW)
    link = issue_link(
        purpose=LinkPurpose.HOST_PROPOSAL, subject_id=placement.proposal_id, person_id=None, organisation_id=host.pk,
        address="host@example.be", expires_at=NOW + timedelta(days=30), by=SYSTEM, at=NOW,
    )  # fmt: skip
    address, visitor = reverse("host:link_visits", args=[link.token]), Client()
    codes = [visitor.post(address, series(day_of(NOW) + timedelta(days=7))).status_code]
    Proposal.objects.update(state="declined")
    codes.append(visitor.get(address).status_code)
    assert (codes, Slot.objects.filter(place=placement.seat.place).count()) == ([302, 404], 2)


def test_host_does_not_see_the_counsellors_talks() -> None:
    """A first talk is between the counsellor and the person."""
    office, host = make_office(), make_organisation(kind="local_government")
    client = logged_in(make_user(Role.HOST, organisation=host))
    slots = open_slots(counsellor=office.counsellor, place=None, starts=[NOW + timedelta(days=1)], minutes=30, where="x", by=SYSTEM, at=NOW)
    invitation = invite(referral=office.referral, kind=InvitationKind.FIRST_TALK, by=SYSTEM, at=NOW)
    addresses = [reverse("host:outcome", args=[invitation.pk, "seen"]), reverse("host:close_slot", args=[slots[0].pk])]
    assert [client.post(address).status_code for address in addresses] == [404, 404]


def test_trial_day_needs_words_with_a_no() -> None:
    """The next place fits better when the floor says why."""
    office = make_office()
    placement = make_placement(office.referral)
    trial = TrialDay.objects.create(
        placement=placement, starts_at=NOW - timedelta(days=1), minutes=240, state="planned", planned_by="test", planned_at=NOW
    )
    client = logged_in(make_user(Role.HOST, organisation=placement.seat.place.organisation))
    address = reverse("host:trial", args=[trial.pk])
    assert client.post(address, {"verdict": "no", "words": ""}).status_code == 422
    assert client.post(address, {"verdict": "no", "words": "Het tempo lag te hoog."}).status_code == 302
    trial.refresh_from_db()
    assert (trial.host_verdict, trial.host_words) == ("no", "Het tempo lag te hoog.")
