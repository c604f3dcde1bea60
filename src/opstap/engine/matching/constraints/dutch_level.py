"""The person knows as much Dutch as the work asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import DUTCH_LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "dutch_level"


def levels_short(problem: Problem) -> NDArray[np.int32]:
    """Return int32 (people, places): how many levels of Dutch the person is short (0 or less: none)."""
    knows = np.array([person.dutch for person in problem.people], dtype=np.int32)[:, None]
    return np.array([place.dutch for place in problem.places], dtype=np.int32) - knows


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the level is reached; a place that asks no Dutch suits everyone."""
    del problem
    return place.dutch == 0 or ("dutch" not in person.unknown and person.dutch >= place.dutch)


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return the level that is asked and the level that is there, or the question to ask."""
    del problem
    needs = DUTCH_LEVELS[place.dutch]
    if "dutch" in person.unknown:
        return Reason("matching.dutch_unknown", {"needs": needs, "question": "matching.ask_dutch"})
    return Reason("matching.dutch_too_low", {"needs": needs, "has": DUTCH_LEVELS[person.dutch]})


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the level is reached."""
    asks_none = np.array([place.dutch == 0 for place in problem.places], dtype=np.bool_)
    return asks_none | ((levels_short(problem) <= 0) & ~problem.crowd.unknown("dutch"))
