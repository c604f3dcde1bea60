"""What a person does with a link: looking changes nothing, an answer works once, and every end has its page."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.desks.jobseeker.sent import AT, SYSTEM, page, person_link, send_one
from tests.journey.matching.rounds import make_host, make_place, make_ready
from tests.journey.placements.test_answers import host_of

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.matching.operations import propose_by_hand, withdraw_proposal
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import answer_as_host, answer_as_person

pytestmark = pytest.mark.django_db


def say(address: str, **fields: str) -> int:
    """Send an answer and return the status."""
    return Client().post(address, {"once_key": str(uuid4())} | fields).status_code


def text_of(address: str) -> str:
    """Return the page as text."""
    return Client().get(address).content.decode()


def test_looking_changes_nothing_however_often() -> None:
    """A mail scanner that opens every link burns nothing: no row is written and the link still works."""
    link = person_link(send_one())
    before = AuditEntry.objects.count()
    addresses = [page(link, *rest) for rest in ((), ("antwoord", "ja"), ("antwoord", "nee"), ("plaatsen",), ("beslissing",), ("wie-keek",))]
    statuses = [Client().get(address).status_code for address in addresses * 2]
    assert (statuses, AuditEntry.objects.count() - before) == ([200] * 12, 0)
    assert Proposal.objects.get().person_answer == ""


def test_offer_says_what_where_when_and_why() -> None:
    """The page names the work, the host, the days, the way and the person who helps, in the person's words."""
    shown = text_of(page(person_link(send_one())))
    wanted = ("Tuinier", "Stad", "voormiddag: dinsdag", "Mentor Stad", "samenwerken", "Je begeleider denkt", "minuten met de fiets", "<svg")
    assert [word for word in wanted if word not in shown] == []


def test_offer_stays_within_twelve_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    """The page costs a fixed number of queries."""
    link = person_link(send_one())
    with django_assert_max_num_queries(12):
        Client().get(page(link))


def test_yes_works_once_for_one_key() -> None:
    """The same form sent twice, by an impatient finger, is one answer and one page."""
    link = person_link(send_one())
    key = str(uuid4())
    answers = [Client().post(page(link, "antwoord", "ja"), {"once_key": key}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [page(link)] * 2
    assert AuditEntry.objects.filter(action="person_answer").count() == 1
    assert "Je zei ja" in text_of(page(link))


def test_yes_after_the_hosts_yes_makes_the_placement() -> None:
    """With two yeses the page says that the place is the person's."""
    proposal = send_one()
    link = person_link(proposal)
    answer_as_host(proposal=proposal, answer=Answer.YES, by=host_of(proposal.place), at=AT)
    say(page(link, "antwoord", "ja"))
    assert Placement.objects.count() == 1
    assert "Jullie zeiden allebei ja" in text_of(page(link))


def test_no_without_a_reason_shows_the_form_again() -> None:
    """Nothing is written until a reason is chosen."""
    link = person_link(send_one())
    assert say(page(link, "antwoord", "nee")) == 422
    assert "novalidate" in text_of(page(link, "antwoord", "nee"))
    assert Proposal.objects.get().state == "sent"


@pytest.mark.parametrize(("why", "vetoes"), [("work", 1), ("far", 1), ("days", 0), ("later", 0)])
def test_no_keeps_the_place_away_only_when_the_place_is_the_reason(why: str, vetoes: int) -> None:
    """Who does not want the work, or finds it too far, is not asked again for this place."""
    link = person_link(send_one())
    assert say(page(link, "antwoord", "nee"), why=why) == 302
    assert (Proposal.objects.get().state, Directive.objects.filter(kind="veto").count()) == ("declined", vetoes)
    assert "Je zei nee" in text_of(page(link))


def test_call_me_is_kept_with_the_time_that_suits() -> None:
    """A wish to be called keeps the place, and yes or no stay possible."""
    link = person_link(send_one())
    say(page(link, "antwoord", "bel-mij"), more="na 16 uur")
    row = Proposal.objects.get()
    assert (row.person_answer, row.person_reason, row.state) == ("call_me", "na 16 uur", "sent")
    assert "Ja, ik wil dit" in text_of(page(link))


def test_answer_to_a_proposal_that_ended_leads_to_its_page() -> None:
    """Who comes too late reads how it ended, and nothing is written."""
    proposal = send_one()
    link = person_link(proposal)
    withdraw_proposal(proposal=proposal, reason="host closed", by=SYSTEM, at=AT)
    assert say(page(link, "antwoord", "ja")) == 302
    assert Proposal.objects.get().person_answer == ""
    assert "Dit voorstel is gestopt" in text_of(page(link))


def test_loser_of_a_seat_reads_why_and_sees_what_else_is_free() -> None:
    """The second yes on the last seat leads to a clear page, with other places that fit, and interest is one click."""
    first = send_one()
    other = make_ready(first.referral.programme)
    reserve = propose_by_hand(referral=other, place=first.place, motivation="", as_reserve=True, by=SYSTEM, at=AT)
    free = make_place(first.referral.programme, make_host("Zee"), title="kok")
    for proposal in (first, reserve):
        answer_as_host(proposal=proposal, answer=Answer.YES, by=host_of(first.place), at=AT)
    link = person_link(reserve)
    say(page(person_link(first), "antwoord", "ja"))
    say(page(link, "antwoord", "ja"))
    assert "Iemand anders was net voor jou" in text_of(page(link))
    assert ("Kok" in text_of(page(link, "plaatsen")), "Tuinier" in text_of(page(link, "plaatsen"))) == (True, False)
    say(page(link, "plaatsen", str(free.pk)))
    assert [(row.kind, row.place_id, row.referral_id) for row in Directive.objects.all()] == [("interest", free.pk, other.pk)]


def test_answer_with_a_word_that_is_none_is_not_there() -> None:
    """Only yes, no and call me are answers."""
    assert Client().get(page(person_link(send_one()), "antwoord", "misschien")).status_code == 404


def test_person_answered_by_telephone_sees_it_on_the_page() -> None:
    """All doors open on the same answer."""
    proposal = send_one()
    answer_as_person(proposal=proposal, answer=Answer.YES, by=SYSTEM, at=AT)
    assert "Je zei ja" in text_of(page(person_link(proposal)))
