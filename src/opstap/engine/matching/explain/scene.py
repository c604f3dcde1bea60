"""The tables that every part of an explanation reads: the problem's picture and what the result left of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching.constraints import RULES
from opstap.engine.matching.residual import NO_WAY, gain_of_one_more, longest_ways, residual_gains

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.constraints import Rule
    from opstap.engine.matching.picture import Picture
    from opstap.engine.matching.problem import Problem
    from opstap.engine.matching.result import Result
    from opstap.engine.shared import Reason

MISSES = 3
"""How many of the places that are not open are told, the nearest first."""


@dataclass(frozen=True)
class Scene:
    """A problem and its optimal result."""

    picture: Picture
    result: Result

    @property
    def problem(self) -> Problem:
        """The round itself."""
        return self.picture.problem

    @cached_property
    def assigned(self) -> NDArray[np.int64]:
        """Int64 (people): the proposed place (row) of each person, -1 for none."""
        places = self.result.place_of()
        rows = [self.problem.place_row[places[person.key]] if person.key in places else -1 for person in self.problem.people]
        return np.array(rows, dtype=np.int64)

    @cached_property
    def unplaced(self) -> NDArray[np.bool_]:
        """Bool (people): who has no proposal."""
        return self.assigned < 0

    @cached_property
    def _gains(self) -> NDArray[np.int64]:
        picture = self.picture
        return residual_gains(picture.values_left, picture.allowed_left, self.assigned[picture.rows_left], picture.tree_left)

    @cached_property
    def seat_values(self) -> NDArray[np.int64]:
        """Int64 (nodes): what one more seat, with guidance and room of its own, would add to the round."""
        return gain_of_one_more(self._gains)

    @cached_property
    def ways(self) -> NDArray[np.int64]:
        """Int64 (nodes + 1, nodes + 1): see `residual.longest_ways`."""
        return longest_ways(self._gains)

    @cached_property
    def change_of_total(self) -> NDArray[np.int64]:
        """Int64 (people, places): exactly how the total changes when the person must go to the place, were the pair admissible.

        NO_WAY where no seat can be freed. Not meant for people who are pinned.
        """
        own = np.zeros(len(self.assigned), dtype=np.int64)
        inside = np.nonzero(~self.unplaced)[0]
        own[inside] = self.picture.values[inside, self.assigned[inside]]
        origin = np.where(self.unplaced, self.picture.tree.outside, self.assigned)
        way = self.ways[:, origin].T[:, : len(self.problem.places)]
        return np.where(way == NO_WAY, NO_WAY, self.picture.values - own[:, None] + np.maximum(way, -(1 << 60)))

    @cached_property
    def broken(self) -> NDArray[np.int64]:
        """Int64 (people, places): how many rules do not hold."""
        total = np.zeros(self.picture.values.shape, dtype=np.int64)
        for mask in self.picture.masks.values():
            total += ~mask
        return total

    @cached_property
    def first_shut(self) -> list[tuple[Rule, list[int]]]:
        """Per rule, for each person the first place (row) where it does not hold; the number of places when it holds everywhere."""
        nowhere = np.zeros((len(self.problem.people), 1), dtype=np.bool_)
        masks = self.picture.masks
        return [(rule, np.hstack((masks[rule.NAME], nowhere)).argmin(axis=1).tolist()) for rule in RULES]

    @cached_property
    def nearest(self) -> list[list[int]]:
        """Per person, the places (rows) with the fewest rules in the way, of those the most wanted first; without those that are open."""
        shut = np.where(self.broken == 0, len(RULES) + 1, self.broken)
        order = np.lexsort((-self.picture.values, shut), axis=1)[:, :MISSES].tolist()
        counts = np.minimum((self.broken > 0).sum(axis=1), MISSES).tolist()
        return [places[:count] for places, count in zip(order, counts, strict=True)]

    @cached_property
    def _shut_by(self) -> NDArray[np.int64]:
        """Int64 (people, places): a bit for every rule that does not hold, the first rule's lowest."""
        bits = np.zeros(self.picture.values.shape, dtype=np.int64)
        for number, rule in enumerate(RULES):
            bits |= (~self.picture.masks[rule.NAME]).astype(np.int64) << number
        return bits

    def obstacles(self, row: int, column: int) -> tuple[Reason, ...]:
        """Return the reason of every rule that does not hold for the pair, in the order of the rules."""
        person, place = self.problem.people[row], self.problem.places[column]
        return tuple(rule.reason(person, place, self.problem) for rule in _rules_of(int(self._shut_by[row, column])))

    @cached_property
    def holders(self) -> list[tuple[str, ...]]:
        """Per place, the keys of the people proposed there."""
        rows = [np.nonzero(self.assigned == column)[0] for column in range(len(self.problem.places))]
        return [tuple(self.problem.people[row].key for row in there) for there in rows]


@lru_cache(maxsize=1 << len(RULES))
def _rules_of(bits: int) -> tuple[Rule, ...]:
    return tuple(rule for number, rule in enumerate(RULES) if bits >> number & 1)
