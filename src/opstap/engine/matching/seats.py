"""Free seats as a tree: every place under its mentor, every mentor under its host; each node limits what is below it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Problem


@dataclass(frozen=True)
class SeatTree:
    """Nodes are the places in their order, then mentors, then hosts; `outside` is the number of the root.

    `parent`: int64 (nodes), the node above, `outside` for a host. `capacity`: int64 (nodes), free seats; negative when pins
    or people already there take more than there is.
    """

    parent: NDArray[np.int64]
    capacity: NDArray[np.int64]
    places: int
    mentors: int

    @property
    def outside(self) -> int:
        """Number of the root, which stands for "not at any place"."""
        return len(self.parent)

    @cached_property
    def above(self) -> NDArray[np.int64]:
        """Return int64 (places, 3): per place itself, the node above and the one above that; `outside` fills up."""
        up = np.append(self.parent, self.outside)
        own = np.arange(self.places)
        return np.stack([own, up[own], up[up[own]]], axis=1)

    def load(self, assigned: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return int64 (nodes): people below each node, for the places (rows) of those assigned."""
        return np.bincount(self.above[assigned].ravel(), minlength=self.outside + 1)[: self.outside]

    def with_taken(self, taken: NDArray[np.int64]) -> SeatTree:
        """Return the tree with one seat less, on all levels, for every place (row) listed."""
        return SeatTree(self.parent, self.capacity - self.load(taken), self.places, self.mentors)


def seat_tree(problem: Problem) -> SeatTree:
    """Return the free seats on the day of the round: what is taken or held is gone, at the place, its mentor and its host."""
    mentor_node = {mentor.key: len(problem.places) + row for row, mentor in enumerate(problem.mentors)}
    host_node = {host.key: len(problem.places) + len(problem.mentors) + row for row, host in enumerate(problem.hosts)}
    outside = len(problem.places) + len(problem.mentors) + len(problem.hosts)
    parent = np.full(outside, outside, dtype=np.int64)
    for row, place in enumerate(problem.places):
        parent[row] = host_node[place.host] if place.mentor is None else mentor_node[place.mentor]
        if place.mentor is not None:
            parent[mentor_node[place.mentor]] = host_node[place.host]
    used = _used(problem)
    unlimited = len(problem.people) + sum(used) + 1
    limits = [place.capacity for place in problem.places] + [mentor.capacity for mentor in problem.mentors]
    limits += [unlimited if host.capacity is None else host.capacity for host in problem.hosts]
    tree = SeatTree(parent, np.array(limits, dtype=np.int64), len(problem.places), len(problem.mentors))
    free = tree.with_taken(np.repeat(np.arange(len(problem.places)), used)).capacity
    return SeatTree(parent, np.maximum(free, 0), tree.places, tree.mentors)


def free_seats(problem: Problem) -> int:
    """Return how many seats the places have free, before mentors and hosts limit them."""
    return sum(max(0, place.capacity - used) for place, used in zip(problem.places, _used(problem), strict=True))


def _used(problem: Problem) -> list[int]:
    """Seats per place that are taken, or held on the day of the round; no more are held than are free."""
    held: dict[str, int] = {}
    for hold in problem.holds:
        if problem.on < hold.until:
            held[hold.place] = held.get(hold.place, 0) + hold.seats
    used = []
    for place in problem.places:
        taken = problem.taken.get(place.key, 0)
        used.append(taken + min(held.get(place.key, 0), max(0, place.capacity - taken)))
    return used
