"""Who may manage users and roles."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation.actor import Actor, ActorKind, Role


def may_manage_roles(actor: Actor, *, organisation_id: UUID | None) -> bool:
    """Administrators manage all roles, team leads those of their own organisation, and the product itself when it loads a programme."""
    if actor.kind is ActorKind.SYSTEM or actor.has(Role.ADMINISTRATOR):
        return True
    return organisation_id is not None and organisation_id in actor.organisation_ids(Role.TEAM_LEAD)
