"""Steps that stay open: every path cheap enough is kept whole, whatever the prices."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.rostering.test_solve import problems

from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.rotation import master_of
from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.market import market_of
from opstap.engine.rostering.search.open_weeks import steps_of


@given(problems(weeks=3), st.integers(0, 2**32 - 1), st.integers(0, 500))
@settings(max_examples=40, deadline=None)
def test_every_path_within_the_room_takes_only_open_steps(problem: Problem, seed: int, room: int) -> None:
    """Trying every path: what the program of one worker says it costs decides, and the best path is always open."""
    generator = np.random.default_rng(seed)
    for worker in master_of(market_of(problem)).workers:
        cost = np.where(worker.own < INFINITE, worker.own + generator.integers(-300, 300, worker.own.shape), INFINITE)
        best, _ = worker.best(cost)
        steps = steps_of(worker).within(cost, float(room))
        opened = [set(steps.site[steps.week == week].tolist()) for week in range(len(cost))]
        for path in product(*(np.nonzero(row < INFINITE)[0].tolist() for row in cost)):
            alone = np.full(cost.shape, INFINITE)
            alone[np.arange(len(path)), path] = cost[np.arange(len(path)), path]
            if worker.best(alone)[0] <= best + room:
                assert all(site in sites for site, sites in zip(path, opened, strict=True))
