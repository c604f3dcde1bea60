"""Who may end a placement, hand somebody over and take them on, and say what became of somebody."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.outcomes.models import Ending, Relay
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import coordinates, leads_the_team, may_follow


def may_end(actor: Actor, placement: Placement) -> bool:
    """End somebody's work with both views: who follows the person, and the product itself."""
    return actor.person_id is None and may_follow(actor, placement.referral)


def may_hand_over(actor: Actor, referral: Referral) -> bool:
    """Write, offer and take back a relay: who follows the person, and the product itself."""
    return actor.person_id is None and may_follow(actor, referral)


def is_recipient(actor: Actor, relay: Relay) -> bool:
    """Whether a relay was offered to this user, or to whom holds the link to this very relay."""
    is_user = actor.kind is ActorKind.USER and relay.to_user_id is not None and relay.to_user_id == actor.user_id
    return is_user or relay.pk in actor.subject_ids(Role.HOST)


def oversees(actor: Actor, referral: Referral) -> bool:
    """Who hears that nobody took somebody on: the team lead and the coordinator, and the product itself."""
    return actor.kind is ActorKind.SYSTEM or leads_the_team(actor, referral) or coordinates(actor, referral)


def may_tell_outcome(actor: Actor, ending: Ending) -> bool:
    """Say what became of somebody: the person by the own link, and who follows the person."""
    referral = ending.referral
    is_own = actor.person_id is not None and actor.person_id == referral.person_id and actor.only_id in {None, referral.pk}
    return is_own or (actor.person_id is None and may_follow(actor, referral))
