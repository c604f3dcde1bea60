"""Everybody in one set of arrays: best paths under prices, and what shifts count for in a roster, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE, best_paths

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Flags = NDArray[np.bool_]
DAYS = 7


class Crew(NamedTuple):
    """The market as arrays of numbers. Options of all workers lie behind each other: those of a worker from `options_from`.

    `starts` holds per worker what `View.starts` holds, from `starts_from`. `share` (burdens, workers). `rules`: the numbers of
    stays and practice as the kernel of one worker asks them. `points`: missing, wanted, unfair, variety, a wish, and alone.
    `near` (workers, few): who can work at the same sites, the nearest first, and how near.
    """

    options_from: Int
    starts_from: Int
    starts: Int
    cells: Int
    place: Int
    learns: Flags
    pinned: Flags
    own: Float
    units: Int
    goal: Int
    burdens: NDArray[np.int8]
    sites: Int
    goals: Int
    quotas: Int
    must: Int
    stay: Int
    minimum: Int
    wanted: Int
    maximum: Int
    crowd: Int
    room: Int
    share: Int
    rules: Int
    points: Float
    near: Int
    nearness: Float


class Roster(NamedTuple):
    """A roster that is being searched: `chosen` (workers, days) the option or -1, `alone` and `unfair` what each path costs."""

    chosen: Int
    alone: Float
    unfair: Float
    skilled: Int
    learners: Int
    crowds: Int


class Worth(NamedTuple):
    """What one more who can, and one more learner, costs at the prices per demand; what guiding is worth; burdens (burdens, workers)."""

    skilled: Float
    learner: Float
    guiding: Float
    share: Float


@njit(cache=True, nogil=True)
def best_path(crew: Crew, row: int, costs: Float, path: Int) -> float:
    """Write the best path (days,) of a worker under the costs of the own options; return its value, INFINITE when pins leave none."""
    first, last = crew.options_from[row], crew.options_from[row + 1]
    path[:] = -1
    if first == last:
        return INFINITE if crew.must[row].any() else float(crew.goals[row] * crew.points[4])
    paths = np.empty((1, len(path)), np.int64)
    values = np.empty(1)
    rules = crew.rules
    found = best_paths(
        crew.sites[row], len(path) // DAYS, crew.starts[crew.starts_from[row] : crew.starts_from[row + 1]], costs,
        crew.units[first:last], crew.goal[first:last], crew.goals[row], crew.must[row], crew.quotas[row],
        crew.stay[row, 0], crew.stay[row, 1], rules[0], rules[1], crew.points[3], rules[2], rules[3], crew.points[4], 1, paths, values,
    )  # fmt: skip
    if found == 0:
        return INFINITE
    path[:] = paths[0]
    return float(values[0])


@njit(cache=True, nogil=True)
def answer_prices(  # noqa: PLR0917 - compiled
    crew: Crew, worth: Worth, first: int, last: int, paths: Int, values: Float
) -> None:
    """Write the best path and its value under the prices for every worker from `first` to `last`."""
    for row in range(first, last):
        begin, end = crew.options_from[row], crew.options_from[row + 1]
        costs = np.empty(end - begin)
        for option in range(begin, end):
            costs[option - begin] = crew.own[option] + priced(crew, worth, row, option)
        values[row] = best_path(crew, row, costs, paths[row])


@njit(cache=True, nogil=True)
def priced(crew: Crew, worth: Worth, row: int, option: int) -> float:
    """Return what a shift costs at the prices beside what it costs by itself."""
    cell = crew.cells[option]
    found = worth.learner[cell] if crew.learns[option] else worth.skilled[cell]
    for burden in range(len(crew.share)):
        if crew.burdens[burden, option]:
            found += worth.share[burden, row]
    return float(found)


@njit(cache=True, nogil=True)
def count(crew: Crew, roster: Roster, row: int, by: int, low: int, high: int) -> float:  # noqa: PLR0917 - compiled
    """Count the worker's weeks from `low` to `high` in the demands (`by` 1) or out of them (-1).

    Return by how much the cost rises, the path's own left out.
    """
    begin, guides, points, change = crew.options_from[row], crew.rules[4], crew.points, 0.0
    for day in range(low * DAYS, high * DAYS):
        option = roster.chosen[row, day]
        if option < 0:
            continue
        cell = crew.cells[begin + option]
        crowd = crew.crowd[cell]
        for sign in (-1.0, 1.0):
            able, learning = roster.skilled[cell], roster.learners[cell]
            wrong = max(0, learning - guides * able) + max(0, able + learning - crew.maximum[cell])
            wrong += max(0, roster.crowds[crowd] - crew.room[crowd])
            missing = points[0] * max(0, crew.minimum[cell] - able) + points[1] * max(0, crew.wanted[cell] - able - learning)
            change += sign * (missing + points[5] * wrong)
            if sign < 0:
                if crew.learns[begin + option]:
                    roster.learners[cell] += by
                else:
                    roster.skilled[cell] += by
                roster.crowds[crowd] += by
    return change


@njit(cache=True, nogil=True)
def unfairness(crew: Crew, row: int, path: Int) -> float:
    """Return the points for burdens above the worker's share."""
    begin, total = crew.options_from[row], 0.0
    for burden in range(len(crew.share)):
        carried = 0
        for option in path:
            if option >= 0:
                carried += crew.burdens[burden, begin + option]
        total += max(0, carried - crew.share[burden, row]) * crew.points[2]
    return total


@njit(cache=True, nogil=True)
def leave(crew: Crew, roster: Roster, row: int, low: int, high: int) -> float:
    """Take a worker's shifts from the week `low` to the week `high` away; return by how much the cost rises, all that is alone gone."""
    change = count(crew, roster, row, -1, low, high) - roster.alone[row] - roster.unfair[row]
    roster.chosen[row, low * DAYS : high * DAYS] = -1
    roster.alone[row] = roster.unfair[row] = 0.0
    return float(change)


@njit(cache=True, nogil=True)
def use_of(crew: Crew, paths: Int, skilled: Float, learners: Float, carried: Float) -> None:
    """Count everybody's paths (workers, days) in the demands, and in `carried` (burdens, workers)."""
    skilled[:] = 0.0
    learners[:] = 0.0
    carried[:] = 0.0
    for row in range(len(paths)):
        begin = crew.options_from[row]
        for option in paths[row]:
            if option < 0:
                continue
            if crew.learns[begin + option]:
                learners[crew.cells[begin + option]] += 1.0
            else:
                skilled[crew.cells[begin + option]] += 1.0
            for burden in range(len(carried)):
                carried[burden, row] += crew.burdens[burden, begin + option]
