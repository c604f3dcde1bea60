"""Who asks for an evaluation, writes it, reads it, and says what they think of it."""

from __future__ import annotations

from opstap.foundation.actor import Actor, ActorKind
from opstap.journey.evaluations.enums import WRITTEN
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.permissions import may_follow


def may_ask(actor: Actor, placement: Placement) -> bool:
    """Who follows the person, and the product itself; a coordinator reads no evaluations and asks for none."""
    return actor.person_id is None and may_follow(actor, placement.referral)


def may_write(actor: Actor, placement: Placement, *, is_on_floor: bool) -> bool:
    """The work floor (`attendance.queries.reach` says whose it is); and who follows the person, with what the mentor says by telephone."""
    return actor.person_id is None and (is_on_floor or may_follow(actor, placement.referral))


def is_about(actor: Actor, evaluation: Evaluation) -> bool:
    """The person of whom it speaks, once it is written."""
    placement = evaluation.placement
    is_person = actor.person_id is not None and actor.person_id == placement.person_id
    return is_person and actor.only_id in {None, placement.referral_id} and evaluation.state in WRITTEN


def may_answer(actor: Actor, evaluation: Evaluation) -> bool:
    """The person; and who follows the person, when they say it at the desk or by telephone."""
    is_follower = actor.kind is ActorKind.USER and may_follow(actor, evaluation.placement.referral)
    return is_about(actor, evaluation) or is_follower
