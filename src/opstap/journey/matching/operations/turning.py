"""A proposal whose decision no longer carries it: taken back at once, so that the seat is free and the person is not kept waiting."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, system_actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.eligibility.operations import decide_all
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations.proposals import settle_proposal


@operation
def withdraw_turned(*, proposal: Proposal, because: Reason, by: Actor, at: datetime) -> Proposal:
    """Take back a sent proposal that no decision carries any more, and let the person stand where the decisions put them.

    `because` becomes the reason of the move. Raises `Refused` as `settle_proposal`.
    """
    settle_proposal(proposal=proposal, state=ProposalState.WITHDRAWN, why=because, by=by, at=at)
    rules, referral = system_actor("rules"), proposal.referral
    decide_all(referral=referral, on=localdate(at), by=rules, at=at)
    facts = {"because": because.code}
    record(
        by=by, at=at, action="withdraw_turned", subject_kind="proposal", subject_id=proposal.pk, person_id=proposal.person_id, facts=facts
    )
    return proposal
