"""The contract runs on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "contract_period"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the contract runs that day."""
    del problem
    return cell.day in worker.contract


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return when the contract runs."""
    del problem
    until = worker.contract.until
    if until is not None and until <= cell.day:
        return Reason("rostering.contract_ended", {"day": cell.day.isoformat(), "until": until.isoformat()})
    return Reason("rostering.contract_not_begun", {"day": cell.day.isoformat(), "from": worker.contract.start.isoformat()})
