"""A plan at the counsellor's desk: begun with one click, written, shared, ticked, continued and printed, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.journey.plans.cases import NOW, Desk, make_desk, make_draft, make_shared

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.plans.models import Action, Goal, SupportPlan
from opstap.journey.plans.operations import share_plan
from opstap.journey.plans.queries import levels_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand_still(settings: Settings) -> Iterator[None]:
    """Let it be the Monday of the tests."""
    settings.FIXED_TODAY = None
    with time_machine.travel(NOW, tick=False):
        yield


def at_desk(desk: Desk) -> Client:
    """Return a browser in which the counsellor is logged in."""
    client = Client()
    client.force_login(desk.office.counsellor)
    return client


def send(client: Client, name: str, args: list[Any], **given: object) -> Any:  # noqa: ANN401 - a response
    """Send a form of the desk and follow where it leads."""
    return client.post(reverse(f"counsellor:{name}", args=args), {"once_key": str(uuid4()), **given}, follow=True)


def text_of(client: Client, desk: Desk, query: str = "") -> str:
    """Return the page of the plan."""
    return client.get(reverse("counsellor:plan", args=[desk.office.referral.pk]) + query).content.decode()


def test_plan_is_begun_with_one_click() -> None:
    """What the place teaches stands there as goals; the page says what must be there and what is missing."""
    desk = make_desk()
    client = at_desk(desk)
    empty = text_of(client, desk)
    send(client, "plan", [desk.office.referral.pk])
    page = text_of(client, desk)
    shown = [
        "Er is nog geen plan" in empty,
        "ten laatste op 18 september 2023" in empty,
        "Groenten wassen en snijden" in page,
        "Schrijf waar de persoon naartoe wil." in page,
    ]
    assert shown == [True] * 4


def test_plan_is_written_and_shared() -> None:
    """Aim, goal, action and level are written on the desk; then it goes to the person."""
    desk = make_desk()
    client, referral = at_desk(desk), desk.office.referral
    send(client, "plan", [referral.pk])
    plan = SupportPlan.objects.get(referral=referral)
    send(client, "plan_aim", [plan.pk], aim="Werken in een keuken")
    send(client, "plan_new_goal", [plan.pk], focus="learn", competence="kitchen.dishes", text="", target_on="2023-12-01")
    goal = Goal.objects.get(competence="kitchen.dishes")
    send(client, "plan_new_action", [goal.pk], text="Samen afwassen", owner="mentor", due_on="2023-10-01")
    send(client, "plan_level", [referral.pk], competence="kitchen.dishes", present="1", future="3")
    send(client, "plan_step", [plan.pk, "delen"])
    plan.refresh_from_db()
    levels = [(each.competence.pk, each.present, each.future) for each in levels_of(desk.staff, referral)]
    assert (plan.state, plan.aim, goal.text, levels) == ("shared", "Werken in een keuken", "Afwassen", [("kitchen.dishes", 1, 3)])


def test_form_that_is_not_right_keeps_what_was_written() -> None:
    """Somebody else without a name is asked for the name, on a page with everything that was filled in."""
    desk = make_desk()
    client, goal = at_desk(desk), make_draft(desk).goals.first()
    assert goal is not None
    response = send(client, "plan_new_action", [goal.pk], text="Fiets herstellen", owner="other")
    page = response.content.decode()
    assert (response.status_code, "Schrijf wie het doet." in page, "Fiets herstellen" in page) == (422, True, True)


def test_goal_and_action_are_changed_and_taken_out() -> None:
    """Until it is shared everything can be written anew or removed."""
    desk = make_desk(teaches=[])
    client, plan = at_desk(desk), make_draft(desk)
    goal, action = plan.goals.get(), Action.objects.get(goal__plan=plan)
    send(client, "plan_goal", [goal.pk], focus="work", text="Op tijd komen", competence="", target_on="")
    send(client, "plan_action", [action.pk], text="Wekker zetten", owner="person", due_on="2023-10-05")
    goal.refresh_from_db()
    changed = (goal.focus, Goal.objects.get(pk=goal.pk).text, Action.objects.get(pk=action.pk).text)
    send(client, "plan_action", [action.pk], remove="1")
    send(client, "plan_goal", [goal.pk], remove="1")
    assert (changed, plan.goals.count()) == (("work", "Op tijd komen", "Wekker zetten"), 0)


def test_shared_plan_is_ticked_and_continued() -> None:
    """An action is ticked, a goal reached, the person's yes noted, and a next version begun and thrown away."""
    desk = make_desk(teaches=[])
    client, plan = at_desk(desk), make_shared(desk)
    goal, action = plan.goals.get(), Action.objects.get(goal__plan=plan)
    send(client, "plan_tick", [action.pk], done="1")
    send(client, "plan_goal_state", [goal.pk], state="reached")
    send(client, "plan_step", [plan.pk, "klopt"])
    send(client, "plan_remark", [plan.pk], text="Goed gedaan.")
    send(client, "plan_step", [plan.pk, "nieuw"])
    draft = SupportPlan.objects.get(referral=desk.office.referral, state="draft")
    earlier = text_of(client, desk, "?versie=1")
    send(client, "plan_step", [draft.pk, "weg"])
    action.refresh_from_db()
    goal.refresh_from_db()
    plan.refresh_from_db()
    found = (action.done_on is not None, goal.state, plan.state, draft.version, "Goed gedaan." in earlier)
    assert (*found, SupportPlan.objects.count()) == (True, "reached", "agreed", 2, True, 1)


def test_what_is_not_possible_is_said_on_the_page() -> None:
    """A plan with something missing is not shared, and the page says what."""
    desk = make_desk(teaches=[])
    client = at_desk(desk)
    send(client, "plan", [desk.office.referral.pk])
    plan = SupportPlan.objects.get()
    page = send(client, "plan_step", [plan.pk, "delen"]).content.decode()
    plan.refresh_from_db()
    assert (plan.state, "Schrijf waar de persoon naartoe wil." in page) == ("draft", True)


def test_late_plan_is_said() -> None:
    """After the first working day the page says that it is late."""
    desk = make_desk()
    with time_machine.travel("2023-09-20", tick=False):
        assert "Het plan is te laat" in text_of(at_desk(desk), desk)


def test_plan_that_came_late_is_not_late_for_ever() -> None:
    """Once a version counts, nobody is told each day that the first one should have been there sooner."""
    desk = make_desk()
    share_plan(plan=make_draft(desk), by=desk.staff, at=NOW + timedelta(days=15))
    with time_machine.travel("2023-09-20", tick=False):
        assert "Het plan is te laat" not in text_of(at_desk(desk), desk)


def test_plan_is_printed_and_each_reading_kept() -> None:
    """The file is a tagged PDF; looking and printing are rows of the log."""
    desk = make_desk()
    client, plan = at_desk(desk), make_shared(desk)
    text_of(client, desk)
    response = client.get(reverse("counsellor:plan_pdf", args=[plan.pk]))
    content = response.content
    reads = AuditEntry.objects.filter(action="read_plan", person_id=desk.office.referral.person_id).count()
    assert (content[:5], b"/MarkInfo" in content, response["Cache-Control"], reads) == (b"%PDF-", True, "private, no-store", 2)


def test_unknown_version_is_not_there() -> None:
    """A version that never was is a page that is not there."""
    desk = make_desk()
    make_shared(desk)
    address = reverse("counsellor:plan", args=[desk.office.referral.pk])
    assert [at_desk(desk).get(f"{address}?versie={number}").status_code for number in (1, 9)] == [200, 404]


def test_plan_tells_how_a_competence_went() -> None:
    """Two levels of one competence are a story with days and where each comes from; one level is none."""
    desk = make_desk()
    client, referral = at_desk(desk), desk.office.referral
    send(client, "plan", [referral.pk])
    send(client, "plan_level", [referral.pk], competence="kitchen.dishes", present="1", future="")
    first = text_of(client, desk)
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        send(client, "plan_level", [referral.pk], competence="kitchen.dishes", present="2", future="")
        second = text_of(client, desk)
    row = levels_of(desk.staff, referral)[0]
    assert ("Hoe het ging" in first, "Hoe het ging" in second, "uit het gesprek over het plan" in second) == (False, True, True)
    assert [level.level for level in row.history] == [2, 1]
