"""Nobody of the programme ruled this pair out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.columns import named_pairs
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "ruled_out"


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the pair is not forbidden."""
    return (person.key, place.key) not in problem.forbidden


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return that someone of the programme ruled the pair out."""
    del person, place, problem
    return Reason("matching.ruled_out")


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the pair is not forbidden."""
    return ~named_pairs(problem.person_row, problem.place_row, problem.forbidden)
