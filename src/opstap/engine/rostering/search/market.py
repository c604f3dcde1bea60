"""Everybody together as the search sees it: what every demand asks, how many fill it, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.admissible import admissible_cells
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.fairness import BURDENS, shares
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.score import hour_points
from opstap.engine.rostering.search.view import View, decided_days, view_of

Float = NDArray[np.float64]
Int = NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """Demands as arrays (cells,), `crowd` the site and day of each, `room` (crowds,) what the coaches there can receive.

    `share` (burdens, workers): what each worker may carry for nothing. `views`: the workers, in the order of the problem.
    """

    problem: Problem
    views: tuple[View, ...]
    minimum: Int
    wanted: Int
    maximum: Int
    crowd: Int
    room: Int
    share: Int
    guides: int
    missing_points: int
    wanted_points: int
    unfair_points: int

    @property
    def constant(self) -> int:
        """Points that no choice changes."""
        return sum(view.constant for view in self.views)


def market_of(problem: Problem) -> Market:
    """Return the market of a problem."""
    admissible, decided = admissible_cells(problem), decided_days(problem)
    views = tuple(view_of(worker, admissible[row], problem, decided) for row, worker in enumerate(problem.workers))
    crowds: dict[tuple[str, int], int] = {}
    crowd = [crowds.setdefault((cell.demand.site, cell.day.toordinal()), len(crowds)) for cell in problem.cells]
    first = {row: cell for cell, row in zip(reversed(problem.cells), reversed(crowd), strict=True)}
    room = [
        sum(coach.maximum for coach in problem.coaches_of[first[row].demand.site] if coach.is_present_on(first[row].day))
        for row in range(len(crowds))
    ]
    share, points = shares(problem), problem.objective.points
    return Market(
        problem, views,
        minimum=np.array([cell.demand.minimum for cell in problem.cells], np.int64),
        wanted=np.array([cell.demand.wanted for cell in problem.cells], np.int64),
        maximum=np.array([cell.demand.maximum for cell in problem.cells], np.int64),
        crowd=np.array(crowd, np.int64),
        room=np.array(room, np.int64),
        share=np.array([[share[name, worker.key] for worker in problem.workers] for name in BURDENS], np.int64),
        guides=problem.rules.learners_per_skilled,
        missing_points=points["minimum"],
        wanted_points=points["wanted"],
        unfair_points=points["fairness"],
    )  # fmt: skip


def unavoidable(market: Market) -> int:
    """Return the points that no roster of these people avoids: demands for which too few can come at all, and hopeless wishes.

    Counted from the rules about one shift alone, so it is a lower bound that a person can follow.
    """
    skilled, anybody = np.zeros_like(market.minimum), np.zeros_like(market.minimum)
    for view in market.views:
        skilled[view.cells[~view.learns]] += 1
        anybody[view.cells] += 1
    missing = np.maximum(0, market.minimum - skilled).sum() * market.missing_points
    wanted = np.maximum(0, market.wanted - np.minimum(anybody, skilled * (1 + market.guides))).sum() * market.wanted_points
    return int(missing + wanted) + sum(_unavoidable_alone(view) for view in market.views)


def _unavoidable_alone(view: View) -> int:
    """Return the points of hours that a worker cannot fill anywhere, and of wishes that nobody teaches within reach."""
    problem = view.problem
    taught = {problem.cells[index].demand.function for index in view.cells}
    hopeless = sum(wish not in taught for wish in view.worker.wishes)
    longest: dict[int, dict[object, int]] = {}
    for index in view.cells:
        cell = problem.cells[index]
        days = longest.setdefault(problem.week_of(cell.day), {})
        days[cell.day] = max(days.get(cell.day, 0), cell.demand.minutes)
    idle = 0
    for week, quota in enumerate(quotas(view.worker, problem)):
        usable = min(quota, sum(longest.get(week, {}).values()))
        idle += hour_points(quota, problem) - hour_points(usable, problem)
    return idle + problem.objective.points["learning"] * hopeless
