"""What became of a proposal to which both said yes: the placement, and how far its agreement is; read with the proposal's own row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery

from opstap.journey.agreements.enums import AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.matching.models import Proposal
from opstap.journey.placements.enums import PlacementState


@dataclass(frozen=True, slots=True)
class Work:
    """One placement of a person. `agreement_id` is None until somebody makes the agreement."""

    state: PlacementState
    ended_on: date | None
    agreement_id: UUID | None
    agreement_state: str

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more happens with it."""
        return self.state in {PlacementState.ENDED, PlacementState.CANCELLED}


def with_work(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return proposals that carry what `work_of` reads, without a query of its own."""
    made = Agreement.objects.filter(placement__proposal=OuterRef("pk"), kind=AgreementKind.AGREEMENT)
    live = made.exclude(state=AgreementState.WITHDRAWN)
    return proposals.annotate(
        mentor_of_place=F("place__mentor"),
        work_state=F("placement__state"),
        work_ended_on=F("placement__ended_on"),
        agreement_id=Subquery(live.values("pk")[:1]),
        agreement_state=Subquery(live.values("state")[:1]),
    )


def work_of(row: Proposal) -> Work | None:
    """Return the placement of a proposal read through `with_work`, or None when it led to none."""
    told = vars(row)
    if told["work_state"] is None:
        return None
    return Work(PlacementState(told["work_state"]), told["work_ended_on"], told["agreement_id"], told["agreement_state"] or "")
