"""Links that ended, links of others, codes and guessing, and who looked at the file."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings
from tests.desks.jobseeker.sent import AT, SYSTEM, host_link, page, person_link, send_one

from opstap.foundation.access.models import AccessLink
from opstap.foundation.access.operations import NewLink
from opstap.foundation.actor import Actor, ActorKind, Grant, Role
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import issue_letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(settings: Settings) -> None:
    """Let it be after the links of the cases ended, at whatever hour the tests run."""
    settings.FIXED_TIME = time(12)


def ended(link: NewLink) -> NewLink:
    """Return the link, ended an hour ago and made yesterday."""
    AccessLink.objects.filter(pk=link.link.pk).update(expires_at=AT - timedelta(hours=1), created_at=AT - timedelta(days=1))
    return link


def ask_fresh(link: NewLink) -> int:
    """Ask for a fresh link and return the status."""
    return Client().post("/mijn/link/", {"key": link.token}).status_code


def test_ended_link_offers_a_fresh_one_to_the_same_address() -> None:
    """The page shows nothing of the file; the fresh link goes to the address of the old one and opens the same proposal."""
    link = ended(person_link(send_one(), "an@example.be"))
    answer = Client().get(page(link))
    assert (answer.status_code, "Tuinier" in answer.content.decode()) == (410, False)
    assert ask_fresh(link) == 302
    assert [message.to for message in mail.outbox] == [["an@example.be"]]
    fresh = re.search(r"/mijn/v/([^/]+)/", str(mail.outbox[0].body))
    assert fresh is not None
    assert "Tuinier" in Client().get(f"/mijn/v/{fresh[1]}/").content.decode()
    old, new = AccessLink.objects.order_by("created_at")
    assert (old.replaced_by_id, new.subject_id, new.purpose) == (new.pk, old.subject_id, old.purpose)


def test_asking_again_at_once_sends_nothing_more() -> None:
    """Nobody's mailbox is filled by somebody else's finger; the page says the same."""
    link = ended(person_link(send_one()))
    assert [ask_fresh(link) for _ in range(3)] == [302] * 3
    assert (len(mail.outbox), AccessLink.objects.count()) == (1, 2)


def test_ended_link_without_address_leads_to_the_telephone() -> None:
    """A code on paper has no address to send to: the page helps on without a button that cannot work."""
    proposal = send_one()
    paper = issue_letter(proposal=proposal, channel=LetterChannel.PAPER, recipient="An\nStraat 1", by=SYSTEM, at=AT).link
    answer = Client().get(page(ended(paper)))
    assert (answer.status_code, "Bel ons" in answer.content.decode()) == (410, True)
    assert Client().post("/mijn/link/", {"key": paper.token}).status_code == 410
    assert mail.outbox == []


@pytest.mark.parametrize("address", ["/mijn/v/unknown/", "/mijn/v/code/", "/mijn/v/unknown/antwoord/ja/"])
def test_unknown_link_helps_on(address: str) -> None:
    """Who mistyped finds the code page and the telephone."""
    answer = Client().get(address)
    assert (answer.status_code, "/mijn/code/" in answer.content.decode()) == (404, True)


def test_link_of_the_host_does_not_open_the_persons_page() -> None:
    """A link opens what it was made for and nothing else, both ways round."""
    proposal = send_one()
    person, host = person_link(proposal), host_link(proposal)
    assert Client().get(page(host)).status_code == 404
    assert Client().get(f"/werkvloer/v/{person.token}/").status_code == 404


def test_code_opens_the_same_page_however_it_is_typed() -> None:
    """Small letters, spaces and a missing dash are all right; the answer is kept as given by code."""
    proposal = send_one()
    link = person_link(proposal)
    client = Client()
    typed = f" {link.code[:5].lower()} {link.code[5:]} "
    assert client.post("/mijn/code/", {"code": typed})["Location"] == "/mijn/v/code/"
    assert "Tuinier" in client.get("/mijn/v/code/").content.decode()
    client.post("/mijn/v/code/antwoord/ja/")
    assert Proposal.objects.get().person_channel == "code"


def test_guessing_is_slowed_down_where_it_comes_from_only() -> None:
    """After ten wrong codes that source waits, even with the right code; somebody elsewhere is not held up."""
    link = person_link(send_one())
    here = [Client(REMOTE_ADDR="10.0.0.1").post("/mijn/code/", {"code": f"22222-2222{sign}"}).status_code for sign in "23456789AB"]
    assert here == [422] * 10
    assert Client(REMOTE_ADDR="10.0.0.1").post("/mijn/code/", {"code": link.spoken_code}).status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.2").post("/mijn/code/", {"code": link.spoken_code}).status_code == 302


def test_code_of_the_host_is_not_a_code_here() -> None:
    """The person's door opens with a person's code."""
    assert Client().post("/mijn/code/", {"code": host_link(send_one()).spoken_code}).status_code == 422


def test_who_looked_names_the_reader_the_role_and_the_reason() -> None:
    """A letter printed by a colleague is a look at the file, and the person reads it."""
    proposal = send_one()
    reader = Actor(
        str(proposal.pk),
        ActorKind.USER,
        "Griet Hoste",
        (Grant(Role.COORDINATOR, programme_id=proposal.referral.programme_id),),
        purpose="brief printen",
    )
    issue_letter(proposal=proposal, channel=LetterChannel.PAPER, recipient="An", by=reader, at=AT)
    shown = Client().get(page(person_link(proposal), "wie-keek")).content.decode()
    assert [word for word in ("Griet Hoste", "coördinator", "brief printen", "1 september 2023") if word not in shown] == []


def test_own_decision_is_said_in_the_persons_words() -> None:
    """The person reads what was decided and why."""
    shown = Client().get(page(person_link(send_one()), "beslissing")).content.decode()
    assert [word for word in ("Je kan meedoen", "Je woont in Oostende") if word not in shown] == []
