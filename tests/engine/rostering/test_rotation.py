"""Weeks at sites: the best of all on tiny questions, with a bound that holds, and the same whatever people are called."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.rostering.instances import a_demand, a_problem, a_worker
from tests.engine.rostering.test_solve import problems, rotation

from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.rotation import master_of, weeks_at_sites
from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.market import market_of
from opstap.engine.rostering.search.master import NEARLY
from opstap.engine.rostering.search.mix import relax
from opstap.engine.rostering.search.open_weeks import prove
from opstap.engine.rostering.search.rise import Height
from opstap.engine.rostering.search.roll import roll
from opstap.engine.shared import SolverStatus


def tried(problem: Problem) -> int:
    """The slow truth: every choice of weeks at sites for everybody."""
    market = market_of(problem)
    master = master_of(market)
    choices = [
        [
            path
            for path in product(*(range(worker.own.shape[1]) for _ in worker.weeks))
            if all(worker.own[step, site] < INFINITE for step, site in enumerate(path))
        ]
        for worker in master.workers
    ]
    return min(round(master.cost(dict(enumerate(chosen)))) for chosen in product(*choices)) + market.constant


@given(problems(weeks=3))
@settings(max_examples=25, deadline=None)
def test_weeks_at_sites_are_the_best_of_all_that_can_be_tried(problem: Problem) -> None:
    """The bound never lies above the best, what is called optimal is the best, and the cost is never below it."""
    found, best = weeks_at_sites(problem), tried(problem)
    assert (found.bound <= best <= found.cost, found.status is not SolverStatus.OPTIMAL or found.cost == best) == (True, True)


@given(problems(weeks=3), st.integers(0, 2**32 - 1))
@settings(max_examples=25, deadline=None)
def test_whatever_the_prices_the_proof_ends_with_the_best_of_all(problem: Problem, seed: int) -> None:
    """Prices drawn by lot prove a low bound; what is searched whole from there is still the best that can be tried, and proven."""
    market = market_of(problem)
    master = master_of(market)
    prices = np.random.default_rng(seed).random(len(master.points)) * master.points
    found, bound = prove(master, Height(master.answer(prices).bound, prices), master.first(), 60.0, lambda: 0.0)
    assert (round(master.cost(found)) + market.constant, bound + market.constant) == (tried(problem), tried(problem))


@given(problems(weeks=3))
@settings(max_examples=25, deadline=None)
def test_bound_of_the_prices_and_weeks_made_whole_lie_on_either_side_of_the_best(problem: Problem) -> None:
    """What prices alone prove is never above the best; weeks made whole a few at a time, or without any time, can be done."""
    market = market_of(problem)
    master = master_of(market)
    best = relax(master, master.cost(master.first()), 60.0, lambda: 0.0)
    rolled, by_prices = roll(master, best, 0.0, 60.0, lambda: 0.0), roll(master, best, 0.0, 0.0, lambda: 1.0)
    truth = tried(problem) - market.constant
    assert best.bound - NEARLY <= truth <= min(master.cost(rolled), master.cost(by_prices)) + NEARLY
    assert max(master.cost(rolled), master.cost(by_prices)) < INFINITE


def test_rotation_of_four_is_proven() -> None:
    """Two weeks each at the other's site: optimal, and both wishes are among the weeks."""
    found = weeks_at_sites(rotation())
    assert (found.status, found.cost, sorted({found.sites["An", week] for week in range(4)})) == (SolverStatus.OPTIMAL, 0, ["hall", "shop"])


@given(problems(weeks=2))
@settings(max_examples=15, deadline=None)
def test_renaming_workers_changes_no_week(problem: Problem) -> None:
    """Names decide nothing: cost and bound stay."""
    renamed = replace(
        problem,
        workers=tuple(replace(worker, key=f"Other {worker.key}") for worker in problem.workers),
        minutes={(f"Other {worker}", site): way for (worker, site), way in problem.minutes.items()},
    )
    one, other = weeks_at_sites(problem), weeks_at_sites(renamed)
    assert (one.cost, one.bound) == (other.cost, other.bound)


def test_replay_gives_the_same_weeks() -> None:
    """Asked twice, the answer is equal in everything but the clock."""
    assert weeks_at_sites(rotation()) == weeks_at_sites(rotation())


def test_clock_ends_the_question_with_everybody_somewhere() -> None:
    """Without any time there is still an answer, and the status says that the clock ended it unless it is proven."""
    ticks = iter(range(10_000))
    demands = tuple(a_demand(weekday=weekday, minimum=2, wanted=2) for weekday in range(5))
    workers = (a_worker(), a_worker("Bo"))
    problem = a_problem(workers=workers, demands=demands, weeks=2)
    found = weeks_at_sites(problem, 1.0, clock=lambda: float(next(ticks)))
    assert (set(found.sites.values()), found.status in {SolverStatus.OPTIMAL, SolverStatus.TIMED_OUT}) == ({"hall"}, True)
