"""The way to work, by the person's own means, is not longer than the person can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.travel import UNREACHABLE
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "travel_time"
_FACTS = ("location", "travel_mode", "max_travel_minutes")


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the way is short enough; a home that is not on the map needs a measured time."""
    if person.unknown.intersection(_FACTS[1:]):
        return False
    minutes = problem.travel.minutes_between(person, place, person.travel_mode)
    return minutes is not None and minutes <= person.max_travel_minutes


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return how long the way is, or the question to ask."""
    if person.unknown.intersection(_FACTS[1:]):
        return Reason("matching.travel_unknown", {"question": "matching.ask_travel"})
    minutes = problem.travel.minutes_between(person, place, person.travel_mode)
    if minutes is not None:
        return Reason("matching.travel_too_long", {"minutes": minutes, "most": person.max_travel_minutes, "mode": person.travel_mode})
    if person.has_location:
        return Reason("matching.place_not_on_map", {"question": "matching.ask_place_address"})
    return Reason("matching.home_unknown", {"question": "matching.ask_home"})


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the way is short enough."""
    most = problem.crowd.most_minutes
    known = ~(problem.crowd.unknown("travel_mode") | problem.crowd.unknown("max_travel_minutes"))
    return (problem.minutes <= most) & (problem.minutes < UNREACHABLE) & known
