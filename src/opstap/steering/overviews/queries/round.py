"""Rounds of a programme: those that were, what a new one would take in, and how one stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.prepared import Prepared
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import ProposalState, RoundStatus
from opstap.journey.matching.models import MatchRound, Proposal
from opstap.journey.matching.queries import UNDER_WAY, round_for
from opstap.journey.places.models import Place
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.permissions import may_steer
from opstap.steering.overviews.queries.round_pins import PinLine, pins_left_out
from opstap.steering.overviews.queries.seats import places_with_seats

PAGE = 20
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


def rounds_of(actor: Actor, programme: Programme, page: int = 1) -> Page[MatchRound]:
    """Return a page of the rounds of a programme that the actor coordinates, newest first, without their long summaries."""
    may = may_steer(actor, programme)
    shown: Page[Any] = Paginator(range(_COUNT.first(programme=programme) or 0 if may else 0), PAGE).get_page(page)
    shown.object_list = _ROUNDS(programme=programme, limit=PAGE, offset=(shown.number - 1) * PAGE) if may else []
    return shown


def _rounds(programme: Programme) -> QuerySet[MatchRound]:
    return MatchRound.objects.filter(programme=programme).defer("summary", "versions")


def _count(programme: Programme) -> QuerySet[MatchRound, int]:
    return (
        MatchRound.objects.filter(programme=programme).order_by().values("programme_id").annotate(n=Count("pk")).values_list("n", flat=True)
    )


_ROUNDS, _COUNT = Prepared(_rounds), Prepared(_count)


def round_preview(actor: Actor, programme: Programme, on: date) -> Preview | None:
    """Return what a round would take in now, or None when the actor does not coordinate the programme. Four queries."""
    if not may_steer(actor, programme):
        return None
    stages = Counter(dict(_STAGES(programme=programme)))
    places, free, held = next(iter(_SEATS(programme=programme, on=on)), (0, 0, 0))
    states = Counter(dict(_STATES(programme=programme)))
    eligible = stages[Stage.ELIGIBLE]
    return Preview(
        on=on,
        eligible=eligible,
        others=stages.total() - eligible,
        seats=free,
        places=places,
        held=held,
        drafts=states[ProposalState.DRAFT],
        sent=states[ProposalState.SENT],
        order=tuple(programme.order),
        running=_UNDER_WAY.first(programme=programme),
    )


def _stages(programme: Programme) -> QuerySet[Referral, tuple[str, int]]:
    waiting = Referral.objects.filter(programme=programme, stage__in=[stage.value for stage in STAGES_IN_ROUND])
    return waiting.values_list("stage").annotate(Count("id")).order_by()


def _seats(programme: Programme, on: date) -> QuerySet[Place, tuple[int, int, int]]:
    """Return one row: how many places there are, and their seats that are free and held; none without a place."""
    all_places = places_with_seats(programme, on).order_by().values("programme_id")
    summed = all_places.annotate(places=Count("pk"), free=Sum("free_n"), held=Sum("held_n"))
    return summed.values_list("places", "free", "held")


def _states(programme: Programme) -> QuerySet[Proposal, tuple[str, int]]:
    open_ones = Proposal.objects.filter(referral__programme=programme, state__in=[ProposalState.DRAFT, ProposalState.SENT])
    return open_ones.values_list("state").annotate(Count("id")).order_by()


def _under_way(programme: Programme) -> QuerySet[MatchRound, UUID]:
    return MatchRound.objects.filter(programme=programme, status__in=UNDER_WAY).values_list("pk", flat=True)


_STAGES, _SEATS, _STATES, _UNDER_WAY = Prepared(_stages), Prepared(_seats), Prepared(_states), Prepared(_under_way)


def round_page(actor: Actor, round_id: UUID) -> RoundPage | None:
    """Return a round as it stands now, or None when it is not there or not the actor's."""
    row = round_for(actor, round_id)
    if row is None:
        return None
    return RoundPage(
        round=row,
        states=tuple(_STATES_OF(match_round=row)),
        gap=_gap(row),
        failure=Reason.from_json(row.failure) if row.failure else None,
        prospects=tuple(_prospect(each) for each in row.summary.get("prospects", ())),
        previous=_BEFORE.first(programme_id=row.programme_id, at=row.requested_at),
        pins=pins_left_out(actor, row),
    )


def _states_of(match_round: MatchRound) -> QuerySet[Proposal, tuple[str, int]]:
    return Proposal.objects.filter(round=match_round).values_list("state").annotate(Count("id")).order_by("state")


def _before(programme_id: UUID, at: datetime) -> QuerySet[MatchRound, UUID]:
    done = MatchRound.objects.filter(programme_id=programme_id, status=RoundStatus.DONE, requested_at__lt=at)
    return done.values_list("pk", flat=True)


_STATES_OF, _BEFORE = Prepared(_states_of), Prepared(_before)


def _gap(row: MatchRound) -> Decimal:
    value, bound = int(row.value or 0), int(row.bound or 0)
    return Decimal(bound - value) * 100 / bound if bound else Decimal(0)


def _prospect(data: dict[str, Any]) -> ProspectLine:
    return ProspectLine(data["occupation"], data["neighbourhood"], data["half_days"], data["people"], Reason.from_json(data["reason"]))
