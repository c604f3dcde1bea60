"""Nobody works on a public holiday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "public_holiday"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the day is no public holiday."""
    del worker
    return cell.day not in problem.public_holidays


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return which day it is."""
    del worker, problem
    return Reason("rostering.public_holiday", {"day": cell.day.isoformat()}, "Act of 4 January 1974")
