"""What a side has of plans: one that counts, with a goal and an action of the person, and the draft of its next version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM

from opstap.journey.plans.enums import ActionOwner, Focus
from opstap.journey.plans.models import Action, Competence, TaskGroup
from opstap.journey.plans.operations import ActionTerms, GoalTerms, add_action, add_goal, new_version, set_aim, share_plan, start_plan

if TYPE_CHECKING:
    from tests.house.access.world import Side


def plan_ahead(side: Side) -> None:
    """Give the first person of the side a shared plan and a draft that continues it."""
    terms = {"label": "Bibliotheek", "kind": "technical", "position": 1}
    group, _ = TaskGroup.objects.get_or_create(pk="library", defaults=terms)
    given = {"group": group, "kind": "technical", "label": "Boeken terugzetten", "plain": "Je zet boeken op hun plaats."}
    Competence.objects.get_or_create(pk="library.shelve", defaults=given)
    draft = start_plan(referral=side.referral, by=SYSTEM, at=AT)
    set_aim(plan=draft, aim="Werken in een bibliotheek", by=SYSTEM, at=AT)
    goal = add_goal(plan=draft, terms=GoalTerms(Focus.WORK, "Op tijd komen"), by=SYSTEM, at=AT)
    add_action(goal=goal, terms=ActionTerms("Wekker zetten", ActionOwner.PERSON, date(2023, 9, 20)), by=SYSTEM, at=AT)
    plan = share_plan(plan=draft, by=SYSTEM, at=AT)
    action = Action.objects.get(goal__plan=plan)
    following = Action.objects.get(goal__plan=new_version(plan=plan, by=SYSTEM, at=AT))
    side.parts |= {
        "plan_id": plan.pk,
        "action_id": action.pk,
        "goal_id": goal.pk,
        "draft_id": following.goal.plan_id,
        "draft_goal_id": following.goal_id,
        "draft_action_id": following.pk,
    }
