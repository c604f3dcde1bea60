"""The site is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "site_open"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the site has work that day."""
    del worker
    return not any(cell.day in period for period in problem.site_by[cell.demand.site].closed)


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return that the site is closed."""
    del worker, problem
    return Reason("rostering.site_closed", {"site": cell.demand.site, "day": cell.day.isoformat()})
