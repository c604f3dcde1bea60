"""The engine against the slow truth, and what must never depend on names, on luck or on one more person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.rostering.brute import best_cost
from tests.engine.rostering.instances import EIGHT, MONDAY, a_demand, a_problem, a_shift, a_worker, day

from opstap.engine.rostering.assignment import Pin
from opstap.engine.rostering.check import check
from opstap.engine.rostering.objective import Objective
from opstap.engine.rostering.problem import Function, Problem, Worker
from opstap.engine.rostering.result import Result
from opstap.engine.rostering.score import worker_parts
from opstap.engine.rostering.search.market import market_of, unavoidable
from opstap.engine.rostering.solve import Limits, solve
from opstap.engine.shared import Period, SolverStatus

QUICK = Limits(seconds=60, rounds=150, climbs=150)
WORKERS = st.builds(
    lambda can, wishes, days, hours: a_worker(
        skills=frozenset({can}), wishes=tuple(wish for wish in wishes if wish != can), days=days | {0}, week_minutes=hours * 60
    ),
    st.sampled_from(["pack", "sell"]),
    st.lists(st.sampled_from(["pack", "sell"]), max_size=1),
    st.frozensets(st.integers(0, 4), max_size=3),
    st.sampled_from([19, 38]),
)
DEMANDS = st.lists(
    st.builds(
        lambda work, weekday, least: (*work, weekday, least),
        st.sampled_from([("hall", "pack"), ("shop", "sell"), ("shop", "pack")]),
        st.integers(0, 2),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda asked: asked[:3],
)


@st.composite
def problems(draw: st.DrawFn, *, weeks: int = 1, people: int = 2) -> Problem:
    """A tiny roster: one or two workers, at most three demands, one week."""
    workers = tuple(replace(worker, key=f"W{row}") for row, worker in enumerate(draw(st.lists(WORKERS, min_size=1, max_size=people))))
    demands = tuple(
        a_demand(site=site, function=function, weekday=weekday, minimum=least, maximum=2)
        for site, function, weekday, least in draw(DEMANDS)
    )
    minutes = {(worker.key, "shop"): draw(st.sampled_from([10, 40, 50])) for worker in workers}
    return a_problem(workers=workers, demands=demands, weeks=weeks, minutes=minutes)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_roster_is_the_best_of_all_and_its_bound_holds(problem: Problem) -> None:
    """On a tiny problem the search finds what trying everything finds; the proof never lies above it."""
    result = solve(problem, QUICK)
    best = best_cost(problem)
    assert (check(problem, result), result.cost, best is not None and result.bound <= best) == ((), best, True)


@given(problems(weeks=2, people=1))
@settings(max_examples=40, deadline=None)
def test_path_costs_what_the_score_counts(problem: Problem) -> None:
    """What the dynamic program says a path costs is what the score says."""
    view = market_of(problem).views[0]
    for value, options in view.best(view.own.copy(), 5):
        counted = sum(worker_parts(view.worker, view.shifts(options), problem).values())
        assert round(value) + view.constant == counted


@given(problems())
@settings(max_examples=40, deadline=None)
def test_unavoidable_points_are_in_every_roster(problem: Problem) -> None:
    """The floor that a person can follow lies under the best roster."""
    best = best_cost(problem)
    assert best is not None
    assert unavoidable(market_of(problem)) <= best


@given(problems(), WORKERS)
@settings(max_examples=25, deadline=None)
def test_one_more_worker_never_leaves_more_demand_unmet(problem: Problem, another: Worker) -> None:
    """With demand alone in the objective somebody more can only help."""
    before = replace(problem, objective=Objective(("minimum", "wanted")))
    after = replace(before, workers=(*before.workers, replace(another, key="Extra")))
    assert solve(after, QUICK).cost <= solve(before, QUICK).cost


@given(problems(), WORKERS)
@settings(max_examples=40, deadline=None)
def test_one_more_worker_never_worsens_the_best_of_all(problem: Problem, another: Worker) -> None:
    """Proven by trying everything: the best roster with somebody more misses no more demand than the best without."""
    before = replace(problem, objective=Objective(("minimum", "wanted")))
    after = replace(before, workers=(*before.workers, replace(another, key="Extra")))
    best, best_with_another = best_cost(before), best_cost(after)
    assert best is not None
    assert best_with_another is not None
    assert best_with_another <= best


@given(problems())
@settings(max_examples=25, deadline=None)
def test_renaming_workers_changes_nothing(problem: Problem) -> None:
    """Names decide nothing."""
    renamed = replace(
        problem,
        workers=tuple(replace(worker, key=f"Other {worker.key}") for worker in problem.workers),
        minutes={(f"Other {worker}", site): way for (worker, site), way in problem.minutes.items()},
    )
    assert figures(solve(renamed, QUICK)) == figures(solve(problem, QUICK))


def figures(result: Result) -> tuple[Any, ...]:
    """What a result says without names."""
    return (
        result.status,
        result.cost,
        result.bound,
        dict(result.parts),
        [shift.cell for shift in sorted(result.shifts, key=lambda s: s.cell)],
    )


def test_same_seed_gives_the_same_roster() -> None:
    """A replay is equal in everything but the clock."""
    problem = rotation()
    assert solve(problem, QUICK) == solve(problem, QUICK)


def rotation() -> Problem:
    """Four weeks, two sites, two who can each one thing and wish to learn the other."""
    demands = tuple(
        a_demand(site=site, function=function, weekday=weekday, wanted=2)
        for site, function in (("hall", "pack"), ("shop", "sell"))
        for weekday in range(5)
    )
    workers = (
        a_worker("An", wishes=("sell",)),
        a_worker("Bo"),
        a_worker("Cas", skills=frozenset({"sell"}), wishes=("pack",)),
        a_worker("Do", skills=frozenset({"sell"})),
    )
    return a_problem(workers=workers, demands=demands, weeks=4)


def test_rotation_lets_everybody_learn_and_is_proven() -> None:
    """Two weeks each at the other's site meet all demand and both wishes: nothing is left to pay but nothing."""
    result = solve(rotation(), Limits(seconds=60, rounds=3000, climbs=300))
    assert (result.status, result.cost, result.bound) == (SolverStatus.OPTIMAL, 0, 0)


def test_pins_that_cannot_stand_are_named() -> None:
    """A pin on a day of leave is not possible, and says which rule."""
    worker = a_worker(absent=(Period(MONDAY, day(1)),))
    result = solve(a_problem(workers=(worker,), pins=(Pin("An", MONDAY, "hall", "pack", EIGHT),)), QUICK)
    assert (result.status, [reason.code for reason in result.reasons]) == (SolverStatus.INFEASIBLE, ["rostering.absent_until"])


def test_pinned_learner_without_guide_is_named() -> None:
    """A learner who is pinned where nobody can is not possible."""
    worker = a_worker(skills=frozenset(), wishes=("pack",))
    result = solve(a_problem(workers=(worker,), pins=(Pin("An", MONDAY, "hall", "pack", EIGHT),)), QUICK)
    assert (result.status, [reason.code for reason in result.reasons]) == (SolverStatus.INFEASIBLE, ["rostering.learner_alone"])


def test_pin_is_kept_against_the_objective() -> None:
    """A worker whom the planner keeps free is free, whatever is missing."""
    problem = a_problem(pins=(Pin("An", MONDAY),))
    assert (solve(problem, QUICK).shifts, solve(a_problem(), QUICK).shifts) == ((), (a_shift(),))


def test_days_of_the_notice_stay_as_published() -> None:
    """Before the notice ends nothing changes, though another day would be better; after it everything may."""
    demands = (a_demand(minimum=0, wanted=0), a_demand(weekday=1))
    given: dict[str, Any] = {
        "demands": demands,
        "published": (a_shift(),),
        "workers": (a_worker(week_minutes=456, days=frozenset({0, 1})),),
    }
    frozen = solve(a_problem(**given, frozen_until=day(1)), QUICK).shifts
    assert (frozen, solve(a_problem(**given), QUICK).shifts) == ((a_shift(),), (a_shift(weekday=1),))


def test_rest_that_the_paths_do_not_know_is_kept() -> None:
    """A late shift and an early one the next day are never both given."""
    demands = (a_demand(starts=12 * 60, ends=20 * 60), a_demand(weekday=1, starts=6 * 60, ends=14 * 60))
    problem = a_problem(demands=demands)
    result = solve(problem, QUICK)
    assert (check(problem, result), len(result.shifts)) == ((), 1)


def test_clock_ends_the_search_with_the_best_so_far() -> None:
    """When the time is up there is a lawful roster with a bound, and the status says so."""
    ticks = iter(range(10_000))
    result = solve(rotation(), Limits(seconds=30, rounds=100_000), clock=lambda: float(next(ticks)))
    assert (check(rotation(), result), result.status in {SolverStatus.TIMED_OUT, SolverStatus.OPTIMAL}) == ((), True)


@pytest.mark.parametrize(
    "changes", [{"start": MONDAY + timedelta(days=1)}, {"workers": (a_worker(), a_worker())}, {"functions": (Function("sell"),)}]
)
def test_problem_refuses_what_no_roster_can_be_made_of(changes: dict[str, Any]) -> None:
    """Errors come at construction."""
    with pytest.raises(ValueError, match=r".+"):
        a_problem(**changes)
