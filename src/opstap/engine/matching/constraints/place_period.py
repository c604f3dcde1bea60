"""The place still takes people on the day someone could start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "place_period"


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the place is open at the start; it does not depend on the person."""
    del person
    return problem.start_at(place) in place.period


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return since when the place takes nobody."""
    del person
    until = place.period.until
    return Reason("matching.place_ended", {"until": until.isoformat() if until else None, "start": problem.start_at(place).isoformat()})


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the place is open at the start."""
    is_open = np.array([problem.start_at(place) in place.period for place in problem.places], dtype=np.bool_)
    return np.broadcast_to(is_open, (len(problem.people), len(problem.places)))
