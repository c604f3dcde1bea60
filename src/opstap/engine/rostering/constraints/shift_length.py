"""A shift is at least three hours, and no longer than the longest day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "shift_length"
_LAW = "Labour Act of 16 March 1971, art. 19-21"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the shift has a lawful length."""
    del worker
    minutes, rules = cell.demand.minutes, problem.rules
    return rules.shortest_shift <= minutes <= rules.longest_day_of_five


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return how long it is and what is allowed."""
    del worker
    minutes, rules = cell.demand.minutes, problem.rules
    if minutes < rules.shortest_shift:
        return Reason("rostering.shift_too_short", {"minutes": minutes, "least": rules.shortest_shift}, _LAW)
    return Reason("rostering.shift_too_long", {"minutes": minutes, "most": rules.longest_day_of_five}, _LAW)
