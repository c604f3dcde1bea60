"""For everyone without a proposal: the smallest change that leads to one, or at least opens a door; verified by changing it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.explain.data import Change
from opstap.engine.matching.explain.person_changes import CHANGES, IMPOSSIBLE
from opstap.engine.matching.picture import Picture
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.explain.scene import Scene
    from opstap.engine.matching.problem import Person

MOST_THINGS_AT_ONCE = 2


def smallest_changes(scene: Scene) -> dict[str, Change]:
    """Return, by key of a person without a proposal, the smallest change; people for whom none is small enough are left out."""
    targets = _targets(scene)
    changed: dict[int, tuple[Person, tuple[Reason, ...]]] = {row: _apply(scene, row, column) for row, column in targets.items()}
    people = tuple(changed[row][0] if row in changed else person for row, person in enumerate(scene.problem.people))
    after = Picture(replace(scene.problem, people=people))
    opened = after.allowed & ~scene.picture.allowed
    found = {}
    for row, column in targets.items():
        if opened[row, column]:
            places = tuple(scene.problem.places[other].key for other in np.nonzero(opened[row])[0])
            key = scene.problem.people[row].key
            wins = int(after.values[row, column]) + int(scene.ways[column, -1]) > 0
            found[key] = Change(changed[row][1], scene.problem.places[column].key, places, wins)
    return found


def _targets(scene: Scene) -> dict[int, int]:
    """Return, per row of a person without a proposal, the place whose door opens with least effort; winning a seat goes first."""
    effort = _efforts(scene)
    wins = scene.change_of_total > 0
    rank = np.where(wins, effort, effort + IMPOSSIBLE)
    targets = {}
    for row in np.nonzero(scene.unplaced)[0]:
        reachable = np.nonzero(effort[row] < IMPOSSIBLE)[0]
        if len(reachable):
            targets[int(row)] = int(min(reachable, key=lambda column: (rank[row, column], -scene.picture.values[row, column], column)))
    return targets


def _efforts(scene: Scene) -> NDArray[np.int64]:
    """Return int64 (people, places): the effort to open the place; IMPOSSIBLE or more when it cannot be, or is open already."""
    total = np.zeros(scene.broken.shape, dtype=np.int64)
    for rule, mask in scene.picture.masks.items():
        effort = CHANGES[rule][0](scene.problem) if rule in CHANGES else IMPOSSIBLE
        total += np.where(mask, 0, effort)
    return np.where((scene.broken == 0) | (scene.broken > MOST_THINGS_AT_ONCE), IMPOSSIBLE, total)


def _apply(scene: Scene, row: int, column: int) -> tuple[Person, tuple[Reason, ...]]:
    person, place = scene.problem.people[row], scene.problem.places[column]
    reasons = []
    for rule, mask in scene.picture.masks.items():
        if not mask[row, column]:
            person, reason = CHANGES[rule][1](person, place, scene.problem)
            reasons.append(reason)
    return person, tuple(reasons)
