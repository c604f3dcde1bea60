"""Somebody's plan as the counsellor works on it, as the person reads it, and as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.journey.evaluations.queries.evaluations import evaluations_of
from opstap.journey.plans.assembly import Duty, due_of, duties_on, missing_of
from opstap.journey.plans.enums import GOAL_TRANSITIONS, IN_FORCE, ActionOwner, CommentSide, Focus, GoalState, PlanKind, PlanState
from opstap.journey.plans.models import Action, Goal, PlanComment, SupportPlan
from opstap.journey.plans.permissions import is_own_plan, may_keep_plan
from opstap.journey.plans.queries import Standing, comments_of, levels_of, placement_of, versions_of, with_goals
from opstap.journey.referrals.enums import Scope, Stage
from opstap.journey.referrals.queries import shared_referral

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class ActionRow:
    """What somebody does for a goal: `is_mine` when it is the reader's to tick."""

    id: UUID
    text: str
    owner: ActionOwner
    owner_name: str
    due_on: date | None
    done_on: date | None
    is_late: bool
    is_mine: bool

    @property
    def who(self) -> Reason:
        """Who does it."""
        return Reason(f"plans.owner.{self.owner.value}")


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its actions; `next_states` are what can be said of it now."""

    id: UUID
    focus: Focus
    text: str
    competence: str
    target_on: date | None
    state: GoalState
    next_states: tuple[GoalState, ...]
    actions: tuple[ActionRow, ...]

    @property
    def about(self) -> Reason:
        """What the goal is about."""
        return Reason(f"plans.focus.{self.focus.value}")


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One version of somebody's plan, or none yet (`plan` is None); `due` is what must be there next, `missing` what a draft lacks."""

    referral: Referral
    plan: SupportPlan | None
    goals: tuple[GoalRow, ...]
    missing: tuple[Reason, ...]
    standings: tuple[Standing, ...]
    duties: tuple[Duty, ...]
    comments: tuple[PlanComment, ...]
    versions: tuple[SupportPlan, ...]
    on: date

    @property
    def rests(self) -> bool:
        """Whether the person stopped: the plan can be read, and asks nothing of anybody."""
        return self.referral.stage == Stage.CLOSED

    @property
    def is_draft(self) -> bool:
        """Whether this version is being written."""
        return self.plan is not None and self.plan.state == PlanState.DRAFT and not self.rests

    @property
    def counts(self) -> bool:
        """Whether this is the version that counts, and is worked with."""
        return self.plan is not None and self.plan.state in IN_FORCE and not self.rests

    @property
    def draft(self) -> SupportPlan | None:
        """The version that is being written, beside this one."""
        return next((row for row in self.versions if row.state == PlanState.DRAFT), None)

    @property
    def due(self) -> Duty | None:
        """What is to be done first, when something is: a first version that came late is there all the same."""
        is_there = any(row.state in IN_FORCE for row in self.versions)
        return due_of([duty for duty in self.duties if not (is_there and duty.from_on is None)])

    @property
    def due_in_words(self) -> Reason | None:
        """What is to be done first, as a reason to say."""
        return duty_in_words(self.due) if self.due else None

    @property
    def is_late(self) -> bool:
        """Whether the day of what is due has passed."""
        return self.due is not None and self.due.is_late(self.on)

    @property
    def progress(self) -> tuple[int, int]:
        """How many actions are done, of how many."""
        actions = [action for goal in self.goals for action in goal.actions]
        return sum(action.done_on is not None for action in actions), len(actions)

    @property
    def from_person(self) -> tuple[PlanComment, ...]:
        """What the person said."""
        return tuple(comment for comment in self.comments if comment.by_side == CommentSide.PERSON)


def duty_in_words(duty: Duty) -> Reason:
    """Return a duty as a reason to say."""
    facts = {"on": duty.due_on.isoformat(), "from": duty.from_on.isoformat() if duty.from_on else ""}
    return Reason(duty.code, facts)


def planned_referral(actor: Actor, referral_id: UUID) -> Referral | None:
    """Return a referral whose plan the actor keeps, in full or for the plan alone, with its person; or None."""
    found = shared_referral(actor, referral_id)
    return found[0] if found and found[1] & {Scope.FULL, Scope.PLAN} else None


def journey_plan(actor: Actor, referral: Referral, at: datetime, *, version: int | None = None) -> PlanPage | None:
    """Return the plan of somebody for who keeps it, or None: a version by its number, else the draft, else the one that counts."""
    if not may_keep_plan(actor, referral):
        return None
    versions = versions_of(actor, referral.pk)
    chosen = next((row for row in versions if row.version == version), None) if version else next(iter(versions), None)
    if version and chosen is None:
        return None
    return _page(actor, referral, at, chosen, tuple(versions))


def own_plan(actor: Actor, referral: Referral, at: datetime) -> PlanPage:
    """Return the version that counts as the person reads it; `plan` is None while nothing was shared."""
    versions = tuple(versions_of(actor, referral.pk))
    chosen = next((row for row in versions if row.state in IN_FORCE and is_own_plan(actor, row)), None)
    return _page(actor, referral, at, chosen, versions)


def _page(actor: Actor, referral: Referral, at: datetime, chosen: SupportPlan | None, versions: tuple[SupportPlan, ...]) -> PlanPage:
    on, rests = localdate(at), referral.stage == Stage.CLOSED
    whole = with_goals(chosen) if chosen else None
    as_of = whole.superseded_at if whole else None
    return PlanPage(
        referral=referral,
        plan=whole,
        goals=tuple(_goal(goal, actor, on, rests=rests) for goal in whole.goals.all()) if whole else (),
        missing=tuple(_missing(whole, on)) if whole and not rests else (),
        standings=tuple(levels_of(actor, referral, as_of)),
        duties=() if rests else tuple(_duties(actor, referral, versions, on)),
        comments=tuple(comments_of(actor, referral.pk)) if versions else (),
        versions=versions,
        on=on,
    )


def _goal(goal: Goal, actor: Actor, on: date, *, rests: bool) -> GoalRow:
    state = GoalState(goal.state)
    return GoalRow(
        id=goal.pk,
        focus=Focus(goal.focus),
        text=goal.text,
        competence=goal.competence.plain if goal.competence else "",
        target_on=goal.target_on,
        state=state,
        next_states=() if rests else tuple(sorted(GOAL_TRANSITIONS[state], key=list(GoalState).index)),
        actions=tuple(_action(action, actor, on, rests=rests) for action in goal.actions.all()),
    )


def _action(action: Action, actor: Actor, on: date, *, rests: bool) -> ActionRow:
    is_late = not rests and action.done_on is None and action.due_on is not None and action.due_on < on
    owner = ActionOwner(action.owner)
    is_mine = not rests and (actor.person_id is None or owner is ActionOwner.PERSON)
    return ActionRow(action.pk, action.text, owner, action.owner_name, action.due_on, action.done_on, is_late, is_mine)


def _missing(plan: SupportPlan, on: date) -> list[Reason]:
    """Return what keeps a draft from being shared."""
    if plan.state != PlanState.DRAFT:
        return []
    goals = [goal for goal in plan.goals.all() if goal.state != GoalState.DROPPED]
    dated = sum(action.due_on is not None for goal in goals for action in goal.actions.all())
    return missing_of(PlanKind(plan.kind), has_aim=bool(plan.aim), goals=len(goals), dated_actions=dated, on=on)


def _duties(actor: Actor, referral: Referral, versions: tuple[SupportPlan, ...], on: date) -> list[Duty]:
    """Return what must be there for somebody who works, or soon will; nothing before."""
    placement = placement_of(referral)
    if placement is None:
        return []
    is_pop = any(row.kind == PlanKind.POP for row in versions)
    kind = PlanKind.POP if is_pop else PlanKind.SUPPORT
    asked = sorted(set(evaluations_of(actor, referral.pk, on).values_list("due_on", flat=True))) if is_pop else []
    return duties_on(kind, placement.period.lower, asked, [row.shared_on for row in versions if row.shared_on])
