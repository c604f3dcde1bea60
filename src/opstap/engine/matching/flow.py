"""The best assignment as a minimum-cost flow: person to place to mentor to host. The only file that calls the flow solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import min_cost_flow

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.seats import SeatTree


def best_assignment(
    values: NDArray[np.int64], allowed: NDArray[np.bool_], tree: SeatTree, bonus: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Return int64 (people): the place (row) of each person, -1 for none, with the highest sum of values.

    `values`: points (people, places), not negative. `bonus`: points for every unit of flow over a node of the tree.
    Raises RuntimeError when the solver does not prove its optimum, which capacities of zero or more always allow.
    """
    people = len(values)
    person, place = np.nonzero(allowed)
    outside = people + tree.outside
    nodes = np.arange(tree.outside)
    tails = np.concatenate([person, nodes + people, np.arange(people)])
    heads = np.concatenate([place + people, tree.parent + people, np.full(people, outside)])
    capacity = np.concatenate([np.ones(len(person), dtype=np.int64), tree.capacity, np.ones(people, dtype=np.int64)])
    rewards = np.zeros(tree.outside, dtype=np.int64) if bonus is None else bonus
    cost = np.concatenate([-values[person, place], -rewards, np.zeros(people, dtype=np.int64)])
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(tails.astype(np.int32), heads.astype(np.int32), capacity, cost)
    supplies = np.append(np.ones(people, dtype=np.int64), -people)
    solver.set_nodes_supplies(np.append(np.arange(people), outside).astype(np.int32), supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        msg = f"the flow solver ended with status {status} on {people} people and {len(person)} pairs"
        raise RuntimeError(msg)
    used = solver.flows(arcs)[: len(person)] > 0
    assigned = np.full(people, -1, dtype=np.int64)
    assigned[person[used]] = place[used]
    return assigned
