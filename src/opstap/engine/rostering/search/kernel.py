"""The best path of one worker under given prices, compiled: a dynamic program over days inside one over weeks.

A path is, week by week, a site (or none) and the shifts there. Inside a week the state is the time used and the days of practice
per wish; over weeks it is the site, the weeks spent there and the weeks of practice per wish.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]
INFINITE = 1e17
_DAYS = 7


@njit(cache=True, nogil=True)
def fill_week(  # noqa: PLR0917 - compiled: types are those of the docstring
    first: int, starts: Int, cost: Float, units: Int, goal: Int, local: Int, after: Int, codes: int, must: Int, quota: int,
    value: Float, before: Int, choice: Int,
) -> None:  # fmt: skip
    """Fill value (8, states), before and choice (7, states) for one week at one site.

    The options of weekday k are starts[first + k] to starts[first + k + 1]. A state is time used times codes, plus the code:
    days of practice per wish of the site. `after` (wishes of the site, codes): the code after one more day.
    """
    states = (quota + 1) * codes
    value[0, :states] = INFINITE
    value[0, 0] = 0.0
    top = 0
    for k in range(_DAYS):
        value[k + 1, :states] = INFINITE
        reach = top
        for used in range(top + 1):
            for code in range(codes):
                state = used * codes + code
                now = value[k, state]
                if now >= INFINITE:
                    continue
                if must[k] == 0 and now < value[k + 1, state]:
                    value[k + 1, state] = now
                    before[k, state] = state
                    choice[k, state] = -1
                for option in range(starts[first + k], starts[first + k + 1]):
                    then = used + units[option]
                    if then > quota or cost[option] >= INFINITE:
                        continue
                    reach = max(reach, then)
                    to = then * codes + (code if goal[option] < 0 else after[local[goal[option]], code])
                    if now + cost[option] < value[k + 1, to]:
                        value[k + 1, to] = now + cost[option]
                        before[k, to] = state
                        choice[k, to] = option
        top = reach


@njit(cache=True, nogil=True)
def _after(count: int, days: int, after: Int) -> int:
    """Write for each wish and code of practice the code after one more day, counted up to `days`; return the number of codes."""
    codes = int((days + 1) ** count)
    for wish in range(count):
        power = int((days + 1) ** wish)
        for code in range(codes):
            after[wish, code] = code + power if (code // power) % (days + 1) < days else code
    return codes


@njit(cache=True, nogil=True)
def best_paths(  # noqa: PLR0917 - compiled: types are those of the docstring
    sites: int, weeks: int, starts: Int, cost: Float, units: Int, goal: Int, goals: int, must: Int, quotas: Int,
    first_site: int, first_length: int, longest: int, shortest: int, variety: float, days: int, practice: int,
    reach: float, most: int, paths: Int, values: Float,
) -> int:  # fmt: skip
    """Write up to `most` paths, best first: paths (most, weeks * 7) of options or -1, and their values; return how many.

    `starts` has sites * weeks * 7 + 1 entries. `must` (weeks * 7): the worker has to work that day. `reach`: points of a wish
    that is not reached. The values hold everything that depends on the path: `cost` of its options, variety and wishes.
    """
    lengths = longest + 1
    stay = sites * lengths
    if first_site >= 0:
        stay = first_site * lengths + min(first_length, longest) - 1
    return best_between(
        sites, weeks, 0, weeks, starts, cost, units, goal, goals, must, quotas, stay, 0, 0, np.zeros((sites + 1) * lengths),
        longest, shortest, variety, days, practice, reach, most, paths, values,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def best_between(  # noqa: C901, PLR0912, PLR0915, PLR0917 - one program, compiled as one
    sites: int, weeks: int, low: int, high: int, starts: Int, cost: Float, units: Int, goal: Int, goals: int, must: Int, quotas: Int,
    stay: int, practised: int, earlier: int, ending: Float, longest: int, shortest: int, variety: float, days: int, practice: int,
    reach: float, most: int, paths: Int, values: Float,
) -> int:  # fmt: skip
    """Write up to `most` paths through the weeks from `low` to `high` as `best_paths` does, the other weeks being as they are.

    `stay`: the site before, times the lengths of a stay, plus the weeks there less one; `earlier`: how many weeks of work came before.
    `practised`: the code of the weeks of practice in all other weeks. `ending`: what every stay at the end costs later.
    """
    masks = 1 << goals
    most_states = (quotas[low:high].max() + 1) * (days + 1) ** goals
    value = np.empty((_DAYS + 1, most_states))
    before = np.empty((_DAYS, most_states), np.int64)
    choice = np.empty((_DAYS, most_states), np.int64)
    local = np.zeros(max(goals, 1), np.int64)
    here = np.zeros(max(goals, 1), np.int64)
    after = np.zeros((max(goals, 1), (days + 1) ** goals), np.int64)
    best = np.full((sites + 1, high - low, masks), INFINITE)
    end = np.full((sites + 1, high - low, masks), -1, np.int64)
    taught = np.zeros((sites, max(goals, 1)), np.int64)
    for site in range(sites):
        for option in range(starts[(site * weeks + low) * _DAYS], starts[(site * weeks + high) * _DAYS]):
            if goal[option] >= 0:
                taught[site, goal[option]] = 1
    for week in range(low, high):
        if not must[week * _DAYS : (week + 1) * _DAYS].any():
            best[sites, week - low, 0] = 0.0
    for site in range(sites):
        count = 0
        for wish in range(goals):
            if taught[site, wish]:
                local[wish] = count
                here[count] = wish
                count += 1
        codes = _after(count, days, after)
        for week in range(low, high):
            row = (site * weeks + week) * _DAYS
            if quotas[week] == 0 or starts[row] == starts[row + _DAYS]:
                continue
            fill_week(
                row, starts, cost, units, goal, local, after, codes, must[week * _DAYS : (week + 1) * _DAYS], quotas[week],
                value, before, choice,
            )  # fmt: skip
            for state in range(codes, (quotas[week] + 1) * codes):
                if value[_DAYS, state] >= INFINITE:
                    continue
                code = state % codes
                mask = 0
                for wish in range(count):
                    if code % (days + 1) == days:
                        mask |= 1 << here[wish]
                    code //= days + 1
                if value[_DAYS, state] < best[site, week - low, mask]:
                    best[site, week - low, mask] = value[_DAYS, state]
                    end[site, week - low, mask] = state
    lengths = longest + 1
    codes_of_path = (practice + 1) ** goals
    states = (sites + 1) * lengths * codes_of_path
    added = np.zeros((codes_of_path, masks), np.int64)
    for code in range(codes_of_path):
        for mask in range(masks):
            new = 0
            power = 1
            rest = code
            for wish in range(goals):
                digit = rest % (practice + 1)
                rest //= practice + 1
                if mask >> wish & 1 and digit < practice:
                    digit += 1
                new += digit * power
                power *= practice + 1
            added[code, mask] = new
    active = np.zeros(high - low, np.int64)
    steps = 0
    for week in range(low, high):
        if quotas[week] > 0:
            active[steps] = week
            steps += 1
    reached = np.full((steps + 1, states), INFINITE)
    came = np.full((steps + 1, states), -1, np.int64)
    with_mask = np.zeros((steps + 1, states), np.int64)
    reached[0, stay * codes_of_path + practised] = 0.0
    leave = np.empty((2, codes_of_path))
    left = np.empty((2, codes_of_path), np.int64)
    for step in range(steps):
        week = active[step] - low
        leave[:] = INFINITE
        left[:] = -1
        for state in range(states):
            now = reached[step, state]
            if now >= INFINITE:
                continue
            code = state % codes_of_path
            length = (state // codes_of_path) % lengths + 1
            site = state // (codes_of_path * lengths)
            extra = 0.0
            new_length = 1
            if site < sites:
                new_length = min(length + 1, lengths)
                if length >= longest:
                    extra = variety
            for mask in range(masks):
                if best[site, week, mask] < INFINITE:
                    target = (site * lengths + new_length - 1) * codes_of_path + added[code, mask]
                    total = now + extra + best[site, week, mask]
                    if total < reached[step + 1, target]:
                        reached[step + 1, target] = total
                        came[step + 1, target] = state
                        with_mask[step + 1, target] = mask
            if site < sites and length < shortest and step + earlier > 0:
                now += variety * (shortest - length)
            first = left[0, code] // (codes_of_path * lengths) if left[0, code] >= 0 else -1
            if now < leave[0, code]:
                if first != site:
                    leave[1, code] = leave[0, code]
                    left[1, code] = left[0, code]
                leave[0, code] = now
                left[0, code] = state
            elif first != site and now < leave[1, code]:
                leave[1, code] = now
                left[1, code] = state
        for code in range(codes_of_path):
            if left[0, code] < 0:
                continue
            first = left[0, code] // (codes_of_path * lengths)
            for to in range(sites + 1):
                rank = 1 if to == first else 0
                if left[rank, code] < 0:
                    continue
                for mask in range(masks):
                    if best[to, week, mask] >= INFINITE:
                        continue
                    target = to * lengths * codes_of_path + added[code, mask]
                    total = leave[rank, code] + best[to, week, mask]
                    if total < reached[step + 1, target]:
                        reached[step + 1, target] = total
                        came[step + 1, target] = left[rank, code]
                        with_mask[step + 1, target] = mask
    finals = np.full((sites + 1) * codes_of_path, INFINITE)
    final_state = np.zeros((sites + 1) * codes_of_path, np.int64)
    for state in range(states):
        if reached[steps, state] >= INFINITE:
            continue
        code = state % codes_of_path
        missing = 0
        rest = code
        for _wish in range(goals):
            if rest % (practice + 1) < practice:
                missing += 1
            rest //= practice + 1
        total = reached[steps, state] + reach * missing + ending[state // codes_of_path]
        group = state // (codes_of_path * lengths) * codes_of_path + code
        if total < finals[group]:
            finals[group] = total
            final_state[group] = state
    order = np.argsort(finals)
    found = 0
    for rank in range(min(most, len(order))):
        if finals[order[rank]] >= INFINITE:
            break
        values[found] = finals[order[rank]]
        paths[found, low * _DAYS : high * _DAYS] = -1
        state = final_state[order[rank]]
        for step in range(steps, 0, -1):
            site = state // (codes_of_path * lengths)
            week = active[step - 1]
            if site < sites:
                count = 0
                for wish in range(goals):
                    if taught[site, wish]:
                        local[wish] = count
                        count += 1
                fill_week(
                    (site * weeks + week) * _DAYS, starts, cost, units, goal, local, after, _after(count, days, after),
                    must[week * _DAYS : (week + 1) * _DAYS], quotas[week], value, before, choice,
                )  # fmt: skip
                at = end[site, week - low, with_mask[step, state]]
                for k in range(_DAYS - 1, -1, -1):
                    paths[found, week * _DAYS + k] = choice[k, at]
                    at = before[k, at]
            state = came[step, state]
        found += 1
    return found
