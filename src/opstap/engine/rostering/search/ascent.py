"""The bound: prices climb towards what the rows lack, each worker answers with the best path, and every path is kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.market import Market
from opstap.engine.rostering.search.prices import ceilings, fixed_value, layout_of, option_costs, use

Float = NDArray[np.float64]
Int = NDArray[np.int64]
_MEMORY = 0.75
_PATIENCE = 15
_SMALLEST_STEP = 0.0005
_NOTHING = 1e-6


@dataclass
class Ascent:
    """The best bound so far, its prices, and the paths seen per worker: options as bytes to (options, value alone)."""

    bound: float
    prices: Float
    paths: list[dict[bytes, tuple[Int, float]]] = field(default_factory=list)
    rounds: int = 0


def climb(
    market: Market, ceiling: float, until: float, rounds: int, *, start: Ascent | None = None, clock: Callable[[], float] = time.monotonic
) -> Ascent:
    """Return the ascent after at most so many rounds, or when the clock passes `until`; `ceiling` is the cost of a known roster."""
    layout, top = layout_of(market), ceilings(market)
    found = start or Ascent(-np.inf, np.minimum(top, 0.0), [{} for _ in market.views])
    prices, direction = found.prices.copy(), np.zeros(layout.size)
    step, waited = 1.0, 0
    for _ in range(rounds):
        if found.rounds and (clock() >= until or step < _SMALLEST_STEP):
            break
        value, paths = evaluate(market, prices, found)
        found.rounds += 1
        if value > found.bound + _NOTHING * abs(value):
            found.bound, found.prices, waited = value, prices.copy(), 0
        else:
            waited += 1
            if waited > _PATIENCE:
                step, waited, prices = step / 2, 0, found.prices.copy()
                direction[:] = 0.0
                continue
        lack = use(market, paths)
        lack[(prices <= 0.0) & (lack < 0) | (prices >= top) & (lack > 0)] = 0.0
        direction = _MEMORY * direction + (1 - _MEMORY) * lack
        length = float(direction @ direction)
        if length < _NOTHING or ceiling - value < _NOTHING:
            break
        prices = np.clip(prices + step * (ceiling - value) / length * direction, 0.0, top)
    return found


def evaluate(market: Market, prices: Float, found: Ascent) -> tuple[float, list[Int]]:
    """Return the bound that the prices prove and the best path of each worker under them; the paths are added to `found`."""
    value, paths = fixed_value(market, prices), []
    for row, view in enumerate(market.views):
        costs = option_costs(market, prices, row)
        best = view.best(costs, 1)
        if not best:
            return np.inf, []
        worth, options = best[0]
        value += worth
        paths.append(options)
        found.paths[row].setdefault(options.tobytes(), (options, worth - float(costs[options].sum()) + float(view.own[options].sum())))
    return value, paths
