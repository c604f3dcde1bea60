"""What every operation on a plan does first and last: the plan as it is now, locked; who may; an audit row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, record
from opstap.foundation.prepared import Prepared
from opstap.journey.plans.enums import PLAN_TRANSITIONS, PlanState
from opstap.journey.plans.models import Action, Goal, SupportPlan
from opstap.journey.plans.permissions import may_keep_plan


def locked(plan_id: UUID, referral_id: UUID) -> SupportPlan:
    """Return the plan as it is now; nobody else changes a plan of this person before this transaction ends."""
    lock_in_order(f"plan:{referral_id}")
    return _NOW(plan_id=plan_id)[0]


def _now(plan_id: UUID) -> QuerySet[SupportPlan]:
    return SupportPlan.objects.select_related("referral__person", "referral__programme").filter(pk=plan_id)


_NOW = Prepared(_now)


def kept(plan: SupportPlan, by: Actor) -> SupportPlan:
    """Return the locked plan for who keeps it; raises `Refused` for anybody else."""
    row = locked(plan.pk, plan.referral_id)
    if not may_keep_plan(by, row.referral):
        raise Refused(Reason("plans.may_not_keep"))
    return row


def written(plan: SupportPlan, by: Actor) -> SupportPlan:
    """Return the locked draft for who keeps it; raises `Refused` for what was shared: that changes in a new version."""
    row = kept(plan, by)
    if row.state != PlanState.DRAFT:
        raise Refused(Reason("plans.is_shared"))
    return row


def move(row: SupportPlan, to: PlanState) -> None:
    """Put the plan in another state; raises `Refused` when that cannot follow."""
    if to not in PLAN_TRANSITIONS[PlanState(row.state)]:
        raise Refused(Reason("plans.state_cannot_follow", {"from": f"plans.state.{row.state}", "to": f"plans.state.{to.value}"}))
    row.state = to.value


def plan_of(row: Goal | Action) -> SupportPlan:
    """Return the plan that a goal or action stands in."""
    return row.plan if isinstance(row, Goal) else row.goal.plan


def note(plan: SupportPlan, action: str, by: Actor, at: datetime, facts: Mapping[str, object] | None = None) -> None:
    """Write the audit row; facts hold codes and numbers, never what the plan says."""
    told = {"version": plan.version, **(facts or {})}
    person_id = plan.referral.person_id
    record(by=by, at=at, action=action, subject_kind="support_plan", subject_id=plan.pk, person_id=person_id, facts=told)
