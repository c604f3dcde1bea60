"""Somebody under 18 works at most eight hours, and not on Sunday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "minor"
_SUNDAY = 6
_LAW = "Labour Act of 16 March 1971, art. 31-34bis"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the shift is allowed for a minor; for others it is."""
    if not worker.is_minor_on(cell.day):
        return True
    return cell.day.weekday() != _SUNDAY and cell.demand.minutes <= problem.rules.minor_longest_day


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return what is not allowed."""
    del worker
    if cell.day.weekday() == _SUNDAY:
        return Reason("rostering.minor_on_sunday", {"day": cell.day.isoformat()}, _LAW)
    return Reason("rostering.minor_day_too_long", {"minutes": cell.demand.minutes, "most": problem.rules.minor_longest_day}, _LAW)
