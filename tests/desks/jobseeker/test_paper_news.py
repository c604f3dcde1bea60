"""How a proposal ended, for people without e-mail: a letter in the batch, and a task in the counsellor's day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.desks.jobseeker.sent import AT, ON, SYSTEM, send_one
from tests.journey.eligibility.cases import acting, make_organisation, make_user
from tests.journey.placements.test_answers import both_say_yes

from opstap.desks.jobseeker.jobs import tell_news, tell_person
from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.models import Letter, Proposal
from opstap.journey.matching.operations import issue_letter, note_letter_sent, print_news, withdraw_proposal
from opstap.journey.matching.queries import letters_to_print
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import cancel_placement
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import record_contact
from opstap.steering.overviews.queries.my_day import my_day
from opstap.steering.overviews.queries.offers import person_offer
from opstap.ui.letters import news_letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """Jobs and desks live on the day of the cases."""
    settings.FIXED_TODAY = ON


@pytest.fixture
def counsellor() -> User:
    """Somebody who follows people."""
    return make_user("an", Role.COUNSELLOR, organisation=make_organisation("Glow"))


def followed(counsellor: User) -> Proposal:
    """Return a sent proposal of somebody without e-mail whom the counsellor follows."""
    proposal = send_one(email="")
    Referral.objects.filter(pk=proposal.referral_id).update(counsellor=counsellor)
    return Proposal.objects.get(pk=proposal.pk)


def printed(proposal: Proposal) -> None:
    """Print the letter of the proposal."""
    tell_person(str(proposal.pk))
    issued = issue_letter(proposal=proposal, channel=LetterChannel.PAPER, recipient="An", by=SYSTEM, at=AT)
    note_letter_sent(letter=issued.letter, digest="x", by=SYSTEM, at=AT)


def waiting(counsellor: User) -> tuple[int, list[str]]:
    """Return how many letters wait, and who stands in the counsellor's day for news."""
    queues = {queue.name: [each.name for each in queue.people] for queue in my_day(acting(counsellor), AT + timedelta(hours=2)).queues}
    return letters_to_print(acting(counsellor)).count(), queues.get("news", [])


def test_news_of_a_proposal_taken_back_waits_to_be_told_once(counsellor: User) -> None:
    """Whoever got the letter is told that it ended, on paper or by telephone; the job that runs again adds nothing."""
    proposal = followed(counsellor)
    printed(proposal)
    withdraw_proposal(proposal=proposal, reason="host closed", by=SYSTEM, at=AT)
    for _ in range(2):
        tell_news(str(proposal.pk), "withdrawn")
    assert waiting(counsellor) == (1, [str(proposal.person)])


def test_news_that_was_told_by_telephone_is_not_printed(counsellor: User) -> None:
    """Contact after the news takes it off both lists."""
    proposal = followed(counsellor)
    printed(proposal)
    withdraw_proposal(proposal=proposal, reason="host closed", by=SYSTEM, at=AT)
    tell_news(str(proposal.pk), "withdrawn")
    later = Letter.objects.get(channel=LetterChannel.PAPER_NEWS).created_at + timedelta(hours=1)
    record_contact(referral=Referral.objects.get(), how="phone", by=acting(counsellor), at=later)
    assert waiting(counsellor) == (0, [])


def test_news_letter_is_printed_with_the_words_of_the_page(counsellor: User) -> None:
    """The batch holds the news; once printed nothing waits, and the words are those of the page behind its code."""
    proposal = followed(counsellor)
    both_say_yes(proposal)
    tell_news(str(proposal.pk), "accepted")
    client = Client()
    client.force_login(counsellor)
    letter = Letter.objects.get()
    assert "Hoe het voorstel afliep" in client.get("/mijn/brieven/").content.decode()
    answer = client.post("/mijn/brieven/afdrukken/", {"brief": [f"brief:{letter.pk}"]})
    assert (answer["Content-Type"], waiting(counsellor)) == ("application/pdf", (0, []))
    offer = person_offer(SYSTEM, proposal.pk, ON)
    assert offer is not None
    said = repr(
        news_letter(offer, "Jullie zeiden allebei ja", "De plaats is van jou.", print_news(letter=letter, by=SYSTEM, at=AT).link, ON)
    )
    assert [word for word in ("Jullie zeiden allebei ja", "voormiddag: dinsdag", "QR-code") if word not in said] == []


def test_news_of_a_proposal_that_nobody_heard_of_is_not_told(counsellor: User) -> None:
    """A letter that was never printed needs no second one that takes it back."""
    proposal = followed(counsellor)
    tell_person(str(proposal.pk))
    withdraw_proposal(proposal=proposal, reason="host closed", by=SYSTEM, at=AT)
    tell_news(str(proposal.pk), "withdrawn")
    assert waiting(counsellor) == (0, [])


def test_newer_news_takes_the_place_of_news_that_was_not_printed(counsellor: User) -> None:
    """A yes that was called off before anybody printed it is told as it is now, in one letter."""
    proposal = followed(counsellor)
    both_say_yes(proposal)
    tell_news(str(proposal.pk), "accepted")
    cancel_placement(placement=Placement.objects.get(), reason="host closed", by=SYSTEM, at=AT)
    tell_news(str(proposal.pk), "withdrawn")
    assert (waiting(counsellor), Letter.objects.count()) == ((1, [str(proposal.person)]), 1)
