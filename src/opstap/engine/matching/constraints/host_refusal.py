"""The host did not say no to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.columns import named_pairs
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "host_refusal"


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the host did not refuse the person for this place."""
    del problem
    return person.key not in place.refused


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return that the host said no."""
    del person, place, problem
    return Reason("matching.host_refusal")


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the host did not say no."""
    pairs = [(person, place.key) for place in problem.places for person in place.refused]
    return ~named_pairs(problem.person_row, problem.place_row, pairs)
