"""Whole weeks at sites out of prices: a few weeks at a time in whole numbers, what follows in shares, and the rest as the prices say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from opstap.engine.rostering.search.master import Master, Path
from opstap.engine.rostering.search.open_weeks import Flows, steps_of
from opstap.engine.rostering.search.rise import Height

_WIDTH, _AHEAD = 2, 2
"""Weeks made whole at once, and weeks looked ahead."""

_ROOMS = (20.0, 60.0, 180.0)
"""Points that a path may lie above the best one under the prices, so that its steps are open; from few steps to many."""

_NODES = 20
_NEAR = 10.0
"""Points within which weeks made whole are good enough."""

_SECONDS = 15.0


def roll(master: Master, best: Height, near: float, until: float, clock: Callable[[], float]) -> dict[int, Path]:
    """Return a path for everybody, near the bound as a rule: more and more steps are open until the clock says so.

    `best`: prices and the bound that they prove; so many points above it are `near` enough.
    """
    paths: dict[int, Path] = {}
    enough = best.bound + max(_NEAR, near)
    for room in _ROOMS:
        other = _rolled(master, best, room, until, clock)
        paths = min(paths or other, other, key=master.cost)
        if master.cost(paths) <= enough or clock() >= until:
            break
    return paths


def _rolled(master: Master, best: Height, room: float, until: float, clock: Callable[[], float]) -> dict[int, Path]:
    """Return a path for everybody, made whole from the first week to the last; without time as the prices alone say.

    A worker's weeks behind those looked at cost what the best of them cost under the prices, whatever was chosen before.
    """
    costs = [master.priced(row, best.prices) for row in range(len(master.workers))]
    steps = [steps_of(worker).within(costs[row], room) for row, worker in enumerate(master.workers)]
    rests = [mine.rest(cost) for mine, cost in zip(steps, costs, strict=True)]
    states = [mine.begin for mine in steps]
    paths: list[list[int]] = [[] for _ in master.workers]
    for first in range(0, master.asked.minimum.shape[1], _WIDTH):
        flows = Flows(master)
        for row, worker in enumerate(master.workers):
            begin, whole, end = np.searchsorted(worker.weeks, [first, first + _WIDTH, first + _WIDTH + _AHEAD]).tolist()
            flows.add(row, steps[row], states[row], range(begin, end), whole=whole, ending=rests[row][end])
        answer = flows.solve(min(_SECONDS, until - clock()), _NODES, _NEAR) if clock() < until else None
        if answer is None:
            break
        for row, week, site, after in sorted(flows.taken(answer)):
            if master.workers[row].weeks[week] < first + _WIDTH:
                paths[row].append(site)
                states[row] = after
    return {row: (*path, *steps[row].follow(costs[row], rests[row], states[row], len(path))) for row, path in enumerate(paths)}
