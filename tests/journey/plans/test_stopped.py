"""The plan of somebody who stopped: it can be read, and asks nothing of anybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.plans.cases import NOW, SYSTEM, make_desk, make_draft, make_shared

from opstap.desks.jobseeker.journey_next import plan_step
from opstap.engine.shared import Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import Content, queue_message
from opstap.journey.followup.models import Task
from opstap.journey.followup.operations import open_tasks
from opstap.journey.followup.queries import open_tasks_of, tasks_about, told_to_person
from opstap.journey.matching.operations import stop_journey
from opstap.journey.people.queries import recipient_of
from opstap.journey.plans.enums import ActionOwner
from opstap.journey.plans.operations import share_plan
from opstap.journey.plans.queries import open_actions
from opstap.journey.referrals.enums import ClosingReason
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.queries.journey_plan import journey_plan, own_plan

pytestmark = pytest.mark.django_db
MONTHS_ON = NOW + timedelta(days=100)


def stopped(referral: Referral, *, stage: str = "closed") -> Referral:
    """Return the referral, at another stage."""
    Referral.objects.filter(pk=referral.pk).update(stage=stage)
    return Referral.objects.get(pk=referral.pk)


def test_plan_asks_no_action_of_who_stopped() -> None:
    """While the person goes on the action is theirs to do; once stopped nothing is asked, on no page."""
    desk = make_desk()
    make_shared(desk)
    before = [action.text for action in open_actions(desk.person, desk.office.referral.pk, ActionOwner.PERSON)]
    referral = stopped(desk.office.referral)
    after = open_actions(desk.person, referral.pk, ActionOwner.PERSON)
    step = plan_step(desk.person, referral, MONTHS_ON)
    own = [action.is_mine for goal in own_plan(desk.person, referral, MONTHS_ON).goals for action in goal.actions]
    assert (before, after, step, own) == (["Een fiets zoeken"], [], None, [False])


@pytest.mark.parametrize(("stage", "expected"), [("placed", (True, True, True)), ("closed", (False, False, False))])
def test_plan_warns_only_while_somebody_goes_on(stage: str, expected: tuple[bool, ...]) -> None:
    """An action that is late, a version that is due and what a draft lacks are said of who goes on, of nobody who stopped."""
    desk = make_desk()
    make_draft(desk)
    referral = stopped(desk.office.referral, stage=stage)
    page = journey_plan(desk.staff, referral, MONTHS_ON)
    assert page is not None
    late = any(action.is_late for goal in page.goals for action in goal.actions)
    assert (late, page.due is not None, page.is_draft) == expected


def test_draft_of_who_stopped_is_not_sent() -> None:
    """No message leaves: sharing is refused with what to do first."""
    desk = make_desk()
    plan = make_draft(desk)
    stopped(desk.office.referral)
    with pytest.raises(Refused) as refused:
        share_plan(plan=plan, by=desk.staff, at=NOW)
    assert refused.value.reason.code == "plans.person_stopped"


def test_task_about_who_stopped_waits_for_nobody() -> None:
    """A task that was open when the person stopped is asked of nobody and told to nobody at once, and the night closes it."""
    desk = make_desk()
    make_shared(desk)
    referral = stopped(desk.office.referral, stage="placed")
    Referral.objects.update(last_contact_at=MONTHS_ON)
    open_tasks(by=SYSTEM, at=MONTHS_ON)
    opened, on = [task.rule for task in open_tasks_of(desk.staff, MONTHS_ON.date())], MONTHS_ON.date()
    referral = stopped(referral)
    after = (list(open_tasks_of(desk.staff, on)), tasks_about(desk.staff, referral), told_to_person(desk.person, referral.pk, on))
    open_tasks(by=SYSTEM, at=MONTHS_ON + timedelta(days=1))
    assert (opened, after) == (["goal_not_moved"], ([], [], []))
    assert list(Task.objects.values_list("state", "end_reason")) == [("done", "cause_gone")]


def test_what_waited_about_the_plan_is_not_said_any_more() -> None:
    """Stopping cancels the message about the plan before it leaves; what the person must know still goes, and nobody else's is touched."""
    desk, other = make_desk(), make_desk()
    for each in (desk, other):
        make_shared(each)
    told = Message.objects.get(code="message.plan", link_subject=desk.office.referral.pk)
    must = queue_message(
        content=Content("message.plan", {}, Weight.MUST, LinkPurpose.PERSON_JOURNEY, desk.office.referral.pk),
        recipient=recipient_of(desk.office.referral.person), subject_kind="support_plan", subject_id=told.subject_id, by=SYSTEM, at=NOW,
    )  # fmt: skip
    assert must is not None
    stop_journey(referral=desk.office.referral, why=ClosingReason.FOUND_WORK, words="werk gevonden", by=SYSTEM, at=NOW)
    states = [Message.objects.get(pk=pk).state for pk in (told.pk, must.pk)]
    assert (states, Message.objects.get(code="message.plan", link_subject=other.office.referral.pk).state) == (
        ["cancelled", "queued"],
        "queued",
    )
