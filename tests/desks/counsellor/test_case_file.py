"""The case file: one page for who follows the person, nothing for anybody else, and a row for every reading."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.eligibility.cases import AT, ON, acting, make_referral
from tests.journey.matching.rounds import SYSTEM, run

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.eligibility.operations import decide_all
from opstap.journey.matching.enums import DirectiveKind
from opstap.journey.matching.operations import give_directive, propose_by_hand
from opstap.journey.people.enums import FactSource
from opstap.journey.people.operations import set_facts
from opstap.journey.referrals.operations import record_contact
from opstap.journey.referrals.queries import followed_referrals
from opstap.steering.overviews.queries.case_file import case_file
from opstap.steering.overviews.queries.timeline import timeline

pytestmark = pytest.mark.django_db
PAGES = ("case_file", "timeline", "readers", "places", "contact_data", "snooze", "contact")


@pytest.mark.parametrize("name", PAGES)
def test_file_of_another_is_as_absent(world: World, browser: Browser, name: str) -> None:
    """A colleague and a stranger get the very same page as for a person who never was, and nothing is recorded as read."""
    for user in (world.bob, world.stranger):
        client = browser(user)
        denied = client.get(reverse(f"counsellor:{name}", args=[world.referral.pk]))
        absent = client.get(reverse(f"counsellor:{name}", args=[uuid4()]))
        assert (denied.status_code, denied.content) == (404, absent.content)
    assert not AuditEntry.objects.filter(action="read_case_file").exists()


@pytest.mark.parametrize("name", ["case_file", "timeline", "readers", "places"])
def test_each_reading_is_a_row_with_its_purpose(world: World, browser: Browser, name: str) -> None:
    """Who, whose file and why: the counsellor follows the person, the lead leads the team."""
    for user in (world.an, world.lead):
        assert browser(user).get(reverse(f"counsellor:{name}", args=[world.referral.pk])).status_code == 200
    rows = AuditEntry.objects.filter(action="read_case_file").order_by("id")
    assert list(rows.values_list("actor_label", "person_id", "purpose")) == [
        ("an", world.referral.person_id, "follows_person"),
        ("lead", world.referral.person_id, "leads_team"),
    ]


def test_file_asks_what_is_not_known(world: World) -> None:
    """What a decision waits for comes first, then what the matching needs; each fact once."""
    referral = make_referral(
        world.programme, counsellor=world.an, organisation=world.team, registered_since=None, dutch_level="B1", limits=[], licences=[]
    )
    decide_all(referral=referral, on=ON, by=SYSTEM, at=AT)
    file = case_file(acting(world.an), referral, ON)
    assert file is not None
    asked = [(ask.fact, ask.instruments) for ask in file.questions]
    assert asked == [
        ("registered_since", ("work_learning_place", "community_service")),
        ("half_days", ()),
        ("travel_mode", ()),
        ("municipality", ()),
    ]


def test_file_tells_who_said_a_fact_and_until_when(world: World) -> None:
    """Source, proof and end stand with the fact; a fact whose end has come says so."""
    person = world.referral.person
    actor = acting(world.an)
    set_facts(
        person=person, facts={"income": "living_wage"}, version=person.version, source=FactSource.DOCUMENT, proof="attest OCMW",
        holds_until=ON, within=followed_referrals(actor), by=actor, at=AT,
    )  # fmt: skip
    file = case_file(actor, world.referral, ON)
    assert file is not None
    income = next(fact for fact in file.facts if fact.name == "income")
    assert (income.value, income.source, income.proof, income.by, income.has_ended) == (
        "living_wage",
        "document",
        "attest OCMW",
        "an",
        True,
    )


@pytest.mark.parametrize(("right", "is_listed"), [("", False), ("vop", True), (None, True)])
def test_file_asks_no_end_of_a_right_that_nobody_has(world: World, right: str | None, *, is_listed: bool) -> None:
    """Until when a right runs is listed, as known or to ask, unless it is known that there is none."""
    person = world.referral.person
    person.work_limitation_right = right
    person.save()
    file = case_file(acting(world.an), world.referral, ON)
    assert file is not None
    assert ("work_limitation_until" in [fact.name for fact in file.facts]) is is_listed


def test_file_shows_the_round_and_what_was_asked_of_it(world: World, browser: Browser) -> None:
    """The draft with its reasons, what the round found, and the running wishes stand on the page."""
    run(world.programme)
    give_directive(kind=DirectiveKind.INTEREST, referral=world.referral, place=world.place, reason="graag buiten", by=SYSTEM, at=AT)
    file = case_file(acting(world.an), world.referral, ON)
    assert file is not None
    assert file.open_proposal is not None
    assert (file.open_proposal.state, file.open_proposal.place, file.finding is not None) == ("draft", "tuinier", True)
    assert [(asked.kind, asked.place, asked.reason) for asked in file.asked] == [("interest", "tuinier", "graag buiten")]
    page = browser(world.an).get(reverse("counsellor:case_file", args=[world.referral.pk])).content.decode()
    assert "graag buiten" in page
    assert reverse("counsellor:send", args=[file.open_proposal.id]) in page


def test_file_shows_health_to_who_follows_the_person(world: World, browser: Browser) -> None:
    """What the body cannot do is on this page, and on no list."""
    referral = world.ready(limits=["lifting"])
    client = browser(world.an)
    assert "zwaar tillen" in client.get(reverse("counsellor:case_file", args=[referral.pk])).content.decode()
    for name in ("my_day", "caseload"):
        assert "zwaar tillen" not in client.get(reverse(f"counsellor:{name}")).content.decode()


def test_file_asks_few_queries_however_long(world: World, browser: Browser) -> None:
    """A file with a round, a proposal, wishes and many facts costs as many queries as a bare one, at most twelve."""
    client = browser(world.an)
    url = reverse("counsellor:case_file", args=[world.referral.pk])
    run(world.programme)
    with CaptureQueriesContext(connection) as short:
        client.get(url)
    actor, person = acting(world.an), world.referral.person
    for number in range(8):
        set_facts(
            person=person, facts={"remarks": f"keer {number}"}, version=person.version, source=FactSource.PERSON,
            within=followed_referrals(actor), by=actor, at=AT,
        )  # fmt: skip
    propose_by_hand(referral=world.referral, place=world.place, motivation="", by=SYSTEM, at=AT)
    give_directive(kind=DirectiveKind.VETO, referral=world.referral, place=world.place, reason="", by=SYSTEM, at=AT)
    with CaptureQueriesContext(connection) as long:
        client.get(url)
    asked = [query["sql"] for query in long if "SAVEPOINT" not in query["sql"]]
    assert len(long) == len(short)
    assert len(asked) <= 12


def test_timeline_tells_what_happened_newest_first(world: World) -> None:
    """Referral, decision, contact and proposal, each with who did it."""
    actor = acting(world.an)
    propose_by_hand(referral=world.referral, place=world.place, motivation="past goed", by=actor, at=AT)
    record_contact(referral=world.referral, how="by_phone", by=actor, at=AT)
    moments = timeline(actor, world.referral)
    codes = {moment.title.code for moment in moments}
    assert codes == {
        "counsellor.moved_eligible",
        "counsellor.moved_proposed",
        "counsellor.decided",
        "counsellor.proposal_sent",
        "counsellor.noted_contact",
    }
    assert [moment.at for moment in moments] == sorted((moment.at for moment in moments), reverse=True)
    assert timeline(acting(world.bob), world.referral) == ()


def test_timeline_is_a_piece_of_the_page_or_a_page(world: World, browser: Browser) -> None:
    """With scripts it is filled in on demand; without, the link opens it whole."""
    client = browser(world.an)
    url = reverse("counsellor:timeline", args=[world.referral.pk])
    piece = client.get(url, headers={"HX-Request": "true"}).content.decode()
    whole = client.get(url).content.decode()
    assert ("<html" in piece, "<html" in whole) == (False, True)


def test_readers_page_names_every_reader(world: World, browser: Browser) -> None:
    """The lead who looked is named with organisation and reason."""
    browser(world.lead).get(reverse("counsellor:case_file", args=[world.referral.pk]))
    page = browser(world.an).get(reverse("counsellor:readers", args=[world.referral.pk])).content.decode()
    assert "leidt het team dat de persoon volgt" in page
    assert "Glow" in page
