"""My day: who waits for what, counted and most urgent first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.agreements.signed import counsellor_of, make_sent
from tests.journey.eligibility.cases import AT, ON, acting, make_referral, make_user
from tests.journey.matching.rounds import SYSTEM, run
from tests.journey.outcomes.ended import THEN, end, make_offered, make_running

from opstap.foundation.access.models import RoleGrant
from opstap.foundation.actor import Role
from opstap.journey.agreements.models import Signature
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.operations import decide_all
from opstap.journey.followup.models import Task
from opstap.journey.matching.enums import Answer
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.outcomes.operations import escalate_relays
from opstap.journey.outcomes.queries import due_moments
from opstap.journey.placements.operations import answer_as_person
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import snooze
from opstap.steering.overviews.queries.my_day import Queue, my_day, whole_queue

pytestmark = pytest.mark.django_db


def queues(world: World, days: int = 0) -> dict[str, list[str]]:
    """Return An's queues some days later, as names of people."""
    found = my_day(acting(world.an), AT + timedelta(days=days))
    return {queue.name: [person.name for person in queue.people] for queue in found.queues}


def expiring(world: World, days: int) -> list[Queue]:
    """Return An's queue of decisions that end soon, some days later; none when nobody waits in it."""
    return [queue for queue in my_day(acting(world.an), AT + timedelta(days=days)).queues if queue.name == "expiring"]


def test_my_day_without_work_is_empty(world: World) -> None:
    """Somebody who may start and waits for a round asks nothing of the counsellor."""
    assert queues(world) == {}


def test_my_day_knows_who_must_be_decided_and_asked(world: World) -> None:
    """An open referral waits for a decision; a decision that misses a fact becomes a question."""
    make_referral(world.programme, counsellor=world.an, organisation=world.team)
    asked = make_referral(world.programme, counsellor=world.an, organisation=world.team, registered_since=None)
    decide_all(referral=asked, on=ON, by=SYSTEM, at=AT)
    assert queues(world) == {"decide": ["An Test1"], "questions": ["An Test2"]}


def test_my_day_shows_a_draft_until_it_is_sent(world: World) -> None:
    """The round's proposal waits for the counsellor; once it is sent it comes back only when time runs out."""
    run(world.programme)
    assert queues(world) == {"drafts": ["An Test0"]}


def test_my_day_shows_an_answer_that_is_due(world: World) -> None:
    """A proposal without an answer comes up three days before it lapses."""
    propose_by_hand(referral=world.referral, place=world.place, motivation="", by=SYSTEM, at=AT)
    assert (queues(world, days=6), queues(world, days=8)) == ({}, {"answers": ["An Test0"]})


def test_my_day_never_hides_who_wants_a_call(world: World) -> None:
    """Somebody who asks to be called stands on top, also when put aside."""
    proposal = propose_by_hand(referral=world.referral, place=world.place, motivation="", by=SYSTEM, at=AT)
    answer_as_person(proposal=proposal, answer=Answer.CALL_ME, by=acting(world.an), at=AT)
    snooze(referral=Referral.objects.get(), until=ON + timedelta(days=30), reason="vakantie", by=acting(world.an), at=AT)
    assert queues(world) == {"wants_call": ["An Test0"]}


def test_my_day_brings_back_who_was_put_aside(world: World) -> None:
    """On the day itself, not before; with the words of who did it, which lie sealed."""
    snooze(referral=world.referral, until=ON + timedelta(days=5), reason="opname", by=acting(world.an), at=AT)
    [back] = my_day(acting(world.an), AT + timedelta(days=5)).queues
    assert (queues(world, days=4), queues(world, days=5)) == ({}, {"returned": ["An Test0"]})
    assert [person.details for person in back.people] == [("opname",)]


def test_my_day_tells_who_stands_still(world: World) -> None:
    """Longer than the programme's thirty days at one stage."""
    assert (queues(world, days=30), queues(world, days=31)) == ({}, {"stalled": ["An Test0"]})


def test_my_day_looks_ahead_at_a_decision_that_ends(world: World) -> None:
    """Within thirty days of its end, not before, and not once it has ended."""
    ends = Decision.objects.get(instrument="community_service").expires_on
    assert ends is not None
    left = (ends - ON).days
    seen = [sorted(person.detail for person in found.people) for days in (left - 31, left - 30, left) for found in expiring(world, days)]
    assert seen == [["community_service", "work_learning_place"]]


def test_my_day_of_a_lead_without_a_team_is_empty(world: World) -> None:
    """A role that reaches nobody is an empty day, not an error."""
    lead = make_user("nobody's", Role.TEAM_LEAD, programme=world.programme)
    found = my_day(acting(lead), AT)
    assert (found.queues, found.followed) == ((), 0)


def test_my_day_leaves_out_what_others_follow(world: World) -> None:
    """A colleague's people are the colleague's; the lead, who follows nobody, sees the whole team's day."""
    make_referral(world.programme, counsellor=world.bob, organisation=world.team)
    make_referral(world.programme, counsellor=world.stranger)
    assert queues(world) == {}
    found = my_day(acting(world.lead), AT)
    assert [(queue.name, queue.count, [person.counsellor for person in queue.people]) for queue in found.queues] == [("decide", 1, ["bob"])]


def test_my_day_counts_everybody_and_shows_five(world: World, browser: Browser) -> None:
    """The number is the whole queue's, and its own page shows them all."""
    for _ in range(7):
        make_referral(world.programme, counsellor=world.an, organisation=world.team)
    queue = my_day(acting(world.an), AT).queues[0]
    assert (queue.count, len(queue.people), queue.more) == (7, 5, 2)
    whole = whole_queue(acting(world.an), "decide", AT)
    assert whole is not None
    assert len(whole.people) == 7
    page = browser(world.an).get(reverse("counsellor:queue", args=["decide"]))
    assert page.content.decode().count("#beslissingen") == 7


def test_queue_without_a_name_is_not_there(world: World, browser: Browser) -> None:
    """A queue that does not exist is a page that does not exist."""
    assert browser(world.an).get(reverse("counsellor:queue", args=["other"])).status_code == 404


def test_my_day_asks_few_queries_however_many_wait(world: World, browser: Browser) -> None:
    """One person or thirty: the same number of queries, at most twelve."""
    client = browser(world.an)
    make_referral(world.programme, counsellor=world.an, organisation=world.team)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("counsellor:my_day"))
    for _ in range(29):
        make_referral(world.programme, counsellor=world.an, organisation=world.team)
    with CaptureQueriesContext(connection) as thirty:
        client.get(reverse("counsellor:my_day"))
    assert len(one) == len(thirty)
    assert len(thirty) <= 12


@pytest.mark.parametrize("name", ["my_day", "caseload", "team"])
def test_desk_is_not_there_for_others(world: World, browser: Browser, name: str) -> None:
    """A coordinator has another desk."""
    coordinator = make_user("c", Role.COORDINATOR, programme=world.programme)
    assert browser(coordinator).get(reverse(f"counsellor:{name}")).status_code == 404


def test_relay_offered_to_me_waits_on_top_of_others_work() -> None:
    """The recipient has a queue with the one thing to do; who wrote it has none until nobody answers."""
    ending = end(make_running())
    relay, recipient = make_offered(ending)
    by = counsellor_of(ending.placement)
    mine = [(queue.name, [person.thing_id for person in queue.people]) for queue in my_day(acting(recipient), THEN).queues]
    before = [queue.name for queue in my_day(by, THEN).queues]
    escalate_relays(by=SYSTEM, at=THEN + timedelta(days=11))
    late = {queue.name: queue.people for queue in my_day(by, THEN + timedelta(days=11)).queues}["relay_late"]
    assert (mine, before) == ([("relay_answer", [relay.pk])], [])
    assert [(person.detail, person.whom, person.thing_id) for person in late] == [("outcomes.relay.escalated", "Karim", relay.pk)]


def test_lead_who_also_counsels_sees_the_relays_of_the_team() -> None:
    """A relay that nobody answered about a colleague's person stands on the day of the lead; nothing else of that person does."""
    ending = end(make_running())
    relay, _ = make_offered(ending)
    organisation = ending.referral.counselling_organisation
    assert organisation is not None
    lead = make_user("Baas", Role.TEAM_LEAD, organisation=organisation)
    RoleGrant.objects.create(user=lead, role=Role.COUNSELLOR.value, organisation_id=organisation.pk, starts_on=date(2020, 1, 1))
    escalate_relays(by=SYSTEM, at=THEN + timedelta(days=11))
    found = my_day(acting(lead), THEN + timedelta(days=11))
    assert [(queue.name, [person.thing_id for person in queue.people]) for queue in found.queues] == [("relay_late", [relay.pk])]


def test_promised_relay_and_due_outcomes_are_on_my_day() -> None:
    """Who stopped and was to be handed over waits for a relay; each moment that is due waits for an answer, also in a closed file."""
    ending = end(make_running())
    by, later = counsellor_of(ending.placement), THEN + timedelta(days=93)
    first = {queue.name: [person.thing_id for person in queue.people] for queue in my_day(by, THEN + timedelta(days=1)).queues}
    Referral.objects.update(stage="closed")
    details = {queue.name: [person.detail for person in queue.people] for queue in my_day(by, later).queues}
    expected = [f"outcomes.moment.{due.moment.value}" for due in due_moments(by, later.date())]
    assert (first["hand_over"], first["outcomes"]) == ([ending.pk], [ending.pk])
    assert (details["outcomes"], expected) == (["outcomes.moment.exit", "outcomes.moment.m3"],) * 2


def test_agreement_says_whom_it_waits_for() -> None:
    """A line about an agreement names who has not signed, so that two lines of one place differ."""
    agreement = make_sent()
    line = next(queue.people[0] for queue in my_day(counsellor_of(agreement.placement), AT).queues if queue.name == "agreements")
    waiting = Signature.objects.filter(agreement=agreement, state="waiting").order_by("name").values_list("name", flat=True)
    assert (line.detail, line.whom, line.thing_id) == ("agreements.day.waiting", ", ".join(waiting), agreement.pk)


def test_tasks_of_one_person_are_one_line(world: World) -> None:
    """Two rules about the same person are one line with both; no contact is left out while something else is to be talked about."""
    for rule in ("goal_not_moved", "agreement_ending", "no_contact"):
        Task.objects.create(
            programme=world.programme, referral=world.referral, owner=world.an, rule=rule, once=rule, due_on=ON, opened_at=AT, facts={}
        )
    found = [
        (queue.name, queue.count, {detail for person in queue.people for detail in person.details})
        for queue in my_day(acting(world.an), AT).queues
    ]
    assert found == [("tasks", 1, {"followup.goal_not_moved", "followup.agreement_ending"})]
