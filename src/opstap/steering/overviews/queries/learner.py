"""What a mentor knows of a learner's plan: what to learn here and what the mentor does for it, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from opstap.journey.attendance.queries.reach import floor_placements
from opstap.journey.plans.queries import Standing, to_learn

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Promise:
    """What the mentor does for the learner."""

    text: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody on the own floor; both parts are empty while no plan was shared with the person."""

    name: str
    place: str
    standings: tuple[Standing, ...]
    promises: tuple[Promise, ...]


def learner(actor: Actor, placement_id: UUID, on: date) -> Learner | None:
    """Return a learner of the own floor on a day, or None."""
    placement = floor_placements(actor, on).filter(pk=placement_id).first()
    found = to_learn(actor, placement, on) if placement else None
    if placement is None or found is None:
        return None
    promises = tuple(Promise(action.text, action.due_on, action.done_on) for action in found.actions)
    return Learner(str(placement.person), placement.seat.place.title, found.standings, promises)
