"""What an assignment could still change: the residual network on places, mentors, hosts and "outside", people folded away.

A unit "at" a node asks to be dealt with. An entry [a, b] is the most that the total value rises (or the least it falls) when
that unit moves from a to b: someone at place a moves to place b, someone outside joins, someone leaves, or a free seat above
takes it. In an optimal assignment no round trip rises; the longest ways are exact answers to "what if one seat more or less".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.seats import SeatTree

NO_WAY = -(1 << 61)
"""Stands for "cannot be reached"; two of them still fit in int64."""


def residual_gains(values: NDArray[np.int64], allowed: NDArray[np.bool_], assigned: NDArray[np.int64], tree: SeatTree) -> NDArray[np.int64]:
    """Return int64 (nodes + 1, nodes + 1): the gain of moving one unit along each arc, NO_WAY where there is none; last is outside."""
    gains = np.full((tree.outside + 1, tree.outside + 1), NO_WAY, dtype=np.int64)
    _add_limits(gains, tree, tree.load(assigned[assigned >= 0]))
    worth = np.where(allowed, values, NO_WAY)
    outsiders = worth[assigned < 0]
    if len(outsiders):
        gains[-1, : tree.places] = outsiders.max(axis=0)
    inside = np.nonzero(assigned >= 0)[0]
    seats = assigned[inside]
    own = values[inside, seats]
    moves = np.where(allowed[inside], values[inside] - own[:, None], NO_WAY)
    for row, seat in enumerate(seats):
        np.maximum(gains[seat, : tree.places], moves[row], out=gains[seat, : tree.places])
        gains[seat, -1] = max(gains[seat, -1], -own[row])
    np.fill_diagonal(gains, 0)
    return gains


def _add_limits(gains: NDArray[np.int64], tree: SeatTree, load: NDArray[np.int64]) -> None:
    """A limit that is not reached lets a unit pass upward; a load can be taken back downward."""
    nodes = np.arange(tree.outside)
    has_room, is_used = load < tree.capacity, load > 0
    gains[nodes[has_room], tree.parent[has_room]] = 0
    gains[tree.parent[is_used], nodes[is_used]] = 0


def gain_of_one_more(gains: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64 (nodes): exactly what one more seat at each node, with room of its own above it, would add (0 or more).

    These are the smallest optimal prices: the longest ways from outside, by Bellman-Ford. Raises ValueError when the
    assignment is not optimal, for then a way grows without end.
    """
    best: NDArray[np.int64] = np.maximum(gains[-1], 0)
    best[-1] = 0
    for _ in range(len(gains) + 1):
        further = np.maximum(best, (best[:, None] + gains).max(axis=0))
        if np.array_equal(further, best):
            return best[:-1]
        best = further
    raise ValueError("a round trip raises the total: the assignment is not optimal")


def longest_ways(gains: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64 (nodes + 1, nodes + 1): the most the total can rise by moving one unit from each node to each other."""
    ways = gains.copy()
    for node in range(len(ways)):
        np.maximum(ways, ways[:, node, None] + ways[None, node, :], out=ways)
    ways[ways < NO_WAY // 2] = NO_WAY
    return ways
