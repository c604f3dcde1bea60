"""Places with their seats counted by the database: in use, proposed, held and free, and by these how the place stands."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields import CharField
from django.db.models.functions import Coalesce, Greatest, Least

from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.enums import ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.places.models import Hold, Place, Seat


class SeatState(StrEnum):
    """How a place stands, by its most telling seat."""

    FREE = "free"
    PROPOSED = "proposed"
    TAKEN = "taken"
    HELD = "held"
    PAUSED = "paused"


def _number(rows: QuerySet[Seat] | QuerySet[Hold] | QuerySet[Proposal], of: Combinable | Count | Sum) -> Coalesce:
    """Return what the rows of a place add up to, 0 without rows."""
    counted = rows.filter(place=OuterRef("pk")).order_by().values("place").annotate(n=of).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _proposals(state: ProposalState) -> Coalesce:
    return _number(Proposal.objects.filter(state=state.value, is_reserve=False), Count("pk"))


def places_with_seats(programme: Programme, on: date) -> QuerySet[Place]:
    """Return the programme's living places, each with its counts (`seats_n`, `taken_n` …) and how it `stands`.

    Every seat counts once: a pause holds all that nobody has, a hold no more than that.
    """
    live = Place.objects.filter(programme=programme, closed_at__isnull=True).exclude(until_on__lte=on)
    in_use = Seat.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=on))
    running = Hold.objects.filter(released_at__isnull=True, until_on__gt=on)
    is_paused = Q(paused_from__lte=on) & (Q(paused_until__isnull=True) | Q(paused_until__gt=on))
    counted = live.annotate(
        seats_n=_number(in_use, Count("pk")),
        taken_n=_proposals(ProposalState.ACCEPTED),
        proposed_n=_proposals(ProposalState.SENT),
        drafts_n=_proposals(ProposalState.DRAFT),
        asked_n=_number(running, Sum("seats")),
        paused=Case(When(is_paused, then=Value(1)), default=Value(0)),
    ).annotate(rest_n=Greatest(F("seats_n") - F("taken_n") - F("proposed_n"), 0))
    held = Case(When(paused=1, then=F("rest_n")), default=Least(F("asked_n"), F("rest_n")))
    settled = counted.annotate(held_n=held).annotate(free_n=F("rest_n") - F("held_n"))
    return settled.annotate(stands=_stands())


def _stands() -> Case:
    """Return the state of a place as an expression, the most telling first."""
    return Case(
        When(paused=1, then=Value(SeatState.PAUSED.value)),
        When(free_n__gt=0, then=Value(SeatState.FREE.value)),
        When(proposed_n__gt=0, then=Value(SeatState.PROPOSED.value)),
        When(held_n__gt=0, then=Value(SeatState.HELD.value)),
        default=Value(SeatState.TAKEN.value),
        output_field=CharField(),
    )
