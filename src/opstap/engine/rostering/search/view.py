"""One worker as the search sees the problem: the options of every day in arrays, and the best paths under any prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import gcd

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.fairness import BURDENS
from opstap.engine.rostering.frozen import frozen_days
from opstap.engine.rostering.people import Worker
from opstap.engine.rostering.problem import DAYS_IN_WEEK, Cell, Problem
from opstap.engine.rostering.score import hour_points, travel_points
from opstap.engine.rostering.search.kernel import best_paths

Float = NDArray[np.float64]
Int = NDArray[np.int64]
_MOST_WISHES = 4
"""More wishes than these are taken as reached by the search, so that its bound stays below; the score counts them all."""


@dataclass(frozen=True)
class View:
    """A worker's options, by local site, week and weekday. `own`: what an option costs by itself; `constant`: what no option changes.

    `cells`: the demand of each option; `learns`: whether as a learner; `burdens` (2, options): 1 where it is one.
    `quotas` and `units` in the worker's own unit of time. `must` (days): 1 where the worker has to work,
    `pinned`: the options of those days.
    """

    worker: Worker
    problem: Problem
    starts: Int
    cells: Int
    learns: NDArray[np.bool_]
    own: Float
    units: Int
    goal: Int
    goals: int
    burdens: Float
    quotas: Int
    must: Int
    pinned: NDArray[np.bool_]
    sites: tuple[str, ...]
    constant: int
    has_burdens: bool
    option_of: dict[int, int] = field(default_factory=dict)

    def best(self, costs: Float, most: int) -> list[tuple[float, Int]]:
        """Return up to `most` paths as (value without `constant`, options chosen), best first; none when pins cannot be kept."""
        problem, rules = self.problem, self.problem.rules
        if not len(self.cells):
            return [] if self.must.any() else [(float(self.goals * problem.objective.points["learning"]), np.empty(0, np.int64))]
        paths = np.empty((most, problem.weeks * DAYS_IN_WEEK), np.int64)
        values = np.empty(most)
        stay = self.worker.stay
        first = self.sites.index(stay[0]) if stay and stay[0] in self.sites else -1
        points = problem.objective.points
        found = best_paths(
            len(self.sites), problem.weeks, self.starts, costs, self.units, self.goal, self.goals, self.must, self.quotas,
            first, stay[1] if stay else 0, rules.longest_stay, rules.shortest_stay, float(points["variety"]),
            rules.practice_days, rules.practice_weeks, float(points["learning"]), most, paths, values,
        )  # fmt: skip
        return [(float(values[row]), paths[row][paths[row] >= 0]) for row in range(found)]

    def shifts(self, options: Int) -> tuple[Assignment, ...]:
        """Return the options as shifts, in the order of days."""
        cells = [self.problem.cells[index] for index in sorted(self.cells[options])]
        return tuple(as_shift(self.worker, cell) for cell in cells)

    def options(self, shifts: Sequence[Assignment]) -> Int:
        """Return shifts of this worker as options; raises KeyError for one that is no option."""
        return np.array([self.option_of[self.problem.cell_by[shift.cell].index] for shift in shifts], np.int64)


def as_shift(worker: Worker, cell: Cell) -> Assignment:
    """Return the demand as the worker's shift."""
    return Assignment(worker.key, cell.day, cell.demand.site, cell.demand.function, cell.demand.starts)


def view_of(worker: Worker, admissible: Sequence[int], problem: Problem, decided: dict[tuple[str, int], int]) -> View:
    """Return the view of a worker; `decided` maps (worker, day from 0) to the demand that is pinned or frozen, -1: free."""
    cells = [problem.cells[index] for index in admissible]
    cells = [cell for cell in cells if decided.get((worker.key, _offset(cell, problem)), cell.index) == cell.index]
    sites = tuple(sorted({cell.demand.site for cell in cells}))
    cells.sort(key=lambda cell: (sites.index(cell.demand.site), cell.day, cell.index))
    rows = [sites.index(cell.demand.site) * problem.weeks * DAYS_IN_WEEK + _offset(cell, problem) for cell in cells]
    starts = np.searchsorted(np.array(rows, np.int64), np.arange(len(sites) * problem.weeks * DAYS_IN_WEEK + 1)).astype(np.int64)
    unit = reduce(gcd, (cell.demand.minutes for cell in cells), 0) or 1
    taught = {cell.demand.function for cell in cells}
    wishes = tuple(wish for wish in worker.wishes if wish in taught)[:_MOST_WISHES]
    hopeless = sum(wish not in taught for wish in worker.wishes)
    must = np.zeros(problem.weeks * DAYS_IN_WEEK, np.int64)
    for (key, day), index in decided.items():
        if key == worker.key and index >= 0:
            must[day] = 1
    minutes = quotas(worker, problem)
    burdens = np.array([[is_burden(cell, problem) for cell in cells] for is_burden in BURDENS.values()], np.float64)
    return View(
        worker, problem, starts,
        cells=np.array([cell.index for cell in cells], np.int64),
        learns=np.array([worker.is_learning(cell.demand.function) for cell in cells], np.bool_),
        own=np.array([_own(worker, cell, problem) for cell in cells], np.float64),
        units=np.array([cell.demand.minutes // unit for cell in cells], np.int64),
        goal=np.array([wishes.index(cell.demand.function) if cell.demand.function in wishes else -1 for cell in cells], np.int64),
        goals=len(wishes),
        burdens=burdens,
        quotas=np.array([quota // unit for quota in minutes], np.int64),
        must=must,
        pinned=np.array([bool(must[_offset(cell, problem)]) for cell in cells], np.bool_),
        sites=sites,
        constant=_constant(worker, minutes, hopeless, problem),
        has_burdens=bool(burdens.any()),
        option_of={cell.index: option for option, cell in enumerate(cells)},
    )  # fmt: skip


def decided_days(problem: Problem) -> dict[tuple[str, int], int]:
    """Return the demand (-1: free) of every (worker, day from 0) that is pinned or frozen."""
    found: dict[tuple[str, int], int] = {}
    for worker, day in frozen_days(problem):
        shift = problem.published_on.get((worker, day))
        found[worker, (day - problem.start).days] = problem.cell_by[shift.cell].index if shift else -1
    for pin in problem.pins:
        cell = None if pin.is_free else problem.cell_by.get((pin.site, pin.function, pin.day, pin.starts))
        found[pin.worker, (pin.day - problem.start).days] = cell.index if cell else -1
    return found


def _offset(cell: Cell, problem: Problem) -> int:
    return (cell.day - problem.start).days


def _own(worker: Worker, cell: Cell, problem: Problem) -> int:
    """Return what one shift costs by itself: travel, less the hours it fills, and the move it makes or spares."""
    points = travel_points(worker.key, cell.demand.site, problem) - hour_points(cell.demand.minutes, problem)
    if not problem.published or worker.key in problem.untold:
        return points
    was = problem.published_on.get((worker.key, cell.day))
    move = problem.objective.points["moves"]
    if was is None:
        return points + move
    return points - move if was == as_shift(worker, cell) else points


def _constant(worker: Worker, minutes: Sequence[int], hopeless: int, problem: Problem) -> int:
    """Return the points before any shift: all hours unfilled, wishes that nobody can teach, and every published day moved."""
    points = problem.objective.points
    hours = sum(hour_points(quota, problem) for quota in minutes)
    published = sum(shift.worker == worker.key and problem.start <= shift.day < problem.until for shift in problem.published)
    return hours + points["learning"] * hopeless + points["moves"] * published
