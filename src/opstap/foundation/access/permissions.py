"""Who may manage users and roles."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation.actor import Actor, ActorKind, Role

_WITHIN_AN_ORGANISATION = frozenset({Role.COUNSELLOR, Role.TEAM_LEAD, Role.HOST, Role.MENTOR})
"""Roles that count for one organisation only; the others reach further, so that only an administrator gives them."""


def may_manage_role(actor: Actor, role: Role, *, organisation_id: UUID | None, programme_id: UUID | None) -> bool:
    """Whoever manages roles there; a team lead only those that stay within the own organisation."""
    if actor.kind is ActorKind.SYSTEM or actor.has(Role.ADMINISTRATOR):
        return True
    return role in _WITHIN_AN_ORGANISATION and programme_id is None and may_manage_roles(actor, organisation_id=organisation_id)


def may_manage_roles(actor: Actor, *, organisation_id: UUID | None) -> bool:
    """Administrators manage all roles, team leads those of their own organisation, and the product itself when it loads a programme."""
    if actor.kind is ActorKind.SYSTEM or actor.has(Role.ADMINISTRATOR):
        return True
    return organisation_id is not None and organisation_id in actor.organisation_ids(Role.TEAM_LEAD)
