"""Who may manage users and roles, and who gives and renews links."""

from __future__ import annotations

from uuid import UUID

from opstap.foundation.access.models import AccessLink
from opstap.foundation.actor import Actor, ActorKind, Role

_WITHIN_AN_ORGANISATION = frozenset({Role.COUNSELLOR, Role.TEAM_LEAD, Role.HOST, Role.MENTOR, Role.PLANNER})
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


def may_give_links(actor: Actor) -> bool:
    """Who sends people to something: counsellors, team leads, coordinators, and the product itself in a job."""
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.COUNSELLOR, Role.TEAM_LEAD, Role.COORDINATOR)


def may_renew_link(actor: Actor, link: AccessLink) -> bool:
    """Who gives links, and the link's own party for this very link."""
    is_person = link.person_id is not None and actor.person_id == link.person_id and actor.only_id in {None, link.subject_id}
    return may_give_links(actor) or is_person or link.subject_id in actor.subject_ids(Role.HOST)
