"""Everybody's best paths and the search over them, compiled: whole rounds run without the interpreter, so two can run side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE, best_paths

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Flags = NDArray[np.bool_]
_DAYS = 7
FEWEST, MOST = 2, 4
PLAIN, BY_CHANCE, FOR_GUIDES, BY_PRICES = 0, 1, 2, 3
"""Moods of an answer: as it costs, or with something added."""

_TO_CHANCE, _TO_GUIDES, _TO_PRICES = 0.35, 0.70, 0.85
_STRANGERS = 0.3


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
        crew.sites[row], len(path) // _DAYS, crew.starts[crew.starts_from[row] : crew.starts_from[row + 1]], costs,
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
            costs[option - begin] = crew.own[option] + _priced(crew, worth, row, option)
        values[row] = best_path(crew, row, costs, paths[row])


@njit(cache=True, nogil=True)
def _priced(crew: Crew, worth: Worth, row: int, option: int) -> float:
    cell = crew.cells[option]
    found = worth.learner[cell] if crew.learns[option] else worth.skilled[cell]
    for burden in range(len(crew.share)):
        if crew.burdens[burden, option]:
            found += worth.share[burden, row]
    return float(found)


@njit(cache=True, nogil=True)
def count(crew: Crew, roster: Roster, row: int, by: int) -> float:
    """Count the worker's path in the demands (`by` 1) or out of them (-1); return by how much the cost rises, the path's own left out."""
    begin, guides, points, change = crew.options_from[row], crew.rules[4], crew.points, 0.0
    for day in range(roster.chosen.shape[1]):
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
def leave(crew: Crew, roster: Roster, row: int) -> float:
    """Take all shifts of a worker away; return by how much the cost rises."""
    change = count(crew, roster, row, -1) - roster.alone[row] - roster.unfair[row]
    roster.chosen[row] = -1
    roster.alone[row] = roster.unfair[row] = 0.0
    return float(change)


@njit(cache=True, nogil=True)
def respond(  # noqa: C901, PLR0912, PLR0917 - one worker's answer, compiled as one
    crew: Crew, roster: Roster, worth: Worth, row: int, mood: int, much: float, part_of: Int, part: int
) -> float:
    """Give a worker without shifts the best path beside all the others, at demands of this part; return by how much the cost rises.

    `mood` 0: as it costs; 1: with chance added; 2: with the worth of guiding; 3: with all prices; each times `much`. INFINITE when
    pins leave no path.
    """
    begin, end, guides, points = crew.options_from[row], crew.options_from[row + 1], crew.rules[4], crew.points
    costs = np.empty(end - begin)
    for option in range(begin, end):
        cell, learns, found = crew.cells[option], crew.learns[option], crew.own[option]
        able, learning, crowd = roster.skilled[cell], roster.learners[cell], crew.crowd[cell]
        closed = able + learning >= crew.maximum[cell] or roster.crowds[crowd] >= crew.room[crowd]
        if able + learning < crew.wanted[cell]:
            found -= points[1]
        if learns:
            closed = closed or learning >= guides * able
        else:
            if able < crew.minimum[cell]:
                found -= points[0]
            found -= points[5] * min(guides, max(0, learning - guides * able))
        if crew.pinned[option]:
            found += points[5] if closed else 0.0
        elif closed or part_of[cell] != part:
            costs[option - begin] = INFINITE
            continue
        if mood == BY_CHANCE:
            found += np.random.random() * much  # noqa: NPY002 - the generator of compiled code, seeded by `search`
        elif mood == FOR_GUIDES and not learns:
            found += worth.guiding[cell] * much
        elif mood == BY_PRICES:
            found += _priced(crew, worth, row, option) * much
        costs[option - begin] = found
    path = roster.chosen[row]
    value = best_path(crew, row, costs, path)
    if value >= INFINITE:
        return INFINITE
    for option in path:
        if option >= 0:
            value += crew.own[begin + option] - costs[option]
    roster.alone[row] = np.round(value)
    roster.unfair[row] = unfairness(crew, row, path)
    return float(count(crew, roster, row, 1) + roster.alone[row] + roster.unfair[row])


@njit(cache=True, nogil=True)
def search(  # noqa: PLR0917 - one loop, compiled as one
    crew: Crew, roster: Roster, worth: Worth, rows: Int, part_of: Int, part: int, heat: float, noise: float, rounds: int, seed: int
) -> float:
    """Search among these workers at the demands of this part; return by how much the cost changed.

    A round takes two to four of them out and lets each answer the others again; up to `heat` points worse is kept by chance.
    """
    np.random.seed(seed)  # noqa: NPY002 - the generator of compiled code
    before, alone, unfair = np.empty((MOST, roster.chosen.shape[1]), np.int64), np.empty(MOST), np.empty(MOST)
    is_free = np.zeros(len(crew.sites), np.bool_)
    is_free[rows] = True
    total = 0.0
    for _ in range(rounds):
        picked, change, chance, mood = _related(crew, rows, is_free), 0.0, np.random.random(), PLAIN  # noqa: NPY002 - as above
        for place, row in enumerate(picked):
            before[place], alone[place], unfair[place] = roster.chosen[row], roster.alone[row], roster.unfair[row]
            change += leave(crew, roster, row)
        if chance < _TO_PRICES:
            mood = BY_CHANCE if chance < _TO_CHANCE else FOR_GUIDES if chance < _TO_GUIDES else BY_PRICES
        answered = 0
        for row in picked:
            much = noise if mood == BY_CHANCE else np.random.random() * (1.2 if mood == FOR_GUIDES else 0.5)  # noqa: NPY002 - as above
            gain = respond(crew, roster, worth, row, mood, much, part_of, part)
            if gain >= INFINITE:
                break
            change += gain
            answered += 1
        if answered == len(picked) and change <= heat * np.random.random():  # noqa: NPY002 - as above
            total += change
            continue
        for place in range(answered):
            leave(crew, roster, picked[place])
        for place, row in enumerate(picked):
            roster.chosen[row], roster.alone[row], roster.unfair[row] = before[place], alone[place], unfair[place]
            count(crew, roster, row, 1)
    return total


@njit(cache=True, nogil=True)
def _related(crew: Crew, rows: Int, is_free: Flags) -> Int:
    """Return a few of the workers: one at random, and some who can work at the same sites, or at random; in random order."""
    many = min(len(rows), np.random.randint(FEWEST, MOST + 1))  # noqa: NPY002 - the generator of compiled code
    first = rows[np.random.randint(len(rows))]  # noqa: NPY002 - as above
    picked = np.full(many, first)
    if np.random.random() < _STRANGERS:  # noqa: NPY002 - as above
        place = 1
        while place < many:
            picked[place] = rows[np.random.randint(len(rows))]  # noqa: NPY002 - as above
            if not (picked[:place] == picked[place]).any():
                place += 1
    else:
        scores = np.full(crew.near.shape[1], -1.0)
        for place, row in enumerate(crew.near[first]):
            if row != first and is_free[row]:
                scores[place] = crew.nearness[first, place] + np.random.random() * 0.5  # noqa: NPY002 - as above
        order = np.argsort(-scores)
        many = 1 + min(many - 1, int((scores >= 0).sum()))
        picked[1:many] = crew.near[first][order[: many - 1]]
    return picked[np.random.permutation(many)]  # noqa: NPY002 - as above


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
