"""Starting a plan from what is known, and a new version from the one before."""

from __future__ import annotations

from datetime import datetime

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.rows import add_rows
from opstap.journey.placements.models import Placement
from opstap.journey.plans.enums import Focus, GoalState, PlanKind, PlanState
from opstap.journey.plans.models import Action, Goal, SupportPlan
from opstap.journey.plans.operations.steps import kept, note
from opstap.journey.plans.permissions import may_keep_plan
from opstap.journey.plans.queries import offered_competences, placement_of
from opstap.journey.referrals.models import Referral

_MOST_PREFILLED = 10


@operation
def start_plan(*, referral: Referral, kind: PlanKind | None = None, by: Actor, at: datetime) -> SupportPlan:
    """Return the plan that is being written, or a first draft from what is known: the wishes, the learning goals, what the place teaches.

    `kind`: a POP for work at a social enterprise when nothing is said. Raises `Refused` for who may not, and when a plan was shared
    already: that continues in a new version.
    """
    lock_in_order(f"plan:{referral.pk}")
    if not may_keep_plan(by, referral):
        raise Refused(Reason("plans.may_not_keep"))
    latest = SupportPlan.objects.filter(referral=referral).order_by("-version").first()
    if latest is not None and latest.state != PlanState.DRAFT:
        raise Refused(Reason("plans.there_is_one", {"version": latest.version}))
    if latest is not None:
        note(latest, "find_plan", by, at)
        return latest
    placement = placement_of(referral)
    plan = SupportPlan(referral=referral, version=1, state=PlanState.DRAFT.value, made_by=by.label[:200], made_at=at)
    plan.kind = (kind or kind_for(placement)).value
    plan.aim = ", ".join(referral.person.wishes)[:500] or None
    plan.save()
    _prefill(plan, placement, at)
    note(plan, "start_plan", by, at, {"kind": plan.kind})
    return plan


def kind_for(placement: Placement | None) -> PlanKind:
    """Return which plan belongs to somebody's work: a POP at a social enterprise, otherwise a support plan."""
    is_custom_work = placement is not None and placement.seat.place.organisation.kind == OrganisationKind.SOCIAL_ENTERPRISE
    return PlanKind.POP if is_custom_work else PlanKind.SUPPORT


def _prefill(plan: SupportPlan, placement: Placement | None, at: datetime) -> None:
    """Put what the person wants to learn and what the place teaches as goals, each once, with the competence that has this name."""
    by_label = offered_competences(plan.referral)
    texts = [*plan.referral.person.learning_goals, *(placement.seat.place.teaches if placement else [])]
    goals: dict[str, Goal] = {}
    for text in texts:
        key = fold(text)
        if not key or key in goals or len(goals) >= _MOST_PREFILLED:
            continue
        focus = Focus.DUTCH if "nederlands" in key else Focus.LEARN
        competence = by_label.get(key)
        goal = Goal(plan=plan, focus=focus.value, competence=competence, position=len(goals), moved_at=at)
        goal.text = competence.label if competence else text[:1].upper() + text[1:]
        goals[key] = goal
    add_rows(goals.values())


@operation
def new_version(*, plan: SupportPlan, kind: PlanKind | None = None, by: Actor, at: datetime) -> SupportPlan:
    """Return the draft that continues a shared plan: a copy of what still counts. The plan itself counts until the draft is shared.

    Goals that were let go are not copied. Raises `Refused` for who may not, and for a version that is not the one that counts.
    """
    row = kept(plan, by)
    if row.state not in {PlanState.SHARED, PlanState.AGREED}:
        raise Refused(Reason("plans.not_the_one_that_counts"))
    existing = SupportPlan.objects.filter(referral=row.referral, state=PlanState.DRAFT).first()
    if existing is not None:
        note(existing, "find_plan", by, at)
        return existing
    draft = SupportPlan(
        referral=row.referral, kind=(kind or PlanKind(row.kind)).value, version=row.version + 1, state=PlanState.DRAFT.value, made_at=at
    )
    draft.made_by, draft.aim = by.label[:200], row.aim
    draft.save()
    _copy(row, draft)
    note(draft, "start_plan", by, at, {"kind": draft.kind})
    return draft


def _copy(plan: SupportPlan, draft: SupportPlan) -> None:
    goals = {goal.pk: goal for goal in plan.goals.exclude(state=GoalState.DROPPED)}
    copies = {pk: _copied_goal(goal, draft) for pk, goal in goals.items()}
    add_rows(copies.values())
    add_rows(_copied_action(action, copies[action.goal_id]) for action in Action.objects.filter(goal__in=goals))


def _copied_goal(goal: Goal, draft: SupportPlan) -> Goal:
    kept_terms = {name: getattr(goal, name) for name in ("focus", "competence_id", "target_on", "state", "moved_at", "position")}
    copy = Goal(plan=draft, copied_from=goal, **kept_terms)
    copy.text = goal.text
    return copy


def _copied_action(action: Action, goal: Goal) -> Action:
    kept_terms = {name: getattr(action, name) for name in ("owner", "owner_name", "due_on", "done_on", "done_by", "position")}
    copy = Action(goal=goal, copied_from=action, **kept_terms)
    copy.text = action.text
    return copy


@operation
def drop_draft(*, plan: SupportPlan, by: Actor, at: datetime) -> None:
    """Throw away a version that was never shared. Raises `Refused` for who may not, and once it was shared."""
    row = kept(plan, by)
    if row.state != PlanState.DRAFT:
        raise Refused(Reason("plans.is_shared"))
    note(row, "drop_draft", by, at)
    row.delete()
