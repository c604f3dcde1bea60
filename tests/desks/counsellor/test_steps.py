"""Deciding, deciding otherwise, proposing and answering from the case file, by the same rules as everywhere."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.eligibility.cases import AT, make_referral, stage_of
from tests.journey.matching.rounds import SYSTEM, draft_of, make_host, make_place, run

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.eligibility.models import Decision
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db


def post(client: Client, name: str, *ids: object, **form: object) -> int:
    """Return the status of a form sent."""
    return client.post(reverse(f"counsellor:{name}", args=ids), form | {"once_key": str(uuid4())}).status_code


def test_decide_decides_on_every_instrument(world: World, browser: Browser) -> None:
    """One click: a decision per instrument of the programme, and the person moves along."""
    referral = make_referral(world.programme, counsellor=world.an, organisation=world.team)
    assert post(browser(world.bob), "decide", referral.pk) == 404
    assert post(browser(world.an), "decide", referral.pk) == 302
    decided = Decision.objects.filter(referral=referral).order_by("instrument").values_list("instrument", "answer", "decided_by")
    assert list(decided) == [("community_service", "yes", "an"), ("work_learning_place", "yes", "an")]
    assert stage_of(referral.pk) == "eligible"


def test_overrule_needs_a_reason_and_keeps_what_the_rules_said(world: World, browser: Browser) -> None:
    """Too short a reason is refused on the form; a real one makes a new decision beside the machine's answer."""
    decision = Decision.objects.get(referral=world.referral, instrument="community_service")
    client = browser(world.an)
    assert post(client, "overrule", decision.pk, answer="no", reason="nee") == 422
    assert post(client, "overrule", decision.pk, answer="yes", reason="dit is al de beslissing") == 422
    assert post(client, "overrule", decision.pk, answer="no", reason="De arts raadt het nu af.") == 302
    latest = Decision.objects.get(supersedes=decision)
    assert (latest.answer, latest.machine_answer, latest.overrule_reason) == ("no", "yes", "De arts raadt het nu af.")
    assert post(browser(world.bob), "overrule", latest.pk, answer="yes", reason="Dat mag ik niet.") == 404
    url = reverse("counsellor:decisions", args=[world.referral.pk, "community_service"])
    assert "De arts raadt het nu af." in client.get(url).content.decode()


def test_draft_is_sent_or_set_aside(world: World, browser: Browser) -> None:
    """Setting aside asks why; sending holds the seat and moves the person; sending twice says what happened meanwhile."""
    draft = draft_of(run(world.programme))
    client = browser(world.an)
    assert post(client, "take_back", draft.pk, reason="") == 422
    assert post(client, "send", draft.pk, motivation="past goed") == 302
    assert (stage_of(world.referral.pk), Proposal.objects.get(pk=draft.pk).state) == ("proposed", "sent")
    assert post(client, "send", draft.pk) == 422
    assert post(client, "take_back", draft.pk, reason="toch niet") == 302
    assert (stage_of(world.referral.pk), Proposal.objects.get(pk=draft.pk).state) == ("eligible", "withdrawn")


@pytest.mark.parametrize(
    ("answer", "state", "cause"),
    [("yes", "sent", "host_answer"), ("no", "declined", "no_round_yet"), ("call_me", "sent", "person_wants_call")],
)
def test_answer_at_the_desk_is_the_persons_answer(world: World, browser: Browser, answer: str, state: str, cause: str) -> None:
    """Typed for the person, through the door "desk", with the person's own words."""
    proposal = propose_by_hand(referral=world.referral, place=world.place, motivation="", by=SYSTEM, at=AT)
    assert post(browser(world.stranger), "answer", proposal.pk, answer=answer) == 404
    assert post(browser(world.an), "answer", proposal.pk, answer=answer, reason="zei ze") == 302
    row = Proposal.objects.get(pk=proposal.pk)
    assert (row.state, row.person_answer, row.person_channel, row.person_reason) == (state, answer, "desk", "zei ze")
    assert Referral.objects.get(pk=world.referral.pk).waiting_cause == cause
    assert AuditEntry.objects.get(action="person_answer").channel == "desk"


def test_answer_to_what_is_over_is_refused_with_why(world: World, browser: Browser) -> None:
    """Once answered no, there is nothing left to answer."""
    proposal = propose_by_hand(referral=world.referral, place=world.place, motivation="", by=SYSTEM, at=AT)
    client = browser(world.an)
    assert [post(client, "answer", proposal.pk, answer="no") for _ in range(2)] == [302, 422]


def test_places_that_fit_come_first_and_others_say_why_not(world: World, browser: Browser) -> None:
    """A place with a free seat, a full one, one that asks too much."""
    host = make_host("Gistel")
    make_place(world.programme, host, title="kok", dutch_level="C1")
    full = make_place(world.programme, host, title="bode")
    propose_by_hand(referral=world.ready(), place=full, motivation="", by=SYSTEM, at=AT)
    page = browser(world.an).get(reverse("counsellor:places", args=[world.referral.pk])).content.decode()
    assert page.index("tuinier") < page.index("bode") < page.index("kok")
    assert "past, maar alle plaatsen zijn besproken" in page
    assert "Nederlands" in page[page.index("kok") :]


def test_places_ask_few_queries_however_many(world: World, browser: Browser) -> None:
    """One place or thirty: the same number of queries, at most twelve."""
    client = browser(world.an)
    url = reverse("counsellor:places", args=[world.referral.pk])
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    host = make_host("Gistel")
    for number in range(29):
        make_place(world.programme, host, title=f"werk {number}")
    with CaptureQueriesContext(connection) as thirty:
        client.get(url)
    assert len(one) == len(thirty)
    assert len([query for query in thirty if "SAVEPOINT" not in query["sql"]]) <= 12


def test_propose_by_hand_follows_the_rules_of_a_round(world: World, browser: Browser) -> None:
    """What does not fit is refused with its obstacle and no button; what fits is sent at once."""
    strict = make_place(world.programme, make_host("Gistel"), title="kok", dutch_level="C1")
    client = browser(world.an)
    page = client.get(reverse("counsellor:propose", args=[world.referral.pk, strict.pk])).content.decode()
    assert ("Dit kan nu niet voorgesteld worden" in page, "Deze plaats voorstellen" in page) == (True, False)
    assert post(client, "propose", world.referral.pk, strict.pk) == 422
    assert post(client, "propose", world.referral.pk, world.place.pk, motivation="woont dichtbij") == 302
    made = Proposal.objects.get()
    assert (made.place_id, made.state, made.decision_reason) == (world.place.pk, "sent", "woont dichtbij")
    assert post(client, "propose", world.referral.pk, world.place.pk) == 422


def test_propose_a_full_place_as_reserve(world: World, browser: Browser) -> None:
    """All seats spoken for: refused, unless as reserve."""
    propose_by_hand(referral=world.ready(), place=world.place, motivation="", by=SYSTEM, at=AT)
    client = browser(world.an)
    assert post(client, "propose", world.referral.pk, world.place.pk) == 422
    assert post(client, "propose", world.referral.pk, world.place.pk, as_reserve="on") == 302
    assert Proposal.objects.get(referral=world.referral).is_reserve


def test_wish_of_a_person_holds_until_it_is_ended(world: World, browser: Browser) -> None:
    """A no to a place is noted for every round, shown in the file, and ended there; a colleague cannot end it."""
    client = browser(world.an)
    assert post(client, "directive", world.referral.pk, world.place.pk, kind="veto", reason="werkte er al") == 302
    asked = Directive.objects.get()
    assert (asked.kind, asked.reason, asked.ended_at) == ("veto", "werkte er al", None)
    assert post(browser(world.bob), "end_directive", world.referral.pk, asked.pk) == 404
    assert post(client, "end_directive", world.referral.pk, uuid4()) == 404
    assert post(client, "end_directive", world.referral.pk, asked.pk) == 302
    assert Directive.objects.get().ended_at is not None
