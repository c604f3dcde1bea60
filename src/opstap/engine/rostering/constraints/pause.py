"""Nobody works more than six hours without a break; a minor four and a half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "pause"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the break is long enough for this worker."""
    return cell.demand.pause >= _needed(worker, cell, problem)


def _needed(worker: Worker, cell: Cell, problem: Problem) -> int:
    rules, minutes = problem.rules, cell.demand.minutes
    if worker.is_minor_on(cell.day):
        if minutes > rules.work_without_break:
            return rules.minor_long_break
        return rules.minor_short_break if minutes > rules.minor_break_after else 0
    return rules.shortest_break if minutes > rules.work_without_break else 0


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return how long the break should be."""
    facts = {"pause": cell.demand.pause, "needed": _needed(worker, cell, problem)}
    return Reason("rostering.pause_too_short", facts, "Labour Act of 16 March 1971, art. 38quater and 34")
