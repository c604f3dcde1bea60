"""Saturdays and unloved work: how much of them is everybody's share, by the hours of the contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from opstap.engine.rostering.admissible import admissible_cells
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.problem import Cell, Problem

_SATURDAY = 5


def _is_saturday(cell: Cell, problem: Problem) -> bool:
    del problem
    return cell.day.weekday() == _SATURDAY


def _is_unloved(cell: Cell, problem: Problem) -> bool:
    return problem.function_by[cell.demand.function].is_unloved


BURDENS: Mapping[str, Callable[[Cell, Problem], bool]] = MappingProxyType({"saturday": _is_saturday, "unloved": _is_unloved})
"""What is divided fairly, and which demands belong to it."""


def shares(problem: Problem) -> dict[tuple[str, str], int]:
    """Return, by (burden, worker), the number of shifts that is fair: what is wanted in all, by contract hours, rounded up.

    Only people who can carry a burden at all have a share of it; the others have 0.
    """
    if "shares" not in problem.memo:
        problem.memo["shares"] = _shares(problem)
    found: dict[tuple[str, str], int] = problem.memo["shares"]
    return found


def _shares(problem: Problem) -> dict[tuple[str, str], int]:
    able = admissible_cells(problem)
    hours = [sum(quotas(worker, problem)) for worker in problem.workers]
    found: dict[tuple[str, str], int] = {}
    for name, is_burden in BURDENS.items():
        cells = {cell.index for cell in problem.cells if is_burden(cell, problem)}
        can = [bool(cells.intersection(able[row])) for row in range(len(problem.workers))]
        wanted = sum(problem.cells[index].demand.wanted for index in cells)
        together = sum(hour for hour, is_able in zip(hours, can, strict=True) if is_able)
        for row, worker in enumerate(problem.workers):
            found[name, worker.key] = -(-wanted * hours[row] // together) if can[row] and together else 0
    return found
