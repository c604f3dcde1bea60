"""The solver that others would take: min-cost flow of OR-Tools."""

from __future__ import annotations

import time

import numpy as np
from ortools.graph.python import min_cost_flow

from opstap.engine.matching.scale.edges import Edges
from opstap.engine.matching.scale.instance import Int32


def min_cost_flow_value(edges: Edges, seats: Int32) -> tuple[int, float, float]:
    """Return the optimum over the edges, the seconds to hand them over and the seconds to solve."""
    people, places = len(edges.start) - 1, len(seats)
    sink, started = people + places, time.perf_counter()
    person = np.repeat(np.arange(people, dtype=np.int32), np.diff(edges.start))
    flow = min_cost_flow.SimpleMinCostFlow()
    flow.add_arcs_with_capacity_and_unit_cost(
        person, edges.other + np.int32(people), np.ones(len(person), np.int64), -edges.value.astype(np.int64)
    )
    everyone, everywhere = np.arange(people, dtype=np.int32), np.arange(places, dtype=np.int32)
    flow.add_arcs_with_capacity_and_unit_cost(
        everyone, np.full(people, sink, np.int32), np.ones(people, np.int64), np.zeros(people, np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        everywhere + np.int32(people), np.full(places, sink, np.int32), seats.astype(np.int64), np.zeros(places, np.int64)
    )
    flow.set_nodes_supplies(np.append(everyone, np.int32(sink)), np.append(np.ones(people, np.int64), -people))
    handed_over = time.perf_counter()
    status = flow.solve()
    if status != flow.OPTIMAL:
        msg = f"min-cost flow ended with status {status}"
        raise RuntimeError(msg)
    return -int(flow.optimal_cost()), handed_over - started, time.perf_counter() - handed_over
