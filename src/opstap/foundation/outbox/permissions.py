"""Who may handle messages."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation.actor import Actor, ActorKind, Role


def may_pause(actor: Actor, person_id: UUID) -> bool:
    """The person themselves, staff who speak with people, and the product itself."""
    return actor.kind is ActorKind.SYSTEM or actor.person_id == person_id or actor.has(Role.COUNSELLOR, Role.TEAM_LEAD)


def may_send(actor: Actor) -> bool:
    """The product itself sends; staff take letters from the printer, and planners what is about their rosters."""
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.COUNSELLOR, Role.TEAM_LEAD, Role.COORDINATOR, Role.PLANNER)
