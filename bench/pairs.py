"""All admissible pairs written down, for peers that need them as a list, and the habit of first come, first served."""

from __future__ import annotations

import numpy as np

from opstap.engine.matching.scale.capacity import fold, limits_of
from opstap.engine.matching.scale.edges import Edges, from_seeds
from opstap.engine.matching.scale.instance import Instance, Int32, Int64
from opstap.engine.matching.scale.kernel import kernel
from opstap.engine.matching.scale.layout import Pairs, lay_out
from opstap.engine.matching.scale.pairs import columns_in_reach, run_in_reach, worth
from opstap.engine.matching.scale.seed import seed_edges


def layout_of(instance: Instance) -> tuple[Pairs, Int32]:
    """Return the sorted instance and the seats per place in its order; for instances whose limits fold into the places."""
    capacities = fold(limits_of(instance))
    layout = lay_out(instance, np.flatnonzero(capacities.open_places()))
    return layout.pairs, capacities.place[layout.places_order]


def all_pairs(pairs: Pairs) -> Edges:
    """Return every admissible pair with its value."""
    start = np.zeros(len(pairs.people.x) + 1, np.int64)
    np.cumsum(_count(pairs), out=start[1:])
    edges = Edges(start, np.empty(start[-1], np.int32), np.empty(start[-1], np.int32))
    _write(pairs, edges)
    return edges


def best_pairs(pairs: Pairs, most: int) -> Edges:
    """Return the `most` best places of every person: what is usually done when all pairs are too many."""
    tops, favourites = seed_edges(pairs, most, np.zeros(len(pairs.places.x), np.int64), 2)
    return from_seeds(tops, favourites)


@kernel
def _count(pairs: Pairs) -> Int64:
    counts = np.zeros(len(pairs.people.x), np.int64)
    for person in range(len(counts)):
        x, y, reach = int(pairs.people.x[person]), int(pairs.people.y[person]), int(pairs.people.reach[person])
        column, past = columns_in_reach(pairs.grid, x, reach)
        for each in range(column, past):
            low, high = run_in_reach(pairs.grid, each, y, reach)
            for place in range(low, high):
                counts[person] += worth(pairs, person, place) >= 0
    return counts


@kernel
def _write(pairs: Pairs, edges: Edges) -> None:
    for person in range(len(pairs.people.x)):
        at = edges.start[person]
        x, y, reach = int(pairs.people.x[person]), int(pairs.people.y[person]), int(pairs.people.reach[person])
        column, past = columns_in_reach(pairs.grid, x, reach)
        for each in range(column, past):
            low, high = run_in_reach(pairs.grid, each, y, reach)
            for place in range(low, high):
                value = worth(pairs, person, place)
                if value >= 0:
                    edges.other[at], edges.value[at] = place, value
                    at += 1


@kernel
def first_come_first_served(pairs: Pairs, seats: Int32, order: Int64) -> int:
    """Return the value when everyone, in that order, takes the best place that is still free."""
    free, total = seats.copy(), 0
    for person in order:
        best, taken = -1, -1
        x, y, reach = int(pairs.people.x[person]), int(pairs.people.y[person]), int(pairs.people.reach[person])
        column, past = columns_in_reach(pairs.grid, x, reach)
        for each in range(column, past):
            low, high = run_in_reach(pairs.grid, each, y, reach)
            for place in range(low, high):
                if free[place] > 0:
                    value = worth(pairs, int(person), place)
                    if value > best:
                        best, taken = value, place
        if taken >= 0:
            free[taken] -= 1
            total += best
    return total
