"""The end of somebody's way through a programme: first what is still under way for them ends, then the referral is closed."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Directive, Proposal
from opstap.journey.matching.operations.proposals import set_aside, withdraw_proposal
from opstap.journey.matching.operations.room import seat_keys
from opstap.journey.referrals.enums import ClosingReason, Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import close_referral
from opstap.journey.referrals.permissions import may_close

_UNDER_WAY = (ProposalState.SENT, ProposalState.DRAFT)
_WITH_PLACEMENT = (Stage.TO_BE_AGREED, Stage.PLACED)


@operation
def stop_journey(*, referral: Referral, why: ClosingReason, words: str, by: Actor, at: datetime) -> Referral:
    """Close a referral: its sent proposal is withdrawn and its draft set aside, so that seats are free at once; wishes end with it.

    `words` explain it to who reads the file later. Raises `Refused` for who may not, without words, and while there is a placement:
    that ends first.
    """
    if not may_close(by, referral):
        raise Refused(Reason("referrals.may_not_close"))
    if not words.strip():
        raise Refused(Reason("referrals.close_needs_words"))
    for proposal in _locked(referral):
        end = withdraw_proposal if proposal.state == ProposalState.SENT else set_aside
        end(proposal=proposal, reason=words, by=by, at=at)
    if Referral.objects.get(pk=referral.pk).stage in _WITH_PLACEMENT:
        raise Refused(Reason("referrals.placement_ends_first"))
    Directive.objects.filter(referral=referral, ended_at__isnull=True).update(ended_at=at)
    return close_referral(referral=referral, why=why, words=words, by=by, at=at)


def _locked(referral: Referral) -> list[Proposal]:
    """Return the proposals under way, locked with the person; raises `Refused` when another one came in between."""
    under_way = Proposal.objects.filter(referral=referral, state__in=_UNDER_WAY).select_related("place").order_by("pk")
    seen = list(under_way)
    keys = {key for proposal in seen for key in seat_keys(proposal.place)}
    lock_in_order(f"person:{referral.person_id}", *keys)
    rows = list(under_way.all())
    if {row.pk for row in rows} != {row.pk for row in seen}:
        raise Refused(Reason("referrals.changed_meanwhile"))
    return rows
