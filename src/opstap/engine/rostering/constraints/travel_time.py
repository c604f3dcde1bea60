"""The way to the site is not longer than the worker can travel; a way that is not known is not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "travel_time"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the way is short enough."""
    minutes = problem.minutes.get((worker.key, cell.demand.site))
    return minutes is None or minutes <= _most(worker, problem)


def _most(worker: Worker, problem: Problem) -> int:
    return problem.rules.longest_way if worker.most_minutes is None else worker.most_minutes


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return how long the way is."""
    minutes = problem.minutes[worker.key, cell.demand.site]
    return Reason("rostering.way_too_long", {"site": cell.demand.site, "minutes": minutes, "most": _most(worker, problem)})
