"""Rounds of a programme: those that were, what a new one would take in, and how one stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import ProposalState, RoundStatus
from opstap.journey.matching.models import MatchRound, Proposal
from opstap.journey.matching.queries import coordinated_rounds, round_for
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.permissions import may_steer
from opstap.steering.overviews.queries.round_pins import PinLine, pins_left_out
from opstap.steering.overviews.queries.seats import places_with_seats

STAGES_IN_ROUND = (Stage.ELIGIBLE, Stage.OPEN, Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a round on a day would take in: people who may start and others who wait, seats, and drafts that would be replaced.

    `running`: the id of a round that is under way, so that no other can start.
    """

    on: date
    eligible: int
    others: int
    seats: int
    places: int
    held: int
    drafts: int
    sent: int
    order: tuple[str, ...]
    running: UUID | None


@dataclass(frozen=True, slots=True)
class ProspectLine:
    """A kind of place worth looking for; `half_days` is a bit mask."""

    occupation: str
    neighbourhood: str
    half_days: int
    people: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round: the row, how many proposals stand where, how far the value may be below the best possible, and where to look next.

    `gap`: percent between value and bound, 0 when proven optimal. `previous`: the round before it, for what changed.
    `pins`: those that it could not keep.
    """

    round: MatchRound
    states: tuple[tuple[str, int], ...]
    gap: Decimal
    failure: Reason | None
    prospects: tuple[ProspectLine, ...]
    previous: UUID | None
    pins: tuple[PinLine, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Tell whether it is still being computed."""
        return self.round.status in {RoundStatus.QUEUED, RoundStatus.RUNNING}

    @property
    def is_done(self) -> bool:
        """Tell whether there is something to read."""
        return self.round.status == RoundStatus.DONE

    @property
    def not_placed(self) -> int:
        """People without a proposal."""
        return self.round.people_count - self.round.placed_count

    @property
    def empty_seats(self) -> int:
        """Seats without a proposal."""
        return max(self.round.seat_count - self.round.placed_count, 0)

    @property
    def drafts(self) -> int:
        """Proposals that wait for a decision."""
        return dict(self.states).get(ProposalState.DRAFT.value, 0)


def rounds_of(actor: Actor, programme: Programme) -> QuerySet[MatchRound]:
    """Return the rounds of a programme that the actor coordinates, newest first, without their long summaries."""
    return coordinated_rounds(actor).filter(programme=programme).defer("summary", "versions")


def round_preview(actor: Actor, programme: Programme, on: date) -> Preview | None:
    """Return what a round would take in now, or None when the actor does not coordinate the programme. Four queries."""
    if not may_steer(actor, programme):
        return None
    waiting = Referral.objects.filter(programme=programme, stage__in=[stage.value for stage in STAGES_IN_ROUND])
    stages = Counter(dict(waiting.values_list("stage").annotate(Count("id")).order_by()))
    seats: dict[str, Any] = places_with_seats(programme, on).aggregate(free=Sum("free_n"), held=Sum("held_n"), places=Count("pk"))
    open_ones = Proposal.objects.filter(referral__programme=programme, state__in=[ProposalState.DRAFT, ProposalState.SENT])
    states = Counter(dict(open_ones.values_list("state").annotate(Count("id")).order_by()))
    running = MatchRound.objects.filter(programme=programme, status__in=[RoundStatus.QUEUED, RoundStatus.RUNNING])
    eligible = stages[Stage.ELIGIBLE]
    return Preview(
        on=on,
        eligible=eligible,
        others=stages.total() - eligible,
        seats=seats["free"] or 0,
        places=seats["places"],
        held=seats["held"] or 0,
        drafts=states[ProposalState.DRAFT],
        sent=states[ProposalState.SENT],
        order=tuple(programme.order),
        running=running.values_list("pk", flat=True).first(),
    )


def round_page(actor: Actor, round_id: UUID) -> RoundPage | None:
    """Return a round as it stands now, or None when it is not there or not the actor's."""
    row = round_for(actor, round_id)
    if row is None:
        return None
    states = Proposal.objects.filter(round=row).values_list("state").annotate(Count("id")).order_by("state")
    before = MatchRound.objects.filter(programme=row.programme, status=RoundStatus.DONE, requested_at__lt=row.requested_at)
    return RoundPage(
        round=row,
        states=tuple(states),
        gap=_gap(row),
        failure=Reason.from_json(row.failure) if row.failure else None,
        prospects=tuple(_prospect(each) for each in row.summary.get("prospects", ())),
        previous=before.values_list("pk", flat=True).first(),
        pins=pins_left_out(actor, row),
    )


def _gap(row: MatchRound) -> Decimal:
    value, bound = int(row.value or 0), int(row.bound or 0)
    return Decimal(bound - value) * 100 / bound if bound else Decimal(0)


def _prospect(data: dict[str, Any]) -> ProspectLine:
    return ProspectLine(data["occupation"], data["neighbourhood"], data["half_days"], data["people"], Reason.from_json(data["reason"]))
