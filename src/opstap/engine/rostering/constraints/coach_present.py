"""A coach of the member is at the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "coach_present"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether a coach is there that day."""
    del worker
    return any(coach.is_present_on(cell.day) for coach in problem.coaches_of[cell.demand.site])


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return that no coach is there."""
    del worker, problem
    return Reason("rostering.no_coach", {"site": cell.demand.site, "day": cell.day.isoformat()})
