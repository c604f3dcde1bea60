"""What was done, what was reached, and what somebody can do: on the version that counts and on the draft that continues it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.prepared import Prepared, RowByKey
from opstap.foundation.rows import write_rows
from opstap.journey.plans.enums import GOAL_TRANSITIONS, GoalState, Level, LevelKind, LevelSource, PlanState
from opstap.journey.plans.models import Action, Competence, CompetenceLevel, Goal
from opstap.journey.plans.operations.steps import kept, locked, note
from opstap.journey.plans.permissions import may_set_level, may_tick
from opstap.journey.referrals.models import Referral

_ACTION = RowByKey(Action.objects.select_related("goal__plan__referral"))


@operation
def complete_action(*, action: Action, on: date | None = None, by: Actor, at: datetime) -> Action:
    """Tick an action as done, today or on an earlier day; its goal moves. Done already stays as it was.

    Raises `Refused` for who may not tick it, for a version that was followed by a later one, and for a day in the future.
    """
    day = on or localdate(at)
    if day > localdate(at):
        raise Refused(Reason("plans.done_in_future"))
    return _tick(action, day, by, at)


@operation
def reopen_action(*, action: Action, by: Actor, at: datetime) -> Action:
    """Take back that an action was done. Raises `Refused` as `complete_action`."""
    return _tick(action, None, by, at)


def _tick(action: Action, day: date | None, by: Actor, at: datetime) -> Action:
    plan = locked(action.goal.plan_id, action.goal.plan.referral_id)
    row = _ACTION(action.pk)
    if not may_tick(by, row):
        raise Refused(Reason("plans.may_not_tick"))
    if plan.state == PlanState.SUPERSEDED:
        raise Refused(Reason("plans.is_earlier"))
    if (row.done_on is None) != (day is None):
        row.done_on, row.done_by = day, by.label[:200] if day else ""
        standing = _STANDING(key=row.pk, copied_from=row.copied_from_id)
        for each in standing:
            each.done_on, each.done_by, each.goal.moved_at = row.done_on, row.done_by, at
        write_rows(standing, "done_on", "done_by")
        write_rows([*{each.goal_id: each.goal for each in standing}.values()], "moved_at")
    note(plan, "complete_action" if day else "reopen_action", by, at, {"owner": row.owner})
    return row


def _standing(key: UUID, copied_from: UUID | None) -> QuerySet[Action]:
    """Return an action, and what is the same in the other versions that count."""
    rows = Action.objects.filter(_same(key, copied_from)).exclude(goal__plan__state=PlanState.SUPERSEDED)
    return rows.select_related("goal")


_STANDING = Prepared(_standing)


def _same(pk: UUID, copied_from_id: UUID | None) -> Q:
    """Return which rows are this one in the version that counts and in the draft that continues it."""
    same = Q(pk=pk) | Q(copied_from_id=pk)
    return same | Q(pk=copied_from_id) if copied_from_id else same


@operation
def move_goal(*, goal: Goal, to: GoalState, by: Actor, at: datetime) -> Goal:
    """Say that a goal was reached, let go, or taken up again. Raises `Refused` for who may not, and when that cannot follow."""
    plan = kept(goal.plan, by)
    row = Goal.objects.get(pk=goal.pk)
    if plan.state == PlanState.SUPERSEDED:
        raise Refused(Reason("plans.is_earlier"))
    if to not in GOAL_TRANSITIONS[GoalState(row.state)]:
        raise Refused(Reason("plans.state_cannot_follow", {"from": f"plans.goal.{row.state}", "to": f"plans.goal.{to.value}"}))
    standing = Goal.objects.filter(_same(row.pk, row.copied_from_id)).exclude(plan__state=PlanState.SUPERSEDED)
    standing.update(state=to.value, moved_at=at)
    note(plan, "move_goal", by, at, {"to": to.value})
    row.refresh_from_db(fields=["state", "moved_at"])
    return row


@operation
def set_level(
    *,
    referral: Referral,
    competence: Competence,
    level: Level,
    kind: LevelKind = LevelKind.PRESENT,
    source: LevelSource = LevelSource.PLAN,
    source_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> CompetenceLevel:
    """Note what somebody can do, or wants to be able to do; what was known before stays. The same level from the plan again is no new row.

    Raises `Refused` for who may not: an evaluation notes the work floor's with `by.acting_for(Role.MENTOR, referral.pk)`.
    """
    if not may_set_level(by, referral):
        raise Refused(Reason("plans.may_not_keep"))
    lock_in_order(f"level:{referral.pk}")
    facts = {"competence": competence.pk, "kind": kind.value, "level": int(level), "source": source.value}
    record(by=by, at=at, action="set_level", subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id, facts=facts)
    if source is LevelSource.PLAN:
        last = CompetenceLevel.objects.filter(referral=referral, competence=competence, kind=kind.value).order_by("-at").first()
        if last is not None and last.level == level:
            return last
    row = CompetenceLevel(referral=referral, competence=competence, kind=kind.value, level=level, source=source.value, source_id=source_id)
    row.by_label, row.at = by.label[:200], at
    row.save(force_insert=True)
    return row
