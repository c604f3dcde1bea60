"""The linear program of HiGHS, in a process without OR-Tools: the two libraries bring clashing symbols."""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np

from bench.pairs import all_pairs, layout_of
from opstap.engine.matching.scale import generate
from opstap.engine.matching.scale.edges import Edges
from opstap.engine.matching.scale.instance import Int32


def run(people: int, places: int, seed: int) -> dict[str, Any]:
    """The linear program over all admissible pairs; only the solving counts."""
    pairs, seats = layout_of(generate.instance(people, places, seed))
    value, seconds = linear_program_value(all_pairs(pairs), seats)
    return {"seconds": seconds, "value": value}


def linear_program_value(edges: Edges, seats: Int32) -> tuple[float, float]:
    """Return the optimum of the linear program over the edges and the seconds to solve it."""
    people, places, columns = len(edges.start) - 1, len(seats), len(edges.other)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = columns, people + places
    program.col_cost_ = -edges.value.astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(columns), np.ones(columns)
    program.row_lower_ = np.full(people + places, -highspy.kHighsInf)
    program.row_upper_ = np.concatenate([np.ones(people), seats.astype(float)])
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.arange(0, 2 * columns + 1, 2)
    rows = np.empty(2 * columns, np.int64)
    rows[0::2] = np.repeat(np.arange(people), np.diff(edges.start))
    rows[1::2] = people + edges.other
    program.a_matrix_.index_, program.a_matrix_.value_ = rows, np.ones(2 * columns)
    solver = highspy.Highs()  # type: ignore[no-untyped-call] # the library has no types here
    solver.setOptionValue("output_flag", False)
    solver.passModel(program)
    started = time.perf_counter()
    solver.run()
    return -float(solver.getInfo().objective_function_value), time.perf_counter() - started
