"""The last part of the search: several workers or weeks at once, each time the best that a program in whole numbers finds."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.score import worker_parts
from opstap.engine.rostering.search.improve import LANES, Team
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.together import Free, answer_together, week_of

Int = NDArray[np.int64]
Clock = Callable[[], float]
NODES = 40
"""Nodes of the search tree of one program: more would prove it, and take time from the next."""

_SHORTEST, _LONGEST = 0.1, 15.0
"""Seconds that guard against one program taking everything; the nodes end nearly all before."""
_WORSE = 0.5
_SHAPES = ((60, 1), (60, 1), (16, 3), (9, 6), (6, 1_000))
"""How many workers at most are free together, and for how many weeks in a row."""
_OPTIONS = 1_200
"""How many options may be free together: a program with more takes longer than it gains."""
_FEWEST = 3
"""A shape in which fewer workers than these may be free is not asked."""
_ATTEMPTS = 20
"""So often a second group is drawn that shares no worker in the same weeks with the first."""


def polish(
    load: Load, team: Team, generator: np.random.Generator,
    *, rounds: int, until: float, enough: float = -np.inf, clock: Clock = time.monotonic,
) -> int:  # fmt: skip
    """Leave a roster in the load that is never worse, after so many rounds or when the clock says so; return the rounds done.

    First every week by itself, then groups of workers who can work in the same places, for fewer weeks the more they are; two
    programs at a time, side by side. A roster that costs `enough` ends it, with nothing left to do.
    """
    count = 0
    with ThreadPoolExecutor(team.threads) as pool:
        while count < rounds:
            if load.cost() < enough + _WORSE:
                return rounds
            if clock() >= until:
                return count
            groups = _groups(team, generator, count, min(LANES, rounds - count))
            answer = partial(answer_together, load, seconds=min(_LONGEST, max(_SHORTEST, until - clock())), nodes=NODES)
            for free, found in zip(groups, list(pool.map(answer, groups)), strict=True):
                _take(load, free, found)
            count += len(groups)
    return rounds


def improve_together(load: Load, free: Free, seconds: float, nodes: int = NODES) -> bool:
    """Give these workers their best answer together unless it is worse than what they have; return whether they have it."""
    return _take(load, free, answer_together(load, free, seconds, nodes))


def _take(load: Load, free: Free, found: dict[int, Int] | None) -> bool:
    """Give the answer in the free weeks, unless it is worse; return whether it was given."""
    if found is None:
        return False
    cost = load.cost()
    before = {row: load.take(row) for row in found}
    for row, answer in found.items():
        options = _in_weeks(load, free, row, before[row][0], answer)
        load.put(row, options, alone(load, row, options))
    if load.cost() < cost + _WORSE:
        return True
    for row in found:
        load.take(row)
    for row, (options, points) in before.items():
        load.put(row, options, points)
    return False


def _in_weeks(load: Load, free: Free, row: int, now: Int, answer: Int) -> Int:
    """Return what a worker does now, with the answer in the free weeks: the other weeks may have changed since it was asked."""
    view, weeks = load.market.views[row], list(free[row])
    stays, comes = ~np.isin(week_of(view, now), weeks), np.isin(week_of(view, answer), weeks)
    return np.sort(np.concatenate([now[stays], answer[comes]]))


def alone(load: Load, row: int, options: Int) -> float:
    """Return what a path costs by itself, above what no choice of the worker changes."""
    view = load.market.views[row]
    return float(sum(worker_parts(view.worker, view.shifts(options), view.problem).values()) - view.constant)


def _groups(team: Team, generator: np.random.Generator, count: int, many: int) -> list[Free]:
    """Return up to so many groups of which no two share a worker in the same week."""
    groups = [_group(team, generator, count)]
    for attempt in range(_ATTEMPTS):
        if len(groups) == many:
            break
        other = _group(team, generator, count + 1 + attempt // 2)
        if not any(_meet(other, group) for group in groups):
            groups.append(other)
    return groups


def _meet(one: Free, other: Free) -> bool:
    return any(one[row] & other[row] for row in one.keys() & other.keys())


def _group(team: Team, generator: np.random.Generator, count: int) -> Free:
    """Return one worker at random and those who share most places with this one, free in some weeks in a row."""
    crew, weeks = team.crew, team.market.problem.weeks
    firsts = weeks * max(1, round(len(crew.sites) / _most(team, *_SHAPES[0])))
    shapes = [(many, long) for many, long in ((_most(team, *shape), shape[1]) for shape in _SHAPES) if many >= _FEWEST] or [(_FEWEST, 1)]
    many, long = shapes[0] if count < firsts else shapes[int(generator.integers(len(shapes)))]
    first = count % weeks if count < firsts else int(generator.integers(max(1, weeks - long + 1)))
    worker = int(generator.integers(len(crew.sites)))
    scores = crew.nearness[worker] + generator.random(crew.near.shape[1]) * 0.5
    nearest: Sequence[int] = crew.near[worker][np.argsort(-scores)[: many - 1]].tolist()
    window = frozenset(range(first, min(weeks, first + long)))
    return dict.fromkeys(sorted({worker, *nearest}), window)


def _most(team: Team, many: int, long: int) -> int:
    """Return how many workers may be free for so many weeks."""
    weeks = team.market.problem.weeks
    a_week = max(1, len(team.crew.cells)) / len(team.crew.sites) / weeks
    return max(1, min(many, round(_OPTIONS / (a_week * min(long, weeks)))))
