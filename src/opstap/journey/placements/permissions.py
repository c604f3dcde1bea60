"""Who may make and cancel a placement."""

from __future__ import annotations

from opstap.foundation.actor import Actor
from opstap.journey.matching.permissions import may_answer_for_host, may_answer_for_person
from opstap.journey.placements.models import Placement


def may_cancel(actor: Actor, placement: Placement) -> bool:
    """Whoever may answer for one of the two parties may call it off, with a reason."""
    proposal = placement.proposal
    return may_answer_for_person(actor, proposal) or may_answer_for_host(actor, proposal)
