"""A plan is shared with the person, who says what they think of it, and that it is right."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation
from opstap.foundation.outbox.operations import Content, cancel_messages, queue_message
from opstap.journey.people.queries import recipient_of
from opstap.journey.plans.assembly import missing_of
from opstap.journey.plans.enums import IN_FORCE, CommentSide, PlanKind, PlanState
from opstap.journey.plans.models import Action, PlanComment, SupportPlan
from opstap.journey.plans.operations.steps import kept, locked, move, note
from opstap.journey.plans.operations.writing import LONGEST
from opstap.journey.plans.permissions import is_own_plan, may_agree, may_comment, may_keep_plan
from opstap.journey.referrals.enums import Stage


@operation
def read_plan(*, plan: SupportPlan, by: Actor, at: datetime) -> SupportPlan:
    """Record that staff, or the person, read or print this plan. Raises `Refused` for anybody else."""
    if not (may_keep_plan(by, plan.referral) or is_own_plan(by, plan)):
        raise Refused(Reason("plans.may_not_keep"))
    note(plan, "read_plan", by, at)
    return plan


@operation
def share_plan(*, plan: SupportPlan, by: Actor, at: datetime) -> SupportPlan:
    """Share a draft with the person, who is told; it takes the place of the version before.

    Raises `Refused` for who may not, for somebody who stopped, when it was shared already, and when something is missing: the reason
    says what first.
    """
    row = kept(plan, by)
    if row.referral.stage == Stage.CLOSED:
        raise Refused(Reason("plans.person_stopped"))
    move(row, PlanState.SHARED)
    dated = Action.objects.filter(goal__plan=row, due_on__isnull=False).exclude(goal__state="dropped").count()
    missing = missing_of(PlanKind(row.kind), has_aim=bool(row.aim), goals=row.goals.count(), dated_actions=dated, on=localdate(at))
    if missing:
        raise Refused(missing[0])
    for earlier in SupportPlan.objects.filter(referral=row.referral, state__in=[state.value for state in IN_FORCE]):
        move(earlier, PlanState.SUPERSEDED)
        earlier.superseded_at = at
        earlier.save(update_fields=["state", "superseded_at"])
        cancel_messages(subject_kind="support_plan", subject_id=earlier.pk, reason="superseded", by=by, at=at)
    row.shared_at, row.shared_on = at, localdate(at)
    row.save(update_fields=["state", "shared_at", "shared_on"])
    note(row, "share_plan", by, at)
    queue_message(
        content=Content("message.plan", {}, link_purpose=LinkPurpose.PERSON_JOURNEY, link_subject=row.referral_id),
        recipient=recipient_of(row.referral.person),
        subject_kind="support_plan",
        subject_id=row.pk,
        once=f"plan:{row.pk}",
        by=by,
        at=at,
    )
    return row


@operation
def comment_plan(*, plan: SupportPlan, text: str, by: Actor, at: datetime) -> PlanComment:
    """Say something about the plan in own words. Raises `Refused` for who may not, on an earlier version, and without words."""
    row = locked(plan.pk, plan.referral_id)
    if not may_comment(by, row):
        raise Refused(Reason("plans.may_not_comment"))
    words = text.strip()[: 2 * LONGEST]
    if not words:
        raise Refused(Reason("plans.needs_words"))
    side = CommentSide.PERSON if by.person_id is not None else CommentSide.STAFF
    comment = PlanComment(plan=row, by_side=side.value, by_label=by.label[:200], at=at)
    comment.text = words
    comment.save()
    note(row, "comment_plan", by, at, {"side": side.value})
    return comment


@operation
def agree_plan(*, plan: SupportPlan, by: Actor, at: datetime) -> SupportPlan:
    """Keep that the person says the plan is right, by their page or at the desk; said twice is said once.

    Raises `Refused` for who may not, and for a version that is not shared.
    """
    row = locked(plan.pk, plan.referral_id)
    if not may_agree(by, row):
        raise Refused(Reason("plans.may_not_comment"))
    if row.state != PlanState.AGREED:
        move(row, PlanState.AGREED)
        row.agreed_at = at
        row.agreed_channel = by.channel.value if by.person_id is not None else "desk"
        row.save(update_fields=["state", "agreed_at", "agreed_channel"])
    note(row, "agree_plan", by, at, {"channel": row.agreed_channel})
    return row
