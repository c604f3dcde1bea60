"""Writing a draft: where somebody wants to go, goals and actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation
from opstap.journey.plans.enums import ActionOwner, Focus
from opstap.journey.plans.models import Action, Competence, Goal, SupportPlan
from opstap.journey.plans.operations.steps import note, written

MOST_GOALS = 30
MOST_ACTIONS = 30
LONGEST = 500


@dataclass(frozen=True, slots=True)
class GoalTerms:
    """What a goal says: what it is about, in words, by when, and the competence that it is about."""

    focus: Focus
    text: str
    target_on: date | None = None
    competence: Competence | None = None


@dataclass(frozen=True, slots=True)
class ActionTerms:
    """What an action says: what is done, by whom (with a name for another than the three), by when."""

    text: str
    owner: ActionOwner
    due_on: date | None = None
    owner_name: str = ""


@operation
def set_aim(*, plan: SupportPlan, aim: str, by: Actor, at: datetime) -> SupportPlan:
    """Say where the person wants to go. Raises `Refused` for who may not, and once the plan was shared."""
    row = written(plan, by)
    row.aim = aim.strip()[:LONGEST] or None
    row.save(update_fields=["aim"])
    note(row, "change_plan", by, at, {"part": "aim"})
    return row


@operation
def add_goal(*, plan: SupportPlan, terms: GoalTerms, by: Actor, at: datetime) -> Goal:
    """Add a goal to a draft. Raises `Refused` for who may not, once shared, without words, and for more than 30."""
    row = written(plan, by)
    places = list(row.goals.order_by().values_list("position", flat=True))
    if len(places) >= MOST_GOALS:
        raise Refused(Reason("plans.enough", {"most": MOST_GOALS}))
    goal = Goal(plan=row, position=max(places, default=-1) + 1, moved_at=at)
    _write_goal(goal, terms)
    goal.save()
    note(row, "change_plan", by, at, {"part": "goal"})
    return goal


@operation
def change_goal(*, goal: Goal, terms: GoalTerms, by: Actor, at: datetime) -> Goal:
    """Write a goal of a draft anew. Raises `Refused` for who may not, once shared, and without words."""
    plan = written(goal.plan, by)
    row = Goal.objects.get(pk=goal.pk)
    _write_goal(row, terms)
    row.save()
    note(plan, "change_plan", by, at, {"part": "goal"})
    return row


@operation
def remove_goal(*, goal: Goal, by: Actor, at: datetime) -> None:
    """Take a goal and its actions out of a draft. Raises `Refused` for who may not, and once shared."""
    plan = written(goal.plan, by)
    Goal.objects.filter(pk=goal.pk).delete()
    note(plan, "change_plan", by, at, {"part": "goal"})


@operation
def add_action(*, goal: Goal, terms: ActionTerms, by: Actor, at: datetime) -> Action:
    """Add an action to a goal of a draft. Raises `Refused` for who may not, once shared, without words, and for more than 30."""
    plan = written(goal.plan, by)
    places = list(Action.objects.filter(goal_id=goal.pk).order_by().values_list("position", flat=True))
    if len(places) >= MOST_ACTIONS:
        raise Refused(Reason("plans.enough", {"most": MOST_ACTIONS}))
    action = Action(goal_id=goal.pk, position=max(places, default=-1) + 1)
    _write_action(action, terms)
    action.save()
    note(plan, "change_plan", by, at, {"part": "action"})
    return action


@operation
def change_action(*, action: Action, terms: ActionTerms, by: Actor, at: datetime) -> Action:
    """Write an action of a draft anew. Raises `Refused` for who may not, once shared, and without words."""
    plan = written(action.goal.plan, by)
    row = Action.objects.get(pk=action.pk)
    _write_action(row, terms)
    row.save()
    note(plan, "change_plan", by, at, {"part": "action"})
    return row


@operation
def remove_action(*, action: Action, by: Actor, at: datetime) -> None:
    """Take an action out of a draft. Raises `Refused` for who may not, and once shared."""
    plan = written(action.goal.plan, by)
    Action.objects.filter(pk=action.pk).delete()
    note(plan, "change_plan", by, at, {"part": "action"})


def _write_goal(goal: Goal, terms: GoalTerms) -> None:
    text = terms.text.strip()[:LONGEST] or (terms.competence.label if terms.competence else "")
    if not text:
        raise Refused(Reason("plans.needs_words"))
    goal.focus, goal.text, goal.target_on, goal.competence = terms.focus.value, text, terms.target_on, terms.competence


def _write_action(action: Action, terms: ActionTerms) -> None:
    text, name = terms.text.strip()[:LONGEST], terms.owner_name.strip()[:100]
    if not text:
        raise Refused(Reason("plans.needs_words"))
    if terms.owner is ActionOwner.OTHER and not name:
        raise Refused(Reason("plans.other_needs_name"))
    action.text, action.owner, action.due_on = text, terms.owner.value, terms.due_on
    action.owner_name = name if terms.owner is ActionOwner.OTHER else ""
