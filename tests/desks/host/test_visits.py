"""The host opens moments for visits, notes who came, and says what the floor thinks of a trial day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.factories import make_organisation, make_place, make_user
from tests.journey.appointments.cases import NOW, make_office, make_placement

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.clock import day_of
from opstap.journey.appointments.enums import InvitationKind, InvitationState
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.appointments.operations import book_slot, invite, open_slots

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
