"""The person has every licence that the work asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.columns import lacking
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "licence"


def count_missing(problem: Problem) -> NDArray[np.int32]:
    """Return int32 (people, places): how many licences the person lacks."""
    return lacking(problem.crowd.licences, [place.licences for place in problem.places])


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether no licence is missing; a place that asks none suits everyone."""
    del problem
    return not place.licences or ("licences" not in person.unknown and place.licences <= person.licences)


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return the missing licences, or the question to ask."""
    del problem
    if "licences" in person.unknown:
        return Reason("matching.licence_unknown", {"licences": tuple(sorted(place.licences)), "question": "matching.ask_licences"})
    return Reason("matching.licence_missing", {"licences": tuple(sorted(place.licences - person.licences))})


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where no licence is missing."""
    asks_none = np.array([not place.licences for place in problem.places], dtype=np.bool_)
    allowed: NDArray[np.bool_] = asks_none | ((count_missing(problem) == 0) & ~problem.crowd.unknown("licences"))
    return allowed
