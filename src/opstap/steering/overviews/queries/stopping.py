"""What ends with somebody's way through a programme, told before it is stopped."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from opstap.foundation.actor import Actor
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.queries import directives_of, visible_proposals
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.placements.queries import visible_placements
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import followed_referrals


@dataclass(frozen=True, slots=True)
class Stopping:
    """The places (title, host) whose proposal is withdrawn or whose draft is set aside, and how many wishes for rounds end.

    `placement_first`: there is an agreed or running placement, so that nothing can be stopped yet;
    `to_call_off` is the one that has not begun.
    """

    withdrawn: tuple[tuple[str, str], ...]
    set_aside: tuple[tuple[str, str], ...]
    asked: int
    placement_first: bool
    to_call_off: UUID | None


def stopping(actor: Actor, referral: Referral) -> Stopping:
    """Return what ends when this visible referral is closed."""
    under_way = visible_proposals(actor).filter(referral=referral, state__in=(ProposalState.SENT, ProposalState.DRAFT))
    rows = list(under_way.values_list("state", "place__title", "place__organisation__name").order_by("created_at"))
    not_begun = visible_placements(actor).filter(referral=referral, state=PlacementState.TO_BE_AGREED)
    return Stopping(
        withdrawn=tuple((title, host) for state, title, host in rows if state == ProposalState.SENT),
        set_aside=tuple((title, host) for state, title, host in rows if state == ProposalState.DRAFT),
        asked=directives_of(actor, referral).count(),
        to_call_off=not_begun.values_list("pk", flat=True).first(),
        placement_first=referral.stage in {Stage.TO_BE_AGREED, Stage.PLACED},
    )


def placement_to_call_off(actor: Actor, placement_id: UUID) -> Placement | None:
    """Return work that has not begun, of somebody whom the actor follows, or None."""
    related = ("person", "referral", "proposal__place", "seat__place")
    mine = Placement.objects.select_related(*related).filter(referral__in=followed_referrals(actor))
    return mine.filter(pk=placement_id, state=PlacementState.TO_BE_AGREED).first()
