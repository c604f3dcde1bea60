"""Everything that runs over the diagram of a worker, compiled. Types are those of the docstrings; costs are (days, choices)."""

# ruff: noqa: PLR0917 - compiled functions take their arrays one by one

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Short = NDArray[np.int32]
INFINITE = 1e17
_DAYS_IN_WEEK, _SATURDAY, _SUNDAY = 7, 5, 6
_HASH = np.uint64(0x9E3779B97F4A7C15)


@njit(cache=True, nogil=True)
def expand(
    layer: Int, day: int, open_day: Int, follow: Int, is_rest: Int, units: Int, counter: Int, limits: Int, powers: Int, sizes: Int,
    index: Short, after: Int, arcs: Short,
) -> int:  # fmt: skip
    """Write the states that may follow those of a layer to `after`, and to arcs (states, choices) which of them, or -1; return how many.

    `index` (codes) holds -1 everywhere, before and after.
    """
    count = 0
    times, weekends, codes = sizes[1], sizes[2], sizes[3]
    for at in range(len(layer)):
        state = layer[at]
        code = state % codes
        weekend = state // codes % weekends
        used = state // (codes * weekends) % times
        activity = state // (codes * weekends * times)
        for choice in range(len(open_day)):
            arcs[at, choice] = -1
            to = follow[activity, choice]
            if to < 0 or open_day[choice] == 0 or used + units[choice] >= times:
                continue
            new_weekend, new_code = weekend, code
            if choice > 0 and (day % _DAYS_IN_WEEK == _SATURDAY or (day % _DAYS_IN_WEEK == _SUNDAY and is_rest[activity] == 1)):
                new_weekend += 1
                if new_weekend >= weekends:
                    continue
            which = counter[choice]
            if which >= 0:
                if code // powers[which] % (limits[which] + 1) >= limits[which]:
                    continue
                new_code += powers[which]
            target = ((to * times + used + units[choice]) * weekends + new_weekend) * codes + new_code
            if index[target] < 0:
                index[target] = count
                after[count] = target
                count += 1
            arcs[at, choice] = index[target]
    for at in range(count):
        index[after[at]] = -1
    return count


@njit(cache=True, nogil=True)
def merge(arcs: Short, name: Short, kept: Short) -> int:
    """Give equal rows of arcs (states, choices) the same number in `name`, rows of only -1 the number -1; return how many.

    `kept` (states, choices): the rows that are left.
    """
    states, choices = arcs.shape
    size = 1
    while size < 2 * states + 1:
        size *= 2
    table = np.full(size, -1, np.int32)
    count = 0
    for at in range(states):
        key, is_dead = np.uint64(1469598103934665603), True
        for choice in range(choices):
            key = (key ^ np.uint64(arcs[at, choice] + 1)) * _HASH
            key ^= key >> np.uint64(29)
            is_dead &= arcs[at, choice] < 0
        name[at] = -1
        if is_dead:
            continue
        slot = np.int64(key & np.uint64(size - 1))
        while True:
            other = table[slot]
            if other < 0:
                table[slot] = count
                kept[count] = arcs[at]
                name[at] = count
                count += 1
                break
            is_same = True
            for choice in range(choices):
                is_same &= kept[other, choice] == arcs[at, choice]
            if is_same:
                name[at] = other
                break
            slot = (slot + 1) & (size - 1)
    return count


@njit(cache=True, nogil=True)
def to_end(first: Int, follow: Short, cost: Float, value: Float) -> None:
    """Fill value (nodes) with the lowest cost from each node to the end."""
    value[len(value) - 1] = 0.0
    for day in range(len(first) - 2, -1, -1):
        for node in range(first[day], first[day + 1]):
            best = INFINITE
            for choice in range(follow.shape[1]):
                to = follow[node, choice]
                if to >= 0 and cost[day, choice] + value[to] < best:
                    best = cost[day, choice] + value[to]
            value[node] = best


@njit(cache=True, nogil=True)
def from_begin(first: Int, follow: Short, cost: Float, value: Float, came: Short) -> None:
    """Fill value (nodes) with the lowest cost from the begin to each node, and `came` with the node before it on that way."""
    value[:] = INFINITE
    value[0] = 0.0
    for day in range(len(first) - 1):
        for node in range(first[day], first[day + 1]):
            for choice in range(follow.shape[1]):
                to = follow[node, choice]
                if to >= 0 and value[node] + cost[day, choice] < value[to]:
                    value[to] = value[node] + cost[day, choice]
                    came[to] = node


@njit(cache=True, nogil=True)
def through(first: Int, follow: Short, cost: Float, ahead: Float, behind: Float, best: Float, where: Int) -> None:
    """Fill best (days, choices) with the lowest cost of a path that takes the choice that day, and `where` with its node."""
    best[:] = INFINITE
    for day in range(len(first) - 1):
        for node in range(first[day], first[day + 1]):
            for choice in range(follow.shape[1]):
                to = follow[node, choice]
                if to >= 0:
                    value = behind[node] + cost[day, choice] + ahead[to]
                    if value < best[day, choice]:
                        best[day, choice] = value
                        where[day, choice] = node


@njit(cache=True, nogil=True)
def walk(first: Int, follow: Short, cost: Float, ahead: Float, day: int, node: int, path: NDArray[np.int8]) -> None:
    """Write the best choices from a node of a day to the end into `path`."""
    while day < len(first) - 1:
        best, chosen = INFINITE, -1
        for choice in range(follow.shape[1]):
            to = follow[node, choice]
            if to >= 0 and cost[day, choice] + ahead[to] < best:
                best, chosen = cost[day, choice] + ahead[to], choice
        path[day] = chosen
        node = follow[node, chosen]
        day += 1


@njit(cache=True, nogil=True)
def walk_back(follow: Short, cost: Float, came: Short, day: int, node: int, path: NDArray[np.int8]) -> None:
    """Write the best choices from the begin to a node of a day into `path`."""
    while day > 0:
        before = came[node]
        best, chosen = INFINITE, -1
        for choice in range(follow.shape[1]):
            if follow[before, choice] == node and cost[day - 1, choice] < best:
                best, chosen = cost[day - 1, choice], choice
        path[day - 1] = chosen
        node = before
        day -= 1


@njit(cache=True, nogil=True)
def thin(first: Int, follow: Short, cost: Float, ahead: Float, behind: Float, most: float, thinned: Short) -> int:
    """Copy the arcs on a path that costs at most `most` to `thinned`, -1 for the others; return how many are left."""
    left = 0
    for day in range(len(first) - 1):
        for node in range(first[day], first[day + 1]):
            for choice in range(follow.shape[1]):
                to = follow[node, choice]
                is_kept = to >= 0 and behind[node] + cost[day, choice] + ahead[to] <= most
                thinned[node, choice] = to if is_kept else -1
                left += is_kept
    return left


@njit(cache=True, nogil=True)
def listed(first: Int, follow: Short, cost: Float, ahead: Float, most: float, paths: NDArray[np.int8]) -> int:
    """Write every path that costs at most `most` into paths (room, days); return how many, or -1 when there is no room for all."""
    days = len(first) - 1
    nodes, spent, tried = np.zeros(days + 1, np.int64), np.zeros(days + 1), np.full(days + 1, -1, np.int64)
    count, day = 0, 0
    while day >= 0:
        if day == days:
            if count == len(paths):
                return -1
            for at in range(days):
                paths[count, at] = tried[at]
            count += 1
            day -= 1
            continue
        tried[day] += 1
        if tried[day] == follow.shape[1]:
            tried[day] = -1
            day -= 1
            continue
        to = follow[nodes[day], tried[day]]
        if to >= 0 and spent[day] + cost[day, tried[day]] + ahead[to] <= most:
            spent[day + 1] = spent[day] + cost[day, tried[day]]
            nodes[day + 1] = to
            day += 1
    return count
