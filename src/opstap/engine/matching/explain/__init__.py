"""Explaining a round from its facts and prices, without a solver: why, why not, the second best, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.matching.explain.data import (
    Alternative,
    Change,
    Explanation,
    KeptOut,
    Miss,
    PersonExplanation,
    PlaceChange,
    PlaceExplanation,
    Prospect,
)
from opstap.engine.matching.explain.people import explain_person
from opstap.engine.matching.explain.place_changes import place_changes
from opstap.engine.matching.explain.places import blocked, explain_place, free_after
from opstap.engine.matching.explain.prospects import prospects
from opstap.engine.matching.explain.scene import Scene
from opstap.engine.matching.explain.smallest import smallest_changes
from opstap.engine.matching.picture import Picture
from opstap.engine.shared import SolverStatus

if TYPE_CHECKING:
    from opstap.engine.matching.problem import Problem
    from opstap.engine.matching.result import Result

__all__ = [
    "Alternative",
    "Change",
    "Explanation",
    "KeptOut",
    "Miss",
    "PersonExplanation",
    "PlaceChange",
    "PlaceExplanation",
    "Prospect",
    "explain",
]


def explain(problem: Problem, result: Result) -> Explanation:
    """Return all there is to say about a proven optimum; raises ValueError for other results: their numbers would not be exact."""
    if result.status is not SolverStatus.OPTIMAL or result.digest != problem.digest():
        raise ValueError("only the proven optimum of this very problem can be explained")
    scene = Scene(Picture(problem), result)
    changes = smallest_changes(scene)
    free = free_after(scene)
    columns = range(len(problem.places))
    openings = place_changes(scene, [column for column in columns if free[column] > 0 and blocked(scene, column, free) is None])
    people = (explain_person(scene, row, changes.get(person.key)) for row, person in enumerate(problem.people))
    places = (explain_place(scene, column, free, openings.get(column, ())) for column in columns)
    return Explanation({each.person: each for each in people}, {each.place: each for each in places}, prospects(scene))
