"""Who does a task, and who sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.referrals.permissions import may_open_case_file

if TYPE_CHECKING:
    from opstap.journey.followup.models import Task


def may_handle(actor: Actor, task: Task) -> bool:
    """Close a task or put it off: who follows the person; for a task about a place the programme's coordinators."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if task.referral is not None:
        return may_open_case_file(actor, task.referral)
    return task.programme_id in actor.programme_ids(Role.COORDINATOR)


def may_run_rules(actor: Actor) -> bool:
    """Open and close what the rules say: the product itself, at night."""
    return actor.kind is ActorKind.SYSTEM
