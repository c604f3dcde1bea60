"""Who keeps an employers' association and makes its roster, and who puts people forward for a contract."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.associations.models import Association
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import coordinates, may_follow


def may_plan(actor: Actor, association: Association) -> bool:
    """Keep contracts, demand, functions and coaches, and make the roster: the association's planner, and the product itself."""
    return actor.kind is ActorKind.SYSTEM or association.organisation_id in actor.organisation_ids(Role.PLANNER)


def may_found(actor: Actor) -> bool:
    """Found an association and set its terms: administrators, and the product itself when it loads a programme."""
    return actor.kind is ActorKind.SYSTEM or actor.has(Role.ADMINISTRATOR)


def may_put_forward(actor: Actor, referral: Referral) -> bool:
    """Put somebody forward for a contract: who follows the person, and the coordinator of the programme."""
    return may_follow(actor, referral) or coordinates(actor, referral)
