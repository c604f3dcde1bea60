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
from opstap.engine.rostering.search.rise import Height, rise

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Clock = Callable[[], float]
_PIECES = 16
"""Everybody is dealt to the lanes in so many pieces, so that neither waits long for the other."""


Ascent = Height
"""The best bound so far, the prices that prove it, and how often prices were answered."""


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
    top = ceilings(everybody.market)
    found = start or Ascent(-np.inf, np.minimum(top, 0.0))

    def answer(prices: Float) -> tuple[float, Float]:
        value, paths = everybody.answers(prices)
        return value, everybody.lack(paths)

    rise(found, answer, top, ceiling, until, rounds, clock)
    return found
