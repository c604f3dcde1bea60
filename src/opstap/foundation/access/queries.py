"""Who somebody is and what they may reach: users to actors, tokens and codes to links."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from opstap.foundation.access.enums import PERSON_PURPOSES, LinkPurpose
from opstap.foundation.access.models import AccessLink, CodeAttempt, RoleGrant, User
from opstap.foundation.actor import Actor, ActorKind, Channel, Grant, Role, person_actor
from opstap.foundation.prepared import Prepared

if TYPE_CHECKING:
    from uuid import UUID

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MAX_WRONG_CODES = 10
WRONG_CODE_WINDOW = timedelta(minutes=15)


def _held(user: User, on: date) -> QuerySet[RoleGrant, tuple[str, UUID | None, UUID | None]]:
    held = RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), user=user, starts_on__lte=on)
    return held.values_list("role", "organisation_id", "programme_id")


_HELD = Prepared(_held)


def actor_for(user: User, on: date, channel: Channel = Channel.WEB) -> Actor:
    """Return the user as an actor with the roles held on this day; effective at the very next request."""
    grants = tuple(Grant(Role(role), organisation_id, programme_id) for role, organisation_id, programme_id in _HELD(user=user, on=on))
    return Actor(id=str(user.pk), kind=ActorKind.USER, label=user.name or user.email, grants=grants, channel=channel)


def token_hash(token: str) -> str:
    """Return the hash under which a link's token is stored: 128 random bits need no salt."""
    return hashlib.sha256(f"token:{token}".encode()).hexdigest()


def folded_code(code: str) -> str:
    """Return a short code as it is hashed: capitals, without spaces and dashes."""
    return "".join(character for character in code.upper() if character in CODE_ALPHABET)


def code_hash(code: str) -> str:
    """Return the hash under which a short code is stored."""
    return hashlib.sha256(f"code:{folded_code(code)}".encode()).hexdigest()


def link_by_token(token: str) -> AccessLink | None:
    """Return the link that a token opens, whether or not it still works; None for an unknown token. Reading burns nothing."""
    return AccessLink.objects.filter(token_hash=token_hash(token)).first()


def link_by_code(code: str) -> AccessLink | None:
    """Return the link that a short code opens, or None. Callers count wrong codes first (`operations.note_wrong_code`)."""
    return AccessLink.objects.filter(code_hash=code_hash(code)).first() if len(folded_code(code)) == 10 else None  # noqa: PLR2004 - a code's length


def link_by_id(link_id: UUID) -> AccessLink | None:
    """Return the link that a code opened earlier in this session, or None; whether it still works is asked every time."""
    return AccessLink.objects.filter(pk=link_id).first()


def is_slowed_down(source_hash: str, at: datetime) -> bool:
    """Tell whether too many wrong codes came from this source lately; nobody else is slowed down by it."""
    return CodeAttempt.objects.filter(source_hash=source_hash, at__gt=at - WRONG_CODE_WINDOW).count() >= MAX_WRONG_CODES


def works(link: AccessLink, at: datetime) -> bool:
    """Tell whether the link still opens what it was made for."""
    return link.revoked_at is None and at < link.expires_at


def latest_link(link: AccessLink) -> AccessLink:
    """Return the link that came in place of this one, or of the one that came in its place; itself when it is the latest."""
    while link.replaced_by is not None:
        link = link.replaced_by
    return link


def is_stopped(link: AccessLink) -> bool:
    """Tell whether somebody stopped the link, rather than that a fresh one came in its place."""
    return link.revoked_at is not None and link.replaced_by_id is None


def may_be_renewed(link: AccessLink) -> bool:
    """Tell whether a fresh link can be sent in place of this one: there is an address, and nobody stopped it."""
    latest = latest_link(link)
    return latest.address is not None and not is_stopped(latest)


def link_actor(link: AccessLink, channel: Channel = Channel.LINK) -> Actor:
    """Return who comes in through a link: the job seeker, or the host for the one thing that the link was made for."""
    if link.purpose in PERSON_PURPOSES and link.person_id:
        return person_actor(link.person_id, channel, only_id=link.subject_id)
    grant = Grant(Role.HOST, organisation_id=link.organisation_id, subject_id=link.subject_id)
    label = "signatory by link" if link.purpose == LinkPurpose.SIGNATURE else "host by link"
    return Actor(id=str(link.pk), kind=ActorKind.PERSON, label=label, grants=(grant,), channel=channel)


def user_by_id(user_id: UUID) -> User | None:
    """Return an active user by id, or None."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def users_with_role(role: Role, *, organisation_id: UUID | None, on: date, programme_id: UUID | None = None) -> list[User]:
    """Return the active users who hold the role on this day, by name: for the organisation and for the programme, where these are given."""
    return _WITH_ROLE(role=role, organisation_id=organisation_id, on=on, programme_id=programme_id)


def _with_role(role: Role, organisation_id: UUID | None, on: date, programme_id: UUID | None) -> QuerySet[User]:
    held = RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), role=role.value, starts_on__lte=on)
    if organisation_id is not None:
        held = held.filter(organisation_id=organisation_id)
    if programme_id is not None:
        held = held.filter(programme_id=programme_id)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id"))


_WITH_ROLE = Prepared(_with_role)


_IN_TWOS = (Role.COORDINATOR, Role.PLANNER)
"""Roles in which somebody approves what another proposed."""


def demo_users(on: date) -> list[tuple[User, Role, int]]:
    """Return a user per role, in the order of the roles, for the demonstration's one-click logins, with the number among those of the role.

    Of a role in which one approves what another proposed there are two.
    """
    held = RoleGrant.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=on), starts_on__lte=on, user__is_active=True)
    found: dict[Role, list[User]] = {}
    for grant in held.select_related("user").order_by("user__name"):
        users = found.setdefault(Role(grant.role), [])
        if grant.user not in users and len(users) < (2 if grant.role in _IN_TWOS else 1):
            users.append(grant.user)
    return [(user, role, number) for role in Role for number, user in enumerate(found.get(role, ()), start=1)]


def is_database_well() -> bool:
    """Tell whether the database answers a query."""
    return User.objects.only("pk").first() is not None or User.objects.count() == 0
