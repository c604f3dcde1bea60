"""The person's own page by link: the next step on top, a moment to choose, peace from messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.factories import make_organisation, make_place
from tests.journey.appointments.cases import NOW, Office, make_office, make_placement, moments

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import NewLink, issue_link
from opstap.foundation.actor import system_actor
from opstap.foundation.outbox.models import MessagePause
from opstap.journey.appointments.enums import InvitationKind, InvitationState
from opstap.journey.appointments.models import Invitation, Slot, TrialDay
from opstap.journey.appointments.operations import book_slot, invite, open_slots, plan_trial

pytestmark = pytest.mark.django_db
BY = system_actor("test")


@pytest.fixture(autouse=True)
def _stand_still(settings: Settings) -> Iterator[None]:
    """Let it be the Monday of the tests."""
    settings.FIXED_TODAY = None
    with time_machine.travel(NOW, tick=False):
        yield


def link_of(office: Office) -> NewLink:
    """Return a link to the person's own page."""
    return issue_link(
        purpose=LinkPurpose.PERSON_JOURNEY,
        subject_id=office.referral.pk,
        person_id=office.referral.person_id,
        organisation_id=None,
        address=None,
        expires_at=NOW + timedelta(days=30),
        by=BY,
        at=NOW,
    )


def post(client: Client, name: str, args: list[str | UUID], **given: object) -> Any:  # noqa: ANN401 - a response
    """Send a form of the person's page."""
    return client.post(reverse(f"jobseeker:{name}", args=args), {"once_key": str(uuid4()), **given})


def test_page_says_that_nothing_is_to_be_done(client: Client) -> None:
    """Without anything open the page says so, and whom to call."""
    page = client.get(reverse("jobseeker:journey", args=[link_of(make_office()).token])).content.decode()
    assert "Je moet nu niets doen" in page


def test_every_page_is_found_when_nothing_waits(client: Client) -> None:
    """The page leads to the appointment, the agreement, the hours, the plan and the evaluation, also when none of them asks anything."""
    key = link_of(make_office()).token
    page = client.get(reverse("jobseeker:journey", args=[key])).content.decode()
    addresses = [reverse(f"jobseeker:{name}", args=[key]) for name in ("appointment", "agreement", "hours", "plan", "evaluation")]
    assert [client.get(url).status_code for url in addresses if f'href="{url}"' in page] == [200] * 5


def test_person_chooses_a_moment_on_the_page(client: Client) -> None:
    """The invitation is the next step; the chosen moment then stands on the page, and can be called off for another."""
    office = make_office()
    slot = moments(office, 1, 2)[1]
    invitation = invite(referral=office.referral, kind=InvitationKind.FIRST_TALK, by=office.actor, at=NOW)
    key = link_of(office).token
    assert "Kies wanneer we elkaar zien" in client.get(reverse("jobseeker:journey", args=[key])).content.decode()
    answer = post(client, "choose_slot", [key, invitation.pk], slot=slot.pk)
    invitation.refresh_from_db()
    assert (answer.status_code, invitation.state, invitation.slot) == (302, InvitationState.BOOKED, slot)
    assert "woensdag 6 september 2023, 10:00" in client.get(answer.headers["Location"]).content.decode()
    post(client, "call_off", [key, invitation.pk])
    assert Invitation.objects.get().state == InvitationState.OFFERED


def test_moment_that_was_just_taken_shows_the_others(client: Client) -> None:
    """The loser sees why, and what else is free; nothing was booked."""
    office = make_office()
    moments(office, 1, 2)
    invitation = invite(referral=office.referral, kind=InvitationKind.FIRST_TALK, by=office.actor, at=NOW)
    answer = post(client, "choose_slot", [link_of(office).token, invitation.pk], slot=uuid4())
    page = answer.content.decode()
    assert (answer.status_code, page.count('name="slot"')) == (409, 2)
    assert "Iemand anders nam net dit moment." in page


def test_code_of_a_letter_opens_the_own_page(client: Client) -> None:
    """Who has no smartphone types the code and comes to the same page."""
    link = link_of(make_office())
    answer = client.post(reverse("jobseeker:code"), {"code": link.spoken_code})
    assert answer.headers["Location"] == reverse("jobseeker:journey", args=["code"])
    assert client.get(answer.headers["Location"]).status_code == 200


def test_link_to_a_proposal_does_not_open_the_own_page(client: Client) -> None:
    """A link opens what it was made for and nothing else."""
    office = make_office()
    link = issue_link(
        purpose=LinkPurpose.PERSON_PROPOSAL,
        subject_id=office.referral.pk,
        person_id=office.referral.person_id,
        organisation_id=None,
        address=None,
        expires_at=NOW + timedelta(days=30),
        by=BY,
        at=NOW,
    )
    assert client.get(reverse("jobseeker:journey", args=[link.token])).status_code == 404


def test_messages_are_stopped_and_come_again(client: Client) -> None:
    """One month of peace, and back."""
    office = make_office()
    key = link_of(office).token
    again = "Er mogen weer berichten komen"
    assert again not in client.get(reverse("jobseeker:messages", args=[key])).content.decode()
    post(client, "messages", [key], choice="month")
    assert again in client.get(reverse("jobseeker:messages", args=[key])).content.decode()
    pause = MessagePause.objects.get()
    assert (pause.person_id, str(pause.until_on)) == (office.referral.person_id, "2023-10-04")
    post(client, "messages", [key], choice="resume")
    assert MessagePause.objects.get().ended_at == NOW


def test_trial_day_is_judged_on_the_page(client: Client) -> None:
    """After the trial day the page asks what the person thinks, and keeps it sealed."""
    office = make_office()
    trial = plan_trial(placement=make_placement(office.referral), starts_at=NOW + timedelta(hours=1), minutes=240, by=office.actor, at=NOW)
    key = link_of(office).token
    with time_machine.travel(NOW + timedelta(hours=6), tick=False):
        assert "Hoe was je proefdag?" in client.get(reverse("jobseeker:journey", args=[key])).content.decode()
        answer = post(client, "trial", [key, trial.pk], verdict="yes", words="fijn")
    row = TrialDay.objects.get()
    assert (answer.status_code, row.person_verdict, row.person_words) == (302, "yes", "fijn")


def test_every_appointment_stands_on_the_page(client: Client) -> None:
    """Who has a talk and still chooses a visit sees both: with whom, about what, and where."""
    office = make_office()
    slot = moments(office, 1)[0]
    place = make_place(office.referral.programme, make_organisation())
    start = [NOW + timedelta(days=3)]
    open_slots(counsellor=None, place=place, starts=start, minutes=60, where="Aan de poort", by=BY, at=NOW)
    talk = invite(referral=office.referral, kind=InvitationKind.FIRST_TALK, by=office.actor, at=NOW)
    book_slot(invitation=talk, slot=slot, by=office.actor, at=NOW)
    visit = invite(referral=office.referral, kind=InvitationKind.VISIT, place=place, by=office.actor, at=NOW)
    token = link_of(office).token
    page = client.get(reverse("jobseeker:appointment", args=[token])).content.decode()
    wanted = (f"met {office.counsellor.name}", "Bezoek aan de werkvloer", place.organisation.name, "Aan de poort", "Ik kan dan niet komen")
    assert [words for words in wanted if words not in page] == []
    first = client.get(reverse("jobseeker:journey", args=[token])).content.decode()
    assert "Kies een moment" in first.split("</main>")[0]
    post(client, "choose_slot", [token, visit.pk], slot=str(Slot.objects.get(place=place).pk))
    page = client.get(reverse("jobseeker:appointment", args=[token])).content.decode()
    assert page.count("Ik kan dan niet komen") == 2
