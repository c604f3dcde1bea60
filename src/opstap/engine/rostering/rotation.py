"""Weeks at sites as a question of its own: who is where in which week, proven, before days and shifts.

A site asks in a week for as many people as its busiest day, those who can for the minimum; a worker brings the hours of contract that
the site has work for. It says how stays, wishes, travel and the need for people go together; days and shifts cost more than it knows.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.problem import DAYS_IN_WEEK, Problem
from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.market import Market, market_of
from opstap.engine.rostering.search.master import Asked, Master, Weeks
from opstap.engine.rostering.search.mix import relax
from opstap.engine.rostering.search.open_weeks import prove
from opstap.engine.rostering.search.roll import roll
from opstap.engine.rostering.search.view import View
from opstap.engine.shared import SolverStatus

_RELAXING, _ROLLING = 0.25, 0.85
"""The share of the time at which the bound stands, and whole weeks."""

_NEAR = 0.003
"""The share of the bound that whole weeks may lie above it before they are sought no longer."""


@dataclass(frozen=True)
class Rotation:
    """`sites`: the site of a worker in a week, by (worker, week from 0). `cost` never lies below `bound`; both count all points."""

    status: SolverStatus
    sites: Mapping[tuple[str, int], str]
    cost: int
    bound: int
    seconds: float = field(default=0.0, compare=False)


def weeks_at_sites(problem: Problem, seconds: float = 30.0, clock: Callable[[], float] = time.monotonic) -> Rotation:
    """Return the weeks at sites with the lowest cost: OPTIMAL when proven, TIMED_OUT when the clock ended it, else FEASIBLE."""
    began = clock()
    market = market_of(problem)
    master = master_of(market)
    chosen = master.first()
    best = relax(master, master.cost(chosen), began + seconds * _RELAXING, clock)
    rolled = roll(master, best, _NEAR * (best.bound + market.constant), began + seconds * _ROLLING, clock)
    chosen, bound = prove(master, best, min(chosen, rolled, key=master.cost), began + seconds, clock)
    cost, proven = round(master.cost(chosen)) + market.constant, round(bound) + market.constant
    unproven = SolverStatus.TIMED_OUT if clock() >= began + seconds else SolverStatus.FEASIBLE
    sites = {
        (view.worker.key, week): view.sites[site]
        for row, view in enumerate(market.views)
        for week, site in zip(_active(view), chosen[row], strict=True)
        if site < len(view.sites)
    }
    return Rotation(SolverStatus.OPTIMAL if proven == cost else unproven, sites, cost, proven, clock() - began)


def master_of(market: Market) -> Master:
    """Return the question of a market, with no path known yet."""
    place = {site.key: number for number, site in enumerate(market.problem.sites)}
    workers = [_weeks(view, place) for view in market.views]
    return Master(workers, _asked(market, place))


def _active(view: View) -> list[int]:
    """Return the weeks in which the worker has contract left to work."""
    return [int(week) for week in np.nonzero(view.quotas > 0)[0]]


def _weeks(view: View, place: Mapping[str, int]) -> Weeks:
    active, sites = _active(view), len(view.sites)
    own = np.full((len(active), sites + 1), INFINITE)
    able, days, teaches = (np.zeros((len(active), sites + 1), np.int64) for _ in range(3))
    own[:, sites] = 0.0
    for step, week in enumerate(active):
        for site in range(sites):
            able[step, site], days[step, site], each, teaches[step, site] = _days(view, site, week)
            if days[step, site]:
                own[step, site] = each * days[step, site]
    able, days = np.minimum(able, 1), np.minimum(days, 1)
    stay, rules, points = view.worker.stay, view.problem.rules, view.problem.objective.points
    first = (view.sites.index(stay[0]), stay[1]) if stay and stay[0] in view.sites else (-1, 0)
    return Weeks(
        own, able, days, teaches, np.array([place[key] for key in view.sites], np.int64),
        np.array(active, np.int64), view.goals, first,
        (rules.longest_stay, rules.shortest_stay, rules.practice_weeks), (float(points["variety"]), float(points["learning"])),
    )  # fmt: skip


def _days(view: View, site: int, week: int) -> tuple[int, int, float, int]:
    """Return the days that the worker can give as one who can and at all, the lowest cost of a day, and the wishes it lets practise."""
    first = (site * view.problem.weeks + week) * DAYS_IN_WEEK
    options = np.arange(int(view.starts[first]), int(view.starts[first + DAYS_IN_WEEK]))
    if not len(options):
        return 0, 0, 0.0, 0
    day = np.searchsorted(view.starts, options, side="right")
    most = int(view.quotas[week] // view.units[options].min())
    bits = 0
    for goal in range(view.goals):
        practised = min(len(np.unique(day[view.goal[options] == goal])), most)
        bits |= (practised >= view.problem.rules.practice_days) << goal
    able, everybody = len(np.unique(day[~view.learns[options]])), len(np.unique(day))
    return min(able, most), min(everybody, most), float(view.own[options].min()), bits


def _asked(market: Market, place: Mapping[str, int]) -> Asked:
    """Return the people asked per site and week, as on the busiest day; the most is also what the coaches can receive."""
    problem = market.problem
    minimum, wanted, most = (np.zeros((len(place), problem.weeks), np.int64) for _ in range(3))
    crowds: defaultdict[int, list[int]] = defaultdict(list)
    for cell in problem.cells:
        crowds[int(market.crowd[cell.index])].append(cell.index)
    for crowd, cells in crowds.items():
        cell = problem.cells[cells[0]]
        where = place[cell.demand.site], problem.week_of(cell.day)
        minimum[where] = max(minimum[where], market.minimum[cells].sum())
        wanted[where] = max(wanted[where], market.wanted[cells].sum())
        most[where] = max(most[where], min(market.room[crowd], market.maximum[cells].sum()))
    return Asked(minimum, wanted, most, (float(market.missing_points), float(market.wanted_points)), _crowded(market, most))


def _crowded(market: Market, most: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the points of somebody for whom there is no room: all that a week at work can gain, and more."""
    points = market.problem.objective.points
    return np.full(most.shape, float(points["minimum"] + points["wanted"] + points["learning"] + 7 * points["hours"]))
