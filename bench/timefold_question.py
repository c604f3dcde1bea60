"""A whole roster as it is given to Timefold: demands by weekday, days, workers, and what each can do on each day, ready for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.fairness import BURDENS
from opstap.engine.rostering.problem import DAYS_IN_WEEK, Cell, Problem
from opstap.engine.rostering.rules import STANDARD_DAY
from opstap.engine.rostering.score import hour_points, travel_points
from opstap.engine.rostering.search.market import Market
from opstap.engine.rostering.search.view import View, as_shift


def question(market: Market) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """Return what is asked, and the (worker, day from 0) of each slot; ValueError for a roster that has been published before."""
    problem, rules = market.problem, market.problem.rules
    if problem.published:
        raise ValueError("Timefold is asked for new rosters only: it is not told what was published")
    sites, functions = _numbers(problem.sites), _numbers(problem.functions)
    demands = {demand: number for number, demand in enumerate(problem.demands)}
    choices: dict[tuple[int, ...], int] = {}
    slots: list[tuple[int, int, int]] = []
    for row, view in enumerate(market.views):
        for day, cells in sorted(_days(view).items()):
            choice = tuple(demands[cell.demand] for cell in cells)
            slots.append((row, day, choices.setdefault(choice, len(choices))))
    given = {
        "slots": slots, "choices": list(choices), "sites": len(sites), "standard": STANDARD_DAY, "guides": market.guides,
        "demands": _demands(problem, sites, functions), "days": _rooms(market, sites),
        "workers": [_worker(market, row, sites, functions) for row in range(len(market.views))],
        "longest_stay": rules.longest_stay, "shortest_stay": rules.shortest_stay,
        "practice_days": rules.practice_days, "practice_weeks": rules.practice_weeks, "points": dict(problem.objective.points),
    }  # fmt: skip
    return given, [(row, day) for row, day, _ in slots]


def answer(market: Market, slots: Sequence[tuple[int, int]], chosen: Sequence[int]) -> tuple[Assignment, ...]:
    """Return the demands chosen, -1 for none, as shifts."""
    problem = market.problem
    shifts = []
    for (row, day), number in zip(slots, chosen, strict=True):
        if number >= 0:
            demand = problem.demands[number]
            cell = problem.cell_by[demand.site, demand.function, problem.dates[day], demand.starts]
            shifts.append(as_shift(market.views[row].worker, cell))
    return tuple(sorted(shifts))


def _numbers(things: Sequence[Any]) -> dict[str, int]:
    return {thing.key: number for number, thing in enumerate(things)}


def _days(view: View) -> dict[int, list[Cell]]:
    """Return the demands that a worker can fill by day from 0, without the weeks in which no hours are left."""
    found: dict[int, list[Cell]] = {}
    for index in sorted(view.cells.tolist()):
        cell = view.problem.cells[index]
        day = (cell.day - view.problem.start).days
        if view.quotas[day // DAYS_IN_WEEK] > 0:
            found.setdefault(day, []).append(cell)
    return found


def _demands(problem: Problem, sites: dict[str, int], functions: dict[str, int]) -> list[list[Any]]:
    first = {cell.demand: cell for cell in reversed(problem.cells)}
    return [
        [
            sites[demand.site], functions[demand.function], demand.minutes, hour_points(demand.minutes, problem),
            demand.minimum, demand.wanted, demand.maximum,
            *(demand in first and is_burden(first[demand], problem) for is_burden in BURDENS.values()),
        ]
        for demand in problem.demands
    ]  # fmt: skip


def _rooms(market: Market, sites: dict[str, int]) -> list[tuple[int, list[int]]]:
    """Return of each day its week and, by site, how many people the coaches can receive."""
    problem = market.problem
    rooms = [[0] * len(sites) for _ in problem.dates]
    for cell, crowd in zip(problem.cells, market.crowd.tolist(), strict=True):
        rooms[(cell.day - problem.start).days][sites[cell.demand.site]] = int(market.room[crowd])
    return [(day // DAYS_IN_WEEK, room) for day, room in enumerate(rooms)]


def _worker(market: Market, row: int, sites: dict[str, int], functions: dict[str, int]) -> list[Any]:
    view, problem = market.views[row], market.problem
    able, goals = [0] * len(functions), [-1] * len(functions)
    for cell, learns, goal in zip(view.cells.tolist(), view.learns.tolist(), view.goal.tolist(), strict=True):
        function = functions[problem.cells[cell].demand.function]
        able[function], goals[function] = int(not learns), goal
    ways = [(sites[key], travel_points(view.worker.key, key, problem)) for key in view.sites]
    minutes = list(quotas(view.worker, problem))
    turns = [sum(quota > 0 for quota in minutes[:week]) for week in range(len(minutes))]
    site, stayed = (sites[view.worker.stay[0]], view.worker.stay[1]) if view.worker.stay else (-1, 0)
    return [able, goals, ways, minutes, turns, sum(quota > 0 for quota in minutes), site, stayed, *market.share[:, row].tolist()]
