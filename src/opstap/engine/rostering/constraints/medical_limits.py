"""The function asks nothing that the worker cannot do for reasons of health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "medical_limits"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the work asks nothing that the worker cannot do."""
    return not problem.function_by[cell.demand.function].demands & worker.limits


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return what clashes."""
    clash = problem.function_by[cell.demand.function].demands & worker.limits
    return Reason("rostering.medical_limit", {"function": cell.demand.function, "demands": tuple(sorted(clash))})
