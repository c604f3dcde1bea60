"""What a pair is worth: whole points per criterion, weighed so that the programme's order is kept.

Every criterion has levels (0 is worst). A criterion's weight is larger than everything that all criteria below it can add up
to over all people that can be placed: one unit of a higher criterion is never traded for any amount of the lower ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.columns import overlap
from opstap.engine.matching.seats import free_seats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Problem

HIGHEST_LEVEL = MappingProxyType({"placed": 1, "wishes": 3, "priority": 1, "waiting": 20, "learning": 3, "travel": 6})
"""The highest level of each criterion; the lowest is 0."""

MINUTES_PER_LEVEL = 10
MONTHS_PER_LEVEL = 6
MOST_POINTS = 1 << 62
"""No sum of values may pass this, with the factor that the flow solver multiplies its costs by: int64 with a bit to spare."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Points per level of each criterion, most important first.

    `is_strict`: the order holds for the sums over all people. When so many can be placed that such weights would not fit in
    64 bits, it holds for "placed" over everything and, between the other criteria, for each person alone.
    """

    points: Mapping[str, int]
    most_placed: int
    is_strict: bool

    def parts(self, points: int) -> dict[str, int]:
        """Return the levels gained (or lost) per criterion that a difference of points stands for; exact when strict."""
        parts, rest = {}, points
        for criterion, weight in self.points.items():
            parts[criterion] = (2 * rest + weight) // (2 * weight)
            rest -= parts[criterion] * weight
        return parts


def weights(problem: Problem) -> Weights:
    """Return the weights for the problem's order, strict whenever they fit."""
    order = problem.objective.order
    most_placed = max(1, min(len(problem.people), free_seats(problem)) + 1)
    nodes = len(problem.people) + len(problem.places) + len(problem.mentors) + len(problem.hosts) + 2
    points, total = _strict(order, most_placed)
    is_strict = total * nodes <= MOST_POINTS
    if not is_strict:
        points = _for_each_person(order, most_placed)
    return Weights(MappingProxyType({criterion: points[criterion] for criterion in order}), most_placed, is_strict)


def _strict(order: tuple[str, ...], most_placed: int) -> tuple[dict[str, int], int]:
    """Each weight is one more than twice the most that the band below can sum to, so that differences split uniquely too."""
    points, unit = {}, 1
    for criterion in reversed(order):
        points[criterion] = unit
        unit *= 2 * most_placed * HIGHEST_LEVEL[criterion] + 1
    return points, unit


def _for_each_person(order: tuple[str, ...], most_placed: int) -> dict[str, int]:
    points, lower = {}, 0
    for criterion in reversed(order):
        unit = lower + 1 if criterion != "placed" else most_placed * lower + 1
        points[criterion] = unit
        lower += unit * HIGHEST_LEVEL[criterion]
    return points


def levels(problem: Problem) -> dict[str, NDArray[np.int64]]:
    """Return, per criterion of the order, the level of every pair: int64 (people, places), also for pairs that are not admissible."""
    shape = (len(problem.people), len(problem.places))
    tables: dict[str, Callable[[], NDArray[np.int64]]] = {
        "placed": lambda: np.ones(shape, dtype=np.int64),
        "wishes": lambda: _wishes(problem),
        "priority": lambda: _per_person([int(p.is_young_low_educated or p.is_55_plus) for p in problem.people], shape),
        "waiting": lambda: _per_person([_waiting(p, problem.on) for p in problem.people], shape),
        "learning": lambda: _learning(problem),
        "travel": lambda: _travel(problem),
    }
    return {criterion: tables[criterion]() for criterion in problem.objective.order}


def _per_person(numbers: list[int], shape: tuple[int, int]) -> NDArray[np.int64]:
    return np.broadcast_to(np.array(numbers, dtype=np.int64)[:, None], shape)


def months_waiting(since: date, on: date) -> int:
    """Return the whole months between two days; negative when `since` lies ahead."""
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)


def _waiting(person: Person, on: date) -> int:
    return min(HIGHEST_LEVEL["waiting"], max(0, months_waiting(person.waiting_since, on) // MONTHS_PER_LEVEL))


def _wishes(problem: Problem) -> NDArray[np.int64]:
    """First wish or a place marked "interests me": 3; second wish: 2; a later wish: 1."""
    top = HIGHEST_LEVEL["wishes"]
    occupations = sorted({place.occupation for place in problem.places})
    number = {occupation: index for index, occupation in enumerate(occupations)}
    by_occupation = np.zeros((len(problem.people), len(occupations)), dtype=np.int64)
    for row, person in enumerate(problem.people):
        for rank, occupation in reversed(list(enumerate(person.wishes))):
            if occupation in number:
                by_occupation[row, number[occupation]] = max(1, top - rank)
    table = by_occupation[:, [number[place.occupation] for place in problem.places]]
    for row, person in enumerate(problem.people):
        for key in person.interests:
            if key in problem.place_row:
                table[row, problem.place_row[key]] = top
    return table


def _learning(problem: Problem) -> NDArray[np.int64]:
    """Return how many of the person's learning goals the place teaches, at most 3 count."""
    shared = overlap([person.learning_goals for person in problem.people], [place.teaches for place in problem.places])
    return np.minimum(shared, HIGHEST_LEVEL["learning"]).astype(np.int64)


def _travel(problem: Problem) -> NDArray[np.int64]:
    """Return 6 for less than 10 minutes one way, one less for every 10 minutes more, 0 from an hour on."""
    return np.maximum(0, HIGHEST_LEVEL["travel"] - problem.minutes // MINUTES_PER_LEVEL).astype(np.int64)
