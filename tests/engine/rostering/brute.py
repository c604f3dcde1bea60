"""The slow truth: every roster of a tiny problem tried, judged by the checker and counted by the score."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from opstap.engine.rostering.admissible import admissible_cells
from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.score import cost


def rosters(problem: Problem) -> Iterator[tuple[Assignment, ...]]:
    """Every lawful roster."""
    choices = []
    for worker, cells in zip(problem.workers, admissible_cells(problem), strict=True):
        asked = [problem.cells[index] for index in cells]
        shifts = [Assignment(worker.key, cell.day, cell.demand.site, cell.demand.function, cell.demand.starts) for cell in asked]
        choices.append([chosen for count in range(len(shifts) + 1) for chosen in combinations(shifts, count)])
    for chosen in product(*choices):
        roster = tuple(sorted(shift for shifts in chosen for shift in shifts))
        if not check_shifts(problem, roster):
            yield roster


def best_cost(problem: Problem) -> int | None:
    """The lowest cost of any lawful roster; None when there is none."""
    return min((cost(problem, roster) for roster in rosters(problem)), default=None)
