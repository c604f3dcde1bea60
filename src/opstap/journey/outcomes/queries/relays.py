"""Relays that an actor wrote, was offered, or must see to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from opstap.foundation import clock
from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.prepared import Prepared
from opstap.journey.outcomes.enums import ANSWERABLE, NOT_TAKEN_ON, RelayState
from opstap.journey.outcomes.models import Ending, Relay
from opstap.journey.outcomes.permissions import is_recipient, may_hand_over
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Assignment, Referral
from opstap.journey.referrals.queries import followed_referrals, visible_referrals

_WITH = (
    "referral__person", "referral__programme", "referral__counsellor", "to_user", "from_user", "ending__placement__seat__place",
    "assignment", "to_organisation",
)  # fmt: skip
_SHOWN_TO_RECIPIENT = (*ANSWERABLE, RelayState.ACCEPTED)


def relay_for(actor: Actor, relay_id: UUID) -> Relay | None:
    """Return one relay for who follows the person, or for its recipient once it was offered until their access has ended; else None."""
    found = Relay.objects.select_related(*_WITH).filter(pk=relay_id).first()
    if found is None:
        return None
    is_shown = is_recipient(actor, found) and RelayState(found.state) in _SHOWN_TO_RECIPIENT and not _has_ended(found)
    return found if is_shown or may_hand_over(actor, found.referral) else None


def _has_ended(relay: Relay) -> bool:
    """Tell whether the access that came with it is over: who does not follow the person any more reads nothing of them."""
    given = relay.assignment
    return given is not None and given.until_on is not None and given.until_on <= clock.today()


def relays_of(actor: Actor, referral: Referral) -> list[Relay]:
    """Return every relay of a person, the latest first, for who follows them."""
    return list(Relay.objects.select_related(*_WITH).filter(referral=referral)) if may_hand_over(actor, referral) else []


def relays_to_answer(actor: Actor) -> list[Relay]:
    """Return the relays that were offered to this user and wait for an answer, the most urgent first."""
    if actor.kind is not ActorKind.USER:
        return []
    return _TO_ANSWER(actor=actor, limit=50)


def _to_answer(actor: Actor) -> QuerySet[Relay]:
    waiting = Relay.objects.select_related(*_WITH).filter(to_user_id=actor.user_id, state__in=ANSWERABLE)
    return waiting.order_by("due_on", "pk")


def relays_not_taken_on(actor: Actor) -> list[Relay]:
    """Return the relays that were sent back or passed their day, of the people within reach: somebody must see to them."""
    return _NOT_TAKEN_ON(actor=actor, limit=50)


def _not_taken_on(actor: Actor) -> QuerySet[Relay]:
    reach = visible_referrals(actor) if actor.has(Role.COORDINATOR) else followed_referrals(actor)
    waiting = Relay.objects.select_related(*_WITH).filter(state__in=NOT_TAKEN_ON, referral__in=reach)
    return waiting.order_by("due_on", "pk")


_TO_ANSWER, _NOT_TAKEN_ON = Prepared(_to_answer), Prepared(_not_taken_on)


def relays_to_make(actor: Actor) -> QuerySet[Ending]:
    """Return the ends after which a relay was promised and none was offered yet, the oldest first."""
    offered = Relay.objects.filter(ending=OuterRef("pk")).exclude(state__in=[RelayState.DRAFT, RelayState.WITHDRAWN])
    promised = Ending.objects.select_related("referral__person", "placement__seat__place")
    return promised.filter(~Exists(offered), wants_relay=True, referral__in=followed_referrals(actor)).order_by("on", "pk")


def possible_recipients(actor: Actor, on: date) -> list[User]:
    """Return the counsellors and team leads of this house to whom a person can be handed over, by name; not the actor."""
    if not actor.has(Role.COUNSELLOR, Role.TEAM_LEAD):
        return []
    users = {user.pk: user for role in (Role.COUNSELLOR, Role.TEAM_LEAD) for user in users_with_role(role, organisation_id=None, on=on)}
    return sorted((user for user in users.values() if user.pk != actor.user_id), key=lambda user: (user.name, user.email))


def organisation_of(user: User, on: date) -> Organisation | None:
    """Return the organisation at which somebody counsels or leads a team on a day, counselling first; None when at none."""
    held = RoleGrant.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), user=user, starts_on__lte=on, organisation_id__isnull=False
    )
    roles = [Role.COUNSELLOR.value, Role.TEAM_LEAD.value]
    grants = sorted(held.filter(role__in=roles).order_by("starts_on", "pk"), key=lambda grant: roles.index(grant.role))
    return Organisation.objects.filter(pk__in=[grant.organisation_id for grant in grants[:1]]).first()


def longest_assignment(referral: Referral, whose: Q, scopes: Collection[Scope], on: date) -> Assignment | None:
    """Return which assignment of theirs, for one of the scopes, ends last of those that are not over on the day; None when none is."""
    rows = Assignment.objects.filter(whose, referral=referral, scope__in=list(scopes), is_main=False).exclude(until_on__lte=on)
    return rows.order_by(F("until_on").desc(nulls_first=True), "from_on", "pk").first()
