"""Who may register, change and merge people. Whose record is within reach comes from the referrals room, as a set of ids."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from opstap.foundation.actor import Actor, ActorKind, Role


def may_register(actor: Actor) -> bool:
    """Counsellors, team leads, coordinators and planners add people, and the product itself when it applies a list."""
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.COUNSELLOR, Role.TEAM_LEAD, Role.COORDINATOR, Role.PLANNER)


def is_within(actor: Actor, person_id: UUID, within: QuerySet[Any, Any]) -> bool:
    """Tell whether a person's record is the actor's own, or among the ids that the actor reaches."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if actor.person_id is not None and not actor.grants:
        return actor.person_id == person_id
    return within.filter(person_id=person_id).exists()


def may_apply_lists(actor: Actor) -> bool:
    """Coordinators change many people at once, by a list; which programme's list is checked where lists are applied."""
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.COORDINATOR)
