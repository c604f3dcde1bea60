"""The person can be there on as many half-days of the work as the place needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem

NAME = "half_days"


def shortage(problem: Problem) -> NDArray[np.int32]:
    """Return int32 (people, places): how many half-days the person would have to add (0 or less: none)."""
    can = np.array([person.half_days for person in problem.people], dtype=np.uint16)[:, None]
    works = np.array([place.half_days for place in problem.places], dtype=np.uint16)
    needed = np.array([place.must_cover for place in problem.places], dtype=np.int32)
    short: NDArray[np.int32] = needed - np.bitwise_count(can & works).astype(np.int32)
    return short


def holds(person: Person, place: Place, problem: Problem) -> bool:
    """Tell whether the person covers the half-days that the place needs."""
    del problem
    return "half_days" not in person.unknown and (person.half_days & place.half_days).bit_count() >= place.must_cover


def reason(person: Person, place: Place, problem: Problem) -> Reason:
    """Return which half-days are missing, or the question to ask."""
    del problem
    if "half_days" in person.unknown:
        return Reason("matching.half_days_unknown", {"work": half_day_codes(place.half_days), "question": "matching.ask_half_days"})
    missing = half_day_codes(place.half_days & ~person.half_days)
    short = place.must_cover - (person.half_days & place.half_days).bit_count()
    code = "matching.half_days_missing" if short == len(missing) else "matching.half_days_short"
    return Reason(code, {"missing": missing, "short": short})


def mask(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): where the half-days are covered."""
    return (shortage(problem) <= 0) & ~problem.crowd.unknown("half_days")
