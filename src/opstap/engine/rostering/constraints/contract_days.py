"""The weekday is one of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Cell, Problem, Worker

NAME = "contract_days"


def holds(worker: Worker, cell: Cell, problem: Problem) -> bool:
    """Tell whether the worker works on that weekday."""
    del problem
    return cell.day.weekday() in worker.days


def reason(worker: Worker, cell: Cell, problem: Problem) -> Reason:
    """Return which weekday is missing in the contract."""
    del problem
    days = tuple(f"rostering.day_{day}" for day in sorted(worker.days))
    return Reason("rostering.not_a_contract_day", {"weekday": f"rostering.day_{cell.day.weekday()}", "days": days})
