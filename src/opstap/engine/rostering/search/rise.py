"""Prices that climb towards what the rows lack, whatever it is that answers them: the best bound found on the way stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
_MEMORY = 0.75
_PATIENCE = 15
_SMALLEST_STEP = 0.0005
_NOTHING = 1e-6


@dataclass
class Height:
    """The best bound so far, the prices that prove it, and how often prices were answered."""

    bound: float
    prices: Float
    rounds: int = 0


def rise(  # noqa: PLR0917 - the bound, who answers, and three limits
    found: Height, answer: Callable[[Float], tuple[float, Float]], top: Float, ceiling: float, until: float, rounds: int,
    clock: Callable[[], float],
) -> None:  # fmt: skip
    """Raise the bound in at most so many rounds, or until the clock passes `until`; at least one round when none was done before.

    `answer` gives the bound that prices prove and what the rows lack then; prices stay from 0 to `top`. `ceiling`: a cost that the
    bound will not pass, which says how long the steps are.
    """
    prices, direction = found.prices.copy(), np.zeros(len(top))
    step, waited = 1.0, 0
    for _ in range(rounds):
        if found.rounds and (clock() >= until or step < _SMALLEST_STEP):
            break
        value, lack = answer(prices)
        found.rounds += 1
        if value > found.bound + _NOTHING * abs(value):
            found.bound, found.prices, waited = value, prices.copy(), 0
        else:
            waited += 1
            if waited > _PATIENCE:
                step, waited, prices = step / 2, 0, found.prices.copy()
                direction[:] = 0.0
                continue
        lack[(prices <= 0.0) & (lack < 0) | (prices >= top) & (lack > 0)] = 0.0
        direction = _MEMORY * direction + (1 - _MEMORY) * lack
        length = float(direction @ direction)
        if length < _NOTHING or ceiling - value < _NOTHING:
            break
        prices = np.clip(prices + step * (ceiling - value) / length * direction, 0.0, top)
