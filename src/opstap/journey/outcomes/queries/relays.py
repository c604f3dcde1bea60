"""Relays that an actor wrote, was offered, or must see to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from opstap.foundation.access.models import User
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.outcomes.enums import ANSWERABLE, NOT_TAKEN_ON, RelayState
from opstap.journey.outcomes.models import Ending, Relay
from opstap.journey.outcomes.permissions import is_recipient, may_hand_over
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import followed_referrals, visible_referrals

_WITH = ("referral__person", "referral__programme", "referral__counsellor", "to_user", "from_user", "ending__placement__seat__place")
_SHOWN_TO_RECIPIENT = (*ANSWERABLE, RelayState.ACCEPTED)


def relay_for(actor: Actor, relay_id: UUID) -> Relay | None:
    """Return one relay for who follows the person, or for its recipient once it was offered; else None."""
    found = Relay.objects.select_related(*_WITH).filter(pk=relay_id).first()
    if found is None:
        return None
    is_shown = is_recipient(actor, found) and RelayState(found.state) in _SHOWN_TO_RECIPIENT
    return found if is_shown or may_hand_over(actor, found.referral) else None


def relays_of(actor: Actor, referral: Referral) -> list[Relay]:
    """Return every relay of a person, the latest first, for who follows them."""
    return list(Relay.objects.select_related(*_WITH).filter(referral=referral)) if may_hand_over(actor, referral) else []


def relays_to_answer(actor: Actor) -> list[Relay]:
    """Return the relays that were offered to this user and wait for an answer, the most urgent first."""
    if actor.kind is not ActorKind.USER:
        return []
    waiting = Relay.objects.select_related(*_WITH).filter(to_user_id=actor.user_id, state__in=ANSWERABLE)
    return list(waiting.order_by("due_on", "pk")[:50])


def relays_not_taken_on(actor: Actor) -> list[Relay]:
    """Return the relays that were sent back or passed their day, of the people within reach: somebody must see to them."""
    reach = visible_referrals(actor) if actor.has(Role.COORDINATOR) else followed_referrals(actor)
    waiting = Relay.objects.select_related(*_WITH).filter(state__in=NOT_TAKEN_ON, referral__in=reach)
    return list(waiting.order_by("due_on", "pk")[:50])


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
