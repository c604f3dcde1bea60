"""The best weeks at sites of one worker when every week at every site has one price, compiled: a dynamic program over weeks."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE

Float = NDArray[np.float64]
Int = NDArray[np.int64]


@njit(cache=True, nogil=True)
def best_weeks(  # noqa: C901, PLR0912, PLR0917 - one program, compiled as one; types are those of the docstring
    cost: Float, teaches: Int, goals: int, first_site: int, first_length: int, longest: int, shortest: int, variety: float,
    practice: int, reach: float, chosen: Int,
) -> float:  # fmt: skip
    """Write the site (or the number of sites: none) of each week to `chosen` and return the value of these weeks.

    `cost` (weeks, sites + 1): of a week at a site, `INFINITE` where there is no work. `teaches` (weeks, sites + 1): the wishes, as
    bits, that the week lets practise. `reach`: points of a wish that is not reached. The state is the site, the weeks spent there
    and the weeks of practice of each wish.
    """
    weeks, places = cost.shape
    nowhere = places - 1
    lengths = longest + 1
    codes = (practice + 1) ** goals
    states = places * lengths * codes
    value = np.full((weeks + 1, states), INFINITE)
    came = np.full((weeks + 1, states), -1, np.int64)
    begin = nowhere * lengths * codes
    if first_site >= 0:
        begin = (first_site * lengths + min(first_length, longest) - 1) * codes
    value[0, begin] = 0.0
    for week in range(weeks):
        for state in range(states):
            now = value[week, state]
            if now >= INFINITE:
                continue
            code = state % codes
            length = state // codes % lengths + 1
            site = state // (codes * lengths)
            for to in range(places):
                if cost[week, to] >= INFINITE:
                    continue
                extra, new_length = 0.0, 1
                if to == site:
                    if to != nowhere:
                        new_length = min(length + 1, lengths)
                        if length >= longest:
                            extra = variety
                elif site != nowhere and length < shortest and week > 0:
                    extra = variety * (shortest - length)
                new, power, rest = 0, 1, code
                for wish in range(goals):
                    digit = rest % (practice + 1)
                    rest //= practice + 1
                    new += min(practice, digit + (teaches[week, to] >> wish & 1)) * power
                    power *= practice + 1
                target = (to * lengths + new_length - 1) * codes + new
                total = now + extra + cost[week, to]
                if total < value[week + 1, target]:
                    value[week + 1, target] = total
                    came[week + 1, target] = state
    best, last = INFINITE, -1
    for state in range(states):
        if value[weeks, state] >= INFINITE:
            continue
        total, rest = value[weeks, state], state % codes
        for _wish in range(goals):
            if rest % (practice + 1) < practice:
                total += reach
            rest //= practice + 1
        if total < best:
            best, last = total, state
    for week in range(weeks, 0, -1):
        chosen[week - 1] = last // (codes * lengths)
        last = came[week, last]
    return best
