"""Everything that follows from a problem before anything is decided: pairs, values, free seats, pins. Computed once, on demand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.constraints import masks
from opstap.engine.matching.objective import Weights, levels, weights
from opstap.engine.matching.pins import pinned
from opstap.engine.matching.seats import SeatTree, seat_tree

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Problem


@dataclass(frozen=True)
class Picture:
    """The tables of a problem; rows are its people, columns its places, in their order."""

    problem: Problem

    @cached_property
    def masks(self) -> dict[str, NDArray[np.bool_]]:
        """Per rule, bool (people, places): where it holds."""
        return masks(self.problem)

    @cached_property
    def allowed(self) -> NDArray[np.bool_]:
        """Bool (people, places): where every rule holds."""
        return np.logical_and.reduce(list(self.masks.values()))  # type: ignore[no-any-return] # numpy types reduce as Any

    @cached_property
    def weights(self) -> Weights:
        """Points per level of each criterion."""
        return weights(self.problem)

    @cached_property
    def levels(self) -> dict[str, NDArray[np.int64]]:
        """Per criterion, int64 (people, places): the level of each pair."""
        return levels(self.problem)

    @cached_property
    def values(self) -> NDArray[np.int64]:
        """Int64 (people, places): the points of each pair, also where it is not admissible."""
        total = np.zeros((len(self.problem.people), len(self.problem.places)), dtype=np.int64)
        for criterion, table in self.levels.items():
            total += self.weights.points[criterion] * table
        return total

    @cached_property
    def fixed(self) -> NDArray[np.int64]:
        """Int64 (people): the place (row) a person is pinned to, -1 for none."""
        return pinned(self.problem)

    @cached_property
    def tree(self) -> SeatTree:
        """Free seats before pins."""
        return seat_tree(self.problem)

    @cached_property
    def tree_left(self) -> SeatTree:
        """Free seats after pins."""
        return self.tree.with_taken(self.fixed[self.fixed >= 0])

    @cached_property
    def rows_left(self) -> NDArray[np.int64]:
        """Int64: the rows of the people who are not pinned."""
        return np.nonzero(self.fixed < 0)[0]

    @cached_property
    def values_left(self) -> NDArray[np.int64]:
        """Int64 (people not pinned, places): their points."""
        return self.values[self.rows_left]

    @cached_property
    def allowed_left(self) -> NDArray[np.bool_]:
        """Bool (people not pinned, places): their admissible pairs."""
        return self.allowed[self.rows_left]

    def parts(self, row: int, column: int) -> dict[str, int]:
        """Return the level per criterion of one pair."""
        return {criterion: int(table[row, column]) for criterion, table in self.levels.items()}

    def worth(self, assigned: NDArray[np.int64]) -> int:
        """Return the total points of an assignment: int64 (people), the place (row) of each, -1 for none."""
        placed = np.nonzero(assigned >= 0)[0]
        return sum(int(points) for points in self.values[placed, assigned[placed]])
