"""The worker is not away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "absence"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the worker is there that day."""
    del problem
    return not worker.is_absent_on(cell.day)


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return that the worker is away, and when back."""
    del problem
    back = next(period.until for period in worker.absent if cell.day in period)
    if back is None:
        return Reason("rostering.absent", {"day": cell.day.isoformat()})
    return Reason("rostering.absent_until", {"day": cell.day.isoformat(), "until": back.isoformat()})
