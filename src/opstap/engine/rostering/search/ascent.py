"""The bound: prices climb towards what the rows lack, and everybody answers with the best path, two at a time side by side."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.problem import DAYS_IN_WEEK
from opstap.engine.rostering.search.crew import worth_of
from opstap.engine.rostering.search.crew_kernel import Crew, answer_prices, use_of
from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.market import Market
from opstap.engine.rostering.search.prices import ceilings, fixed_value, layout_of

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Clock = Callable[[], float]
_MEMORY = 0.75
_PATIENCE = 15
_SMALLEST_STEP = 0.0005
_NOTHING = 1e-6
_PIECES = 16
"""Everybody is dealt to the lanes in so many pieces, so that neither waits long for the other."""


@dataclass
class Ascent:
    """The best bound so far, the prices that prove it, and how often prices were answered."""

    bound: float
    prices: Float
    rounds: int = 0


@dataclass(frozen=True)
class Everybody:
    """The market, its arrays, and how many threads may answer."""

    market: Market
    crew: Crew
    threads: int

    def answers(self, prices: Float) -> tuple[float, Int]:
        """Return the bound that the prices prove, and the best path (workers, days) of each worker under them."""
        worth, workers = worth_of(self.market, prices), len(self.market.views)
        paths, values = np.empty((workers, self.market.problem.weeks * DAYS_IN_WEEK), np.int64), np.empty(workers)
        edges = np.linspace(0, workers, min(workers, _PIECES) + 1).astype(int).tolist()
        pieces = list(pairwise(edges))
        with ThreadPoolExecutor(self.threads) as pool:
            for _ in pool.map(lambda piece: answer_prices(self.crew, worth, piece[0], piece[1], paths, values), pieces):
                pass
        return (np.inf if (values >= INFINITE).any() else fixed_value(self.market, prices) + float(values.sum())), paths

    def lack(self, paths: Int) -> Float:
        """Return what the rows still lack under these paths: the direction in which the prices should move."""
        market, layout = self.market, layout_of(self.market)
        skilled, learners, carried = np.empty(layout.cells), np.empty(layout.cells), np.empty((layout.burdens, layout.workers))
        use_of(self.crew, paths, skilled, learners, carried)
        everybody, found = skilled + learners, np.zeros(layout.size)
        minimum, wanted, maximum, beside, room, share = layout.split(found)
        minimum[:], wanted[:], maximum[:] = market.minimum - skilled, market.wanted - everybody, everybody - market.maximum
        beside[:] = learners - market.guides * skilled
        room[:] = np.bincount(market.crowd, everybody, layout.crowds) - market.room
        share[:] = (carried - market.share) if market.unfair_points else 0.0
        return found


def climb(
    everybody: Everybody, ceiling: float, until: float, rounds: int, *, start: Ascent | None = None, clock: Clock = time.monotonic
) -> Ascent:
    """Return the ascent after at most so many rounds, or when the clock passes `until`; `ceiling` is the cost of a known roster."""
    layout, top = layout_of(everybody.market), ceilings(everybody.market)
    found = start or Ascent(-np.inf, np.minimum(top, 0.0))
    prices, direction = found.prices.copy(), np.zeros(layout.size)
    step, waited = 1.0, 0
    for _ in range(rounds):
        if found.rounds and (clock() >= until or step < _SMALLEST_STEP):
            break
        value, paths = everybody.answers(prices)
        found.rounds += 1
        if value > found.bound + _NOTHING * abs(value):
            found.bound, found.prices, waited = value, prices.copy(), 0
        else:
            waited += 1
            if waited > _PATIENCE:
                step, waited, prices = step / 2, 0, found.prices.copy()
                direction[:] = 0.0
                continue
        lack = everybody.lack(paths)
        lack[(prices <= 0.0) & (lack < 0) | (prices >= top) & (lack > 0)] = 0.0
        direction = _MEMORY * direction + (1 - _MEMORY) * lack
        length = float(direction @ direction)
        if length < _NOTHING or ceiling - value < _NOTHING:
            break
        prices = np.clip(prices + step * (ceiling - value) / length * direction, 0.0, top)
    return found
