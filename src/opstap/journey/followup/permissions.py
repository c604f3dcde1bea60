"""Who does a task, and who sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.referrals.permissions import may_open_case_file

if TYPE_CHECKING:
    from opstap.journey.followup.models import Task


def may_handle(actor: Actor, task: Task) -> bool:
    """Close a task or put it off: who follows the person; a coordinator for a task about a place, or one that is their own."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if task.referral is not None and may_open_case_file(actor, task.referral):
        return True
    is_theirs = task.referral is None or (task.owner_id is not None and task.owner_id == actor.user_id)
    return is_theirs and task.programme_id in actor.programme_ids(Role.COORDINATOR)


def may_settle(actor: Actor, task: Task) -> bool:
    """Close a task because its cause is gone: who may handle it, and who acts for its referral within an operation that has checked it."""
    return may_handle(actor, task) or task.referral_id in actor.subject_ids(Role.HOST)


def may_run_rules(actor: Actor) -> bool:
    """Open and close what the rules say: the product itself, at night."""
    return actor.kind is ActorKind.SYSTEM
