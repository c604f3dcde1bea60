"""The worker has the licences of the function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "licence"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether no licence is missing."""
    return problem.function_by[cell.demand.function].licences <= worker.licences


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return which licences are missing."""
    missing = problem.function_by[cell.demand.function].licences - worker.licences
    return Reason("rostering.licence_missing", {"function": cell.demand.function, "licences": tuple(sorted(missing))})
