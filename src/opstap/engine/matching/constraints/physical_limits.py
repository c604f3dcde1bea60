"""The work asks nothing of a body that the person cannot do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.columns import overlap
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "physical_limits"


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether limits and demands have nothing in common; work without demands suits everyone."""
    del problem
    return not place.demands or ("limits" not in person.unknown and not person.limits & place.demands)


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return the demands that this person cannot meet, or the question to ask."""
    del problem
    if "limits" in person.unknown:
        return Reason("matching.limits_unknown", {"demands": tuple(sorted(place.demands)), "question": "matching.ask_limits"})
    return Reason("matching.limits_clash", {"demands": tuple(sorted(place.demands & person.limits))})


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where limits and demands do not clash."""
    asks_none = np.array([not place.demands for place in problem.places], dtype=np.bool_)
    clashes = overlap(problem.crowd.limits, [place.demands for place in problem.places])
    allowed: NDArray[np.bool_] = asks_none | ((clashes == 0) & ~problem.crowd.unknown("limits"))
    return allowed
