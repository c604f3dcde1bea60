"""Who may make, run and cancel a placement."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.matching.permissions import may_answer_for_host, may_answer_for_person
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.permissions import may_move


def may_cancel(actor: Actor, placement: Placement) -> bool:
    """Whoever may answer for one of the two parties may call it off, with a reason."""
    proposal = placement.proposal
    return may_answer_for_person(actor, proposal) or may_answer_for_host(actor, proposal)


def may_run(actor: Actor, placement: Placement) -> bool:
    """Start it, change its terms, end it: who follows the person, the coordinator, and the product itself; never the host alone.

    The last signature starts the work: a party may do so within that operation (see `as_party`), for this placement alone.
    """
    is_party = placement.pk in actor.subject_ids(Role.HOST)
    is_staff = actor.kind is ActorKind.SYSTEM or (actor.person_id is None and may_move(actor, placement.referral))
    return is_party or is_staff


def as_party(actor: Actor, placement: Placement) -> Actor:
    """Return who signed last as who may start this placement: the agreement's room has checked the signature."""
    return actor.acting_for(Role.HOST, placement.pk)


def as_who_moves(actor: Actor, placement: Placement) -> Actor:
    """Return who runs the placement as who may move its referral along."""
    return actor.acting_for(Role.HOST, placement.referral_id)
