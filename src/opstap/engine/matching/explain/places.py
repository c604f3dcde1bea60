"""One place: who was proposed, who is kept out by what, what would open it, and what one more seat there would add."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.explain.data import KeptOut, PlaceChange, PlaceExplanation
from opstap.engine.matching.explain.why import gain_in_words
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.explain.scene import Scene


def free_after(scene: Scene) -> NDArray[np.int64]:
    """Return int64 (nodes): what is left free at every place, mentor and host after the proposals."""
    return scene.picture.tree.capacity - scene.picture.tree.load(scene.assigned[~scene.unplaced])


def explain_place(scene: Scene, column: int, free: NDArray[np.int64], changes: tuple[PlaceChange, ...]) -> PlaceExplanation:
    """Return everything there is to say about one place of the round."""
    parts = scene.picture.weights.parts(int(scene.seat_values[column]))
    return PlaceExplanation(
        place=scene.problem.places[column].key,
        free=max(0, int(free[column])),
        proposed=scene.holders[column],
        blocked=blocked(scene, column, free),
        possible=int(scene.picture.allowed[:, column].sum()),
        kept_out=_kept_out(scene, column),
        changes=changes,
        seat_value=int(scene.seat_values[column]),
        seat_parts=parts,
        price=gain_in_words(parts),
    )


def blocked(scene: Scene, column: int, free: NDArray[np.int64]) -> Reason | None:
    """Return why the free seats of a place cannot be used (its mentor or host is full); None when they can, or none is free."""
    if free[column] <= 0:
        return None
    for node in scene.picture.tree.above[column, 1:]:
        if node < scene.picture.tree.outside and free[node] <= 0:
            is_mentor = node < scene.picture.tree.places + scene.picture.tree.mentors
            return Reason("matching.mentor_full" if is_mentor else "matching.host_full")
    return None


def _kept_out(scene: Scene, column: int) -> tuple[KeptOut, ...]:
    """Count, per rule, the people without a place whom it keeps out; the rule that is most often the only one comes first."""
    alone = scene.unplaced & (scene.broken[:, column] == 1)
    counts = []
    for rule, mask in scene.picture.masks.items():
        out = ~mask[:, column]
        if total := int((out & scene.unplaced).sum()):
            counts.append(KeptOut(rule, int((out & alone).sum()), total))
    return tuple(sorted(counts, key=lambda count: (-count.sole, -count.total)))
