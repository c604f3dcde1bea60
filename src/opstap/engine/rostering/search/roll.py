"""Whole weeks at sites out of prices: a few weeks at a time in whole numbers, what follows in shares, and the rest as the prices say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from opstap.engine.rostering.search.master import Master, Path
from opstap.engine.rostering.search.open_weeks import Flows, steps_of
from opstap.engine.rostering.search.rise import Height

_WIDTH, _AHEAD = 2, 3
"""Weeks made whole at once, and weeks looked ahead."""

_ROOM = 20.0
"""Points that a path may lie above the best one under the prices, so that its steps are open."""

_NODES = 50
_SECONDS = 15.0


def roll(master: Master, best: Height, until: float, clock: Callable[[], float]) -> dict[int, Path] | None:
    """Return a path for everybody, near the bound as a rule; None when the clock says so first.

    A worker's weeks behind those looked at cost what the best of them cost under the prices, whatever was chosen before.
    """
    costs = [master.priced(row, best.prices) for row in range(len(master.workers))]
    steps = [steps_of(worker).within(costs[row], _ROOM) for row, worker in enumerate(master.workers)]
    rests = [mine.rest(cost) for mine, cost in zip(steps, costs, strict=True)]
    states = [mine.begin for mine in steps]
    paths = {row: [len(worker.place)] * len(worker.weeks) for row, worker in enumerate(master.workers)}
    last = master.asked.minimum.shape[1]
    for first in range(0, last, _WIDTH):
        if clock() >= until:
            return None
        flows = Flows(master)
        for row, worker in enumerate(master.workers):
            begin, whole, end = np.searchsorted(worker.weeks, [first, first + _WIDTH, first + _WIDTH + _AHEAD]).tolist()
            flows.add(row, steps[row], states[row], range(begin, end), whole=whole, ending=rests[row][end])
        answer = flows.solve(min(_SECONDS, until - clock()), _NODES)
        if answer is None:
            return None
        for row, week, site, after in flows.taken(answer):
            if master.workers[row].weeks[week] < first + _WIDTH:
                paths[row][week], states[row] = site, after
    return {row: tuple(path) for row, path in paths.items()}
