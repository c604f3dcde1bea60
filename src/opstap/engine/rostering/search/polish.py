"""The last part of the search: several workers or weeks at once, each time the best that a program in whole numbers finds."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.score import worker_parts
from opstap.engine.rostering.search.improve import Guidance
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.together import Free, answer_together

Int = NDArray[np.int64]
Clock = Callable[[], float]
NODES = 40
"""Nodes of the search tree of one program: more would prove it, and take time from the next."""

_SHORTEST, _LONGEST = 0.1, 15.0
"""Seconds that guard against one program taking everything; the nodes end nearly all before."""
_WORSE = 0.5
_SHAPES = ((60, 1), (60, 1), (16, 3), (9, 6), (6, 1_000))
"""How many workers at most are free together, and for how many weeks in a row."""


def polish(
    load: Load, guidance: Guidance, generator: np.random.Generator,
    *, rounds: int, until: float, enough: float = -np.inf, clock: Clock = time.monotonic,
) -> int:  # fmt: skip
    """Leave a roster in the load that is never worse, after so many rounds or when the clock says so; return the rounds done.

    First every week by itself, then groups of workers who can work in the same places, for fewer weeks the more they are.
    A roster that costs `enough` ends it, with nothing left to do.
    """
    weeks = load.market.problem.weeks
    for count in range(rounds):
        if load.cost() < enough + _WORSE:
            return rounds
        if clock() >= until:
            return count
        many, long = _SHAPES[0] if count < weeks else _SHAPES[int(generator.integers(len(_SHAPES)))]
        first = count if count < weeks else int(generator.integers(max(1, weeks - long + 1)))
        free = _free(guidance, generator, many, range(first, min(weeks, first + long)))
        improve_together(load, free, min(_LONGEST, max(_SHORTEST, until - clock())))
    return rounds


def improve_together(load: Load, free: Free, seconds: float, nodes: int = NODES) -> bool:
    """Give these workers their best answer together unless it is worse than what they have; return whether they have it."""
    found = answer_together(load, free, seconds, nodes)
    if found is None:
        return False
    cost = load.cost()
    before = {row: load.take(row) for row in found}
    for row, options in found.items():
        load.put(row, options, alone(load, row, options))
    if load.cost() < cost + _WORSE:
        return True
    for row in found:
        load.take(row)
    for row, (options, points) in before.items():
        load.put(row, options, points)
    return False


def alone(load: Load, row: int, options: Int) -> float:
    """Return what a path costs by itself, above what no choice of the worker changes."""
    view = load.market.views[row]
    return float(sum(worker_parts(view.worker, view.shifts(options), view.problem).values()) - view.constant)


def _free(guidance: Guidance, generator: np.random.Generator, many: int, weeks: range) -> Free:
    """Return one worker at random and those who share most places with this one, free in these weeks."""
    workers = len(guidance.kinship)
    first = int(generator.integers(workers))
    order = np.argsort(-(guidance.kinship[first] + generator.random(workers) * 0.5))
    rows = sorted({first, *(int(row) for row in order[: many - 1])})
    return {row: frozenset(weeks) for row in rows}
