"""Support plans: made when the work starts, shared, commented on and called right; actions are done or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of, self_of
from opstap.config.simulation.sayings import COMMENTS, GOALS
from opstap.engine.shared import Refused
from opstap.journey.plans.enums import ActionOwner, GoalState
from opstap.journey.plans.operations import (
    ActionTerms,
    GoalTerms,
    add_action,
    add_goal,
    agree_plan,
    comment_plan,
    complete_action,
    move_goal,
    new_version,
    share_plan,
    start_plan,
)
from opstap.journey.plans.queries import plan_in_force

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.journey.placements.models import Placement
    from opstap.journey.plans.models import SupportPlan
    from opstap.journey.referrals.models import Referral


def plan(world: World, placement: Placement, on: date) -> None:
    """Make the plan of somebody who starts, and share it."""
    referral, counsellor = placement.referral, world.cast.counsellor(placement.referral)
    who = key_of(placement.person)
    try:
        draft = _draft(world, referral, who, on)
        for _ in range(2 if draft.version == 1 else 1):
            focus, aim, step = world.next_of(GOALS, "goal", who)
            goal = add_goal(plan=draft, terms=GoalTerms(focus, aim, on + timedelta(days=90)), by=counsellor, at=world.at(on))
            terms = ActionTerms(step, ActionOwner.PERSON, on + timedelta(days=30))
            add_action(goal=goal, terms=terms, by=counsellor, at=world.at(on))
        shared = share_plan(plan=draft, by=counsellor, at=world.at(on, hour=16))
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.plans += 1
    me = self_of(placement.person)
    if world.luck.happens(0.3, "comments", who):
        comment_plan(plan=shared, text=world.next_of(COMMENTS, "comment", who), by=me, at=world.at(on, hour=17))
    if world.luck.happens(0.7, "agrees", who):
        agree_plan(plan=shared, by=me, at=world.at(on, hour=18))
    world.agenda.put(on + timedelta(days=world.luck.between(20, 80, "acts", who)), lambda day: _act(world, referral, who, day))


def _draft(world: World, referral: Referral, who: str, on: date) -> SupportPlan:
    """Return the draft to write: the first plan, or what continues the one that counts."""
    counsellor = world.cast.counsellor(referral)
    earlier = plan_in_force(NIGHT, referral.pk) if world.said["plan", who] else None
    world.said["plan", who] += 1
    if earlier is None:
        return start_plan(referral=referral, by=counsellor, at=world.at(on))
    return new_version(plan=earlier, by=counsellor, at=world.at(on))


def _act(world: World, referral: Referral, who: str, on: date) -> None:
    """Tick the actions that were done; a goal of which all is done is sometimes reached."""
    counsellor = world.cast.counsellor(referral)
    current = plan_in_force(NIGHT, referral.pk)
    if current is None:
        return
    for goal in current.goals.all():
        for number, action in enumerate(goal.actions.all()):
            if action.done_on is None and world.luck.happens(0.6, "does", who, goal.text, number):
                complete_action(action=action, on=None, by=counsellor, at=world.at(on))
        if goal.state == GoalState.OPEN and world.luck.happens(0.3, "reaches", who, goal.text):
            move_goal(goal=goal, to=GoalState.REACHED, by=counsellor, at=world.at(on))
