"""Places in a round: what keeps people out of the empty ones, and what one more seat of each would add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import DecimalField, F, QuerySet
from django.db.models.functions import Cast

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.programmes.enums import DEFAULT_ORDER
from opstap.journey.matching.models import MatchRound, RoundPlace
from opstap.journey.matching.queries import round_places

MOST_CHANGES = 3
MOST_PLACES = 200
"""Empty or scarce places on one page: more than a city has; the file has all."""


@dataclass(frozen=True, slots=True)
class KeptOut:
    """How many people without a place a rule keeps out: in all, and by this rule alone."""

    rule: Reason
    total: int
    sole: int


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A change of the place and how many people without a place it would let in."""

    reasons: tuple[Reason, ...]
    opens: int


@dataclass(frozen=True, slots=True)
class RoundPlaceLine:
    """A place in a round. `value`: what one more seat adds, per criterion, in levels; `price`: the same as a sentence."""

    place_id: UUID
    title: str
    host: str
    seats: int
    filled: int
    possible: int
    blocked: Reason | None
    kept_out: tuple[KeptOut, ...]
    changes: tuple[PlaceChange, ...]
    price: Reason
    value: tuple[tuple[Reason, int], ...]

    @property
    def empty(self) -> int:
        """Seats without a proposal."""
        return self.seats - self.filled

    @property
    def is_scarce(self) -> bool:
        """Tell whether one more seat would help somebody."""
        return bool(self.value)


def empty_places(actor: Actor, match_round: MatchRound) -> tuple[RoundPlaceLine, ...]:
    """Return the places of a visible round with seats left over, most seats first."""
    rows = _rows(actor, match_round).filter(filled_seats__lt=F("free_seats"))
    ordered = rows.order_by(F("filled_seats") - F("free_seats"), "place__organisation__folded_name", "place__title", "id")
    return tuple(line_of(row) for row in ordered[:MOST_PLACES])


def priced_places(actor: Actor, match_round: MatchRound) -> tuple[RoundPlaceLine, ...]:
    """Return the places of a visible round, those where one more seat adds most first."""
    worth = Cast("price", DecimalField(max_digits=60, decimal_places=0))
    ordered = _rows(actor, match_round).order_by(worth.desc(), "place__organisation__folded_name", "place__title", "id")
    return tuple(line_of(row) for row in ordered[:MOST_PLACES])


def place_in_round(actor: Actor, match_round: MatchRound, place_id: UUID) -> RoundPlaceLine | None:
    """Return what a visible round found for one place, or None."""
    row = _rows(actor, match_round).filter(place=place_id).first()
    return line_of(row) if row else None


def _rows(actor: Actor, match_round: MatchRound) -> QuerySet[RoundPlace]:
    return round_places(actor, match_round)


def line_of(row: RoundPlace) -> RoundPlaceLine:
    """Return what a round found for a place, from its row."""
    said: dict[str, Any] = row.explanation
    kept_out = tuple(KeptOut(Reason(f"matching.rule_{each['rule']}"), each["total"], each["sole"]) for each in said["kept_out"])
    changes = tuple(PlaceChange(tuple(Reason.from_json(reason) for reason in each["reasons"]), each["opens"]) for each in said["changes"])
    value = tuple(
        (Reason(f"matching.criterion_{criterion}"), level)
        for criterion in DEFAULT_ORDER
        if (level := said["seat_parts"].get(criterion, 0)) > 0
    )
    return RoundPlaceLine(
        place_id=row.place_id,
        title=row.place.title,
        host=row.place.organisation.name,
        seats=row.free_seats,
        filled=row.filled_seats,
        possible=said["possible"],
        blocked=Reason.from_json(said["blocked"]) if said["blocked"] else None,
        kept_out=tuple(each for each in kept_out if each.total),
        changes=changes[:MOST_CHANGES],
        price=Reason.from_json(said["price"]),
        value=value if int(row.price) > 0 else (),
    )
