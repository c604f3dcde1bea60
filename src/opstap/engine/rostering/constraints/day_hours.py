"""Work lies between the earliest start and the latest end: night work needs a ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.rostering.clock import clock
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "day_hours"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the shift lies within the day."""
    del worker
    return problem.rules.earliest_start <= cell.demand.starts and cell.demand.ends <= problem.rules.latest_end


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return the hours that are allowed."""
    del worker
    facts = {"starts": clock(cell.demand.starts), "ends": clock(cell.demand.ends), "latest": clock(problem.rules.latest_end)}
    return Reason("rostering.night_work", facts | {"earliest": clock(problem.rules.earliest_start)}, "Labour Act of 16 March 1971, art. 35")
