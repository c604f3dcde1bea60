"""The worker can do the function, or wishes to learn it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "skill"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the worker can do it or wishes to learn it."""
    del problem
    return cell.demand.function in worker.skills or cell.demand.function in worker.wishes


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return what the worker can do."""
    del problem
    return Reason("rostering.skill_missing", {"function": cell.demand.function, "skills": tuple(sorted(worker.skills))})
