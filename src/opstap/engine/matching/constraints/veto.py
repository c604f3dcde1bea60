"""The person did not say no to the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.columns import named_pairs
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "veto"


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the person did not rule the place out."""
    del problem
    return place.key not in person.vetoes


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return that the person does not want this place."""
    del person, place, problem
    return Reason("matching.person_veto")


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the person did not say no."""
    pairs = [(person.key, place) for person in problem.people for place in person.vetoes]
    return ~named_pairs(problem.person_row, problem.place_row, pairs)
