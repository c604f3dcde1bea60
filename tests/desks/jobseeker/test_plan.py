"""The person's own plan by link: plain words, own words, own ticks, and "this is right"."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.desks.jobseeker.test_journey import link_of, post
from tests.journey.plans.cases import NOW, Desk, make_desk, make_draft, make_shared

from opstap.journey.plans.enums import ActionOwner, Level
from opstap.journey.plans.models import Action, Competence, PlanComment
from opstap.journey.plans.operations import ActionTerms, add_action, complete_action, set_level, share_plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand_still(settings: Settings) -> Iterator[None]:
    """Let it be the Monday of the tests."""
    settings.FIXED_TODAY = None
    with time_machine.travel(NOW, tick=False):
        yield


def page_of(client: Client, desk: Desk, name: str = "plan") -> str:
    """Return a page of the person's journey."""
    return client.get(reverse(f"jobseeker:{name}", args=[link_of(desk.office).token])).content.decode()


def test_draft_is_not_shown(client: Client) -> None:
    """What is being written is not on the person's page, and asks nothing of them."""
    desk = make_desk()
    make_draft(desk)
    assert ("Er is nog geen plan." in page_of(client, desk), "Lees je plan" in page_of(client, desk, "journey")) == (True, False)


def test_plan_is_read_in_plain_words(client: Client) -> None:
    """The aim, who does what, and the levels in words; no number stands for a person."""
    desk = make_desk()
    make_shared(desk)
    dishes = Competence.objects.get(pk="kitchen.dishes")
    set_level(referral=desk.office.referral, competence=dishes, level=Level.WITH_HELP, by=desk.staff, at=NOW)
    page = page_of(client, desk)
    said = ("Werken in een keuken", "Dit doe jij", "Een fiets zoeken", "Je wast af met de hand of met de machine.", "met hulp")
    assert [words for words in said if words not in page] == []


def test_person_says_it_is_right_in_own_words(client: Client) -> None:
    """Both stay; the next step is what the plan says."""
    desk = make_desk()
    plan = make_shared(desk)
    before = "Lees je plan" in page_of(client, desk, "journey")
    token = link_of(desk.office).token
    post(client, "plan", [token], text="Ik wil liever bakken.")
    post(client, "plan_agree", [token])
    plan.refresh_from_db()
    said = [(row.by_side, row.text) for row in PlanComment.objects.all()]
    after = "Voor 2 oktober 2023: Een fiets zoeken" in page_of(client, desk, "journey")
    assert (before, plan.state, plan.agreed_channel, said, after) == (True, "agreed", "link", [("person", "Ik wil liever bakken.")], True)


def test_action_of_which_the_day_passed_is_asked_about(client: Client) -> None:
    """Nobody is told to do something before a day that was."""
    desk = make_desk()
    make_shared(desk)
    token = link_of(desk.office).token
    post(client, "plan_agree", [token])
    with time_machine.travel("2023-10-03", tick=False):
        page = client.get(reverse("jobseeker:journey", args=[token])).content.decode()
    assert "Dit was voor 2 oktober 2023: Een fiets zoeken. Deed je het al?" in page


def test_empty_words_are_asked_again(client: Client) -> None:
    """Nothing is kept of an empty box."""
    desk = make_desk()
    make_shared(desk)
    response = post(client, "plan", [link_of(desk.office).token], text=" ")
    assert (response.status_code, PlanComment.objects.count()) == (422, 0)


def test_person_ticks_own_action_only(client: Client) -> None:
    """The button stands at the own action; somebody else's cannot be ticked from this page."""
    desk = make_desk()
    draft = make_draft(desk)
    goal = Action.objects.get(goal__plan=draft).goal
    add_action(goal=goal, terms=ActionTerms("Voordoen", ActionOwner.MENTOR), by=desk.staff, at=NOW)
    share_plan(plan=draft, by=desk.staff, at=NOW)
    mine, mentors = (Action.objects.get(goal=goal, owner=owner) for owner in ("person", "mentor"))
    token = link_of(desk.office).token
    buttons = page_of(client, desk).count("Dit heb ik gedaan")
    statuses = [post(client, "plan_tick", [token, row.pk], done="1").status_code for row in (mine, mentors)]
    for row in (mine, mentors):
        row.refresh_from_db()
    assert (buttons, statuses, mine.done_on is not None, mentors.done_on) == (1, [302, 409], True, None)


def test_done_action_is_no_step_any_more(client: Client) -> None:
    """What is ticked is not asked again: the plan stays there to look at."""
    desk = make_desk()
    plan = make_shared(desk)
    post(client, "plan_agree", [link_of(desk.office).token])
    complete_action(action=Action.objects.select_related("goal__plan__referral").get(goal__plan=plan), by=desk.staff, at=NOW)
    page = page_of(client, desk, "journey")
    assert ("Een fiets zoeken" in page, "Jouw plan" in page) == (False, True)


def test_plan_of_somebody_else_is_not_there(client: Client) -> None:
    """A link opens the own plan alone; another's action is nowhere."""
    desk, other = make_desk(), make_desk()
    make_shared(other)
    token = link_of(desk.office).token
    action = Action.objects.get()
    statuses = [
        client.get(reverse("jobseeker:plan_pdf", args=[token])).status_code,
        post(client, "plan_agree", [token]).status_code,
        post(client, "plan_tick", [token, action.pk], done="1").status_code,
    ]
    assert statuses == [404, 404, 404]


def test_person_prints_the_plan(client: Client) -> None:
    """The same plan as a file."""
    desk = make_desk()
    make_shared(desk)
    response = client.get(reverse("jobseeker:plan_pdf", args=[link_of(desk.office).token]))
    assert response.content[:5] == b"%PDF-"
