"""What became of the proposals to which both said yes: the placement, and how far its agreement is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from opstap.foundation.actor import Actor
from opstap.journey.agreements.enums import AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import rows_of


@dataclass(frozen=True, slots=True)
class Work:
    """One placement of a person. `agreement_id` is None until somebody makes the agreement."""

    proposal_id: UUID
    state: PlacementState
    ended_on: date | None
    agreement_id: UUID | None
    agreement_state: str

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more happens with it."""
        return self.state in {PlacementState.ENDED, PlacementState.CANCELLED}


def work_of(actor: Actor, referral: Referral, proposal_ids: Collection[UUID]) -> dict[UUID, Work]:
    """Return the placements that these proposals of a followed person led to, in one query, and none for no proposals."""
    if not proposal_ids:
        return {}
    own = Agreement.objects.filter(placement=OuterRef("pk"), kind=AgreementKind.AGREEMENT).exclude(state=AgreementState.WITHDRAWN)
    rows = Placement.objects.filter(rows_of(actor, referral), proposal_id__in=proposal_ids).order_by()
    told = rows.annotate(agreement_id=Subquery(own.values("pk")[:1]), agreement_state=Subquery(own.values("state")[:1]))
    values = told.values_list("proposal_id", "state", "ended_on", "agreement_id", "agreement_state")
    return {row[0]: Work(row[0], PlacementState(row[1]), row[2], row[3], row[4] or "") for row in values}
