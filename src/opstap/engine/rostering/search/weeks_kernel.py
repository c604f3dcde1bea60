"""The best weeks at sites of one worker when every week at every site has one price, compiled: a dynamic program over weeks."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE

Float = NDArray[np.float64]
Int = NDArray[np.int64]


@njit(cache=True, nogil=True)
def _stay(  # noqa: PLR0917 - compiled
    site: int,
    length: int,
    to: int,
    nowhere: int,
    longest: int,
    shortest: int,
    is_first: bool,  # noqa: FBT001 - compiled
) -> tuple[int, int]:
    """Return how many weeks too long or too short a week at `to` makes the stay, and the weeks spent there with it."""
    if to == site:
        return (1 if to != nowhere and length >= longest else 0), (1 if to == nowhere else min(length + 1, longest + 1))
    return (shortest - length if site != nowhere and length < shortest and not is_first else 0), 1


@njit(cache=True, nogil=True)
def _practised(code: int, taught: int, goals: int, practice: int) -> int:
    """Return the weeks of practice of all wishes, as one number, after a week that lets practise the wishes in the bits `taught`."""
    new, power = 0, 1
    for wish in range(goals):
        new += min(practice, code % (practice + 1) + (taught >> wish & 1)) * power
        code //= practice + 1
        power *= practice + 1
    return new


@njit(cache=True, nogil=True)
def _unreached(code: int, goals: int, practice: int) -> int:
    """Return how many wishes lack practice."""
    missing = 0
    for _wish in range(goals):
        missing += code % (practice + 1) < practice
        code //= practice + 1
    return missing


@njit(cache=True, nogil=True)
def best_weeks(  # noqa: C901, PLR0917 - one program, compiled as one; types are those of the docstring
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
                broken, new_length = _stay(site, length, to, nowhere, longest, shortest, week == 0)
                extra, new = variety * broken, _practised(code, teaches[week, to], goals, practice)
                target = (to * lengths + new_length - 1) * codes + new
                total = now + extra + cost[week, to]
                if total < value[week + 1, target]:
                    value[week + 1, target] = total
                    came[week + 1, target] = state
    best, last = INFINITE, -1
    for state in range(states):
        if value[weeks, state] >= INFINITE:
            continue
        total = value[weeks, state] + reach * _unreached(state % codes, goals, practice)
        if total < best:
            best, last = total, state
    for week in range(weeks, 0, -1):
        chosen[week - 1] = last // (codes * lengths)
        last = came[week, last]
    return best


@njit(cache=True, nogil=True)
def unroll(  # noqa: PLR0917 - one program, compiled as one; types are those of `best_weeks`
    is_open: NDArray[np.bool_], teaches: Int, goals: int, begin: int, longest: int, shortest: int, variety: float,
    practice: int, reach: float,
) -> tuple[Int, Int, Int, Int, Float]:  # fmt: skip
    """Return all steps from state `begin` on: the week, the state before and after, the site, and the points that are not of the week.

    They lie in the order of weeks. Wishes that are not reached count in the last week. `is_open` (weeks, sites + 1): where there is work.
    """
    weeks, places = is_open.shape
    nowhere = places - 1
    lengths = longest + 1
    codes = (practice + 1) ** goals
    seen = np.zeros((weeks + 1, places * lengths * codes), np.bool_)
    seen[0, begin] = True
    count = 0
    which = before = after = sites = np.empty(0, np.int64)
    extras = np.empty(0)
    for is_filling in (False, True):
        if is_filling:
            which, before = np.empty(count, np.int64), np.empty(count, np.int64)
            after, sites = np.empty(count, np.int64), np.empty(count, np.int64)
            extras = np.empty(count)
        count = 0
        for week in range(weeks):
            for state in np.nonzero(seen[week])[0]:
                length = state // codes % lengths + 1
                site = state // (codes * lengths)
                for to in range(places):
                    if not is_open[week, to]:
                        continue
                    broken, new_length = _stay(site, length, to, nowhere, longest, shortest, week == 0)
                    extra, new = variety * broken, _practised(state % codes, teaches[week, to], goals, practice)
                    if week == weeks - 1:
                        extra += reach * _unreached(new, goals, practice)
                    target = (to * lengths + new_length - 1) * codes + new
                    seen[week + 1, target] = True
                    if is_filling:
                        which[count], before[count], after[count], sites[count], extras[count] = week, state, target, to, extra
                    count += 1
    return which, before, after, sites, extras


@njit(cache=True, nogil=True)
def behind_and_through(  # noqa: PLR0917 - compiled
    week: Int, before: Int, after: Int, points: Float, begin: int, rest: Float, through: Float
) -> float:
    """Write what lies behind every state to `rest` (weeks + 1, states), and the best path through each step to `through`.

    `points`: of each step, its week included. Return the value of the best path.
    """
    weeks = len(rest) - 1
    ahead = np.full(rest.shape, INFINITE)
    ahead[0, begin] = 0.0
    for step in range(len(week)):
        total = ahead[week[step], before[step]] + points[step]
        ahead[week[step] + 1, after[step]] = min(ahead[week[step] + 1, after[step]], total)
    rest[:weeks] = INFINITE
    rest[weeks] = 0.0
    for step in range(len(week) - 1, -1, -1):
        total = points[step] + rest[week[step] + 1, after[step]]
        through[step] = ahead[week[step], before[step]] + total
        rest[week[step], before[step]] = min(rest[week[step], before[step]], total)
    return float(rest[0, begin])
