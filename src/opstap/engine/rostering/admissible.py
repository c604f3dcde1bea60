"""Which demands each worker can fill as far as one shift goes: every rule asked once for what it looks at."""

from __future__ import annotations

from collections import defaultdict

from opstap.engine.rostering.constraints import DAY_RULES, OTHER_RULES, PLACE_RULES, WORK_RULES, ShiftRule
from opstap.engine.rostering.problem import Cell, Problem, Worker


def admissible_cells(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Return for each worker, in the order of the problem, the indices of the demands that no rule about one shift forbids."""
    if "admissible" not in problem.memo:
        problem.memo["admissible"] = _admissible_cells(problem)
    found: tuple[tuple[int, ...], ...] = problem.memo["admissible"]
    return found


def _admissible_cells(problem: Problem) -> tuple[tuple[int, ...], ...]:
    day = {cell.day: cell for cell in reversed(problem.cells)}
    nobody = problem.workers[0] if problem.workers else None
    usable: defaultdict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in problem.cells:
        if nobody and _all(PLACE_RULES, nobody, cell, problem):
            usable[cell.demand.site, cell.demand.function].append(cell)
    found = []
    for worker in problem.workers:
        days = {on for on, cell in day.items() if _all(DAY_RULES, worker, cell, problem)}
        work = (cells for cells in usable.values() if _all(WORK_RULES, worker, cells[0], problem))
        here = (cell for cells in work for cell in cells if cell.day in days and _all(OTHER_RULES, worker, cell, problem))
        found.append(tuple(sorted(cell.index for cell in here)))
    return tuple(found)


def _all(rules: tuple[ShiftRule, ...], worker: Worker, cell: Cell, problem: Problem) -> bool:
    return all(rule.holds(worker, cell, problem) for rule in rules)
