"""What if a place were different: today's round beside the changed one, with names. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.assembly import Trial, TrialOutcome, try_out
from opstap.journey.places.models import Place
from opstap.journey.places.queries import live_places
from opstap.journey.referrals.models import Referral
from opstap.steering.overviews.permissions import may_steer
from opstap.steering.overviews.queries.round_changes import Turn, TurnLine

__all__ = ["LevelLine", "PriceLine", "Trial", "WhatIf", "places_to_try", "what_if"]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One criterion with its sum over all proposals, before and after."""

    criterion: Reason
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A place of which one more seat is worth something else than before."""

    place: str
    before: Reason
    after: Reason


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Both rounds side by side, who gains, loses or moves, and which prices change."""

    before_placed: int
    after_placed: int
    before_seats: int
    after_seats: int
    lines: tuple[TurnLine, ...]
    levels: tuple[LevelLine, ...]
    prices: tuple[PriceLine, ...]

    @property
    def difference(self) -> int:
        """How many more people are placed."""
        return self.after_placed - self.before_placed


def places_to_try(actor: Actor, programme: Programme, on: date) -> list[Place]:
    """Return the places that a what-if can change: those that are live on the day; none for somebody else's programme."""
    return list(live_places(programme, on)) if may_steer(actor, programme) else []


def what_if(actor: Actor, programme: Programme, trial: Trial, on: date) -> WhatIf | None:
    """Return both rounds side by side, or None when the actor does not coordinate the programme.

    Raises `Refused` when a round cannot be solved, ValueError for a change that cannot be.
    """
    if not may_steer(actor, programme):
        return None
    return _shown(try_out(programme, on, trial), programme, on)


def _shown(outcome: TrialOutcome, programme: Programme, on: date) -> WhatIf:
    titles: dict[UUID | None, str] = {place.pk: f"{place.title}, {place.organisation.name}" for place in live_places(programme, on)}
    ids = [move.referral_id for move in outcome.moves]
    people = {row.pk: str(row.person) for row in Referral.objects.filter(pk__in=ids).select_related("person")}
    lines = []
    for move in outcome.moves:
        before, after = titles.get(move.before, ""), titles.get(move.after, "")
        lines.append(TurnLine(move.referral_id, people[move.referral_id], _turn(move.before, move.after), before, after))
    order = list(Turn)
    lines.sort(key=lambda line: (order.index(line.turn), line.name, line.referral_id))
    prices = [
        PriceLine(titles.get(key, ""), price, outcome.after.prices[key])
        for key, price in outcome.before.prices.items()
        if outcome.after.prices[key].code != price.code
    ]
    levels = [LevelLine(Reason(f"matching.criterion_{name}"), *both) for name, both in outcome.levels.items()]
    return WhatIf(
        before_placed=outcome.before.placed,
        after_placed=outcome.after.placed,
        before_seats=outcome.before.seats,
        after_seats=outcome.after.seats,
        lines=tuple(lines),
        levels=tuple(levels),
        prices=tuple(sorted(prices, key=lambda line: line.place)),
    )


def _turn(before: UUID | None, after: UUID | None) -> Turn:
    if before is None:
        return Turn.GAINED
    return Turn.LOST if after is None else Turn.MOVED
