"""Days and shifts solved: the best of all on tiny questions, with a bound that holds, and the same whatever people are called."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.engine.rostering.shifts.questions import KINDS, a_contract, best_cost, questions

from opstap.engine.rostering.shifts.check import broken, cost
from opstap.engine.rostering.shifts.problem import Cover, ShiftProblem, Wish
from opstap.engine.rostering.shifts.solve import ShiftResult, solve
from opstap.engine.shared import SolverStatus


def ticking(problem: ShiftProblem, seconds: float) -> ShiftResult:
    """Solve with a clock that moves one second each time it is asked."""
    ticks = iter(range(1_000_000))
    return solve(problem, seconds, clock=lambda: float(next(ticks)))


@given(questions(days=5, workers=2))
@settings(max_examples=40, deadline=None)
def test_roster_is_the_best_of_all_that_can_be_tried(problem: ShiftProblem) -> None:
    """Optimal, lawful and counted as the judge counts it; infeasible exactly when nothing lawful can be found."""
    found, best = solve(problem), best_cost(problem)
    if best is None:
        assert (found.status, found.roster) == (SolverStatus.INFEASIBLE, {})
    else:
        expected = (SolverStatus.OPTIMAL, best, best, best, [])
        assert (found.status, found.cost, found.bound, cost(problem, found.roster), broken(problem, found.roster)) == expected


@given(questions(days=5, workers=2))
@settings(max_examples=15, deadline=None)
def test_renaming_workers_changes_no_cost(problem: ShiftProblem) -> None:
    """Names decide nothing."""
    workers = tuple(replace(worker, key=f"other {worker.key}") for worker in problem.workers)
    wishes = tuple(replace(wish, worker=f"other {wish.worker}") for wish in problem.wishes)
    one, other = solve(problem), solve(replace(problem, workers=workers, wishes=wishes))
    assert (one.status, one.cost, one.bound) == (other.status, other.cost, other.bound)


@given(questions(days=5, workers=1))
@settings(max_examples=15, deadline=None)
def test_one_more_free_worker_never_costs_more_cover(problem: ShiftProblem) -> None:
    """Somebody without wishes who may stay at home all days never makes the best roster dearer."""
    found, more = solve(problem), solve(replace(problem, workers=(*problem.workers, a_contract("another"))))
    assert found.status is SolverStatus.INFEASIBLE or more.cost <= found.cost


def test_worker_without_any_lawful_path_is_named() -> None:
    """More minutes than the days hold: infeasible, because of that worker."""
    problem = ShiftProblem(2, KINDS, (a_contract(), a_contract("Bo", least_minutes=2_000)))
    assert (solve(problem).status, solve(problem).stuck) == (SolverStatus.INFEASIBLE, ("Bo",))


def test_bound_that_whole_people_must_raise_is_proven() -> None:
    """Three pairs of days of which each worker can take one: half a person everywhere is cheaper, whole people are not."""
    covers = tuple(Cover(day, "early", 1, 10, 10) for day in (0, 1, 2))
    wishes = tuple(Wish(name, day, "early", 3, is_wanted=True) for name in ("An", "Bo") for day in (0, 1, 2))
    workers = tuple(a_contract(name, most_of={"early": 2}, longest_run=1, shortest_rest=1) for name in ("An", "Bo"))
    problem = ShiftProblem(3, KINDS, workers, wishes, covers)
    found = solve(problem)
    assert (found.status, found.cost, found.bound) == (SolverStatus.OPTIMAL, best_cost(problem), best_cost(problem))


def test_clock_ends_the_search_with_a_lawful_roster() -> None:
    """Without time there is still a roster and a bound that holds; only a reached bound is called optimal."""
    covers = tuple(Cover(day, kind, 1, 7, 5) for day in range(5) for kind in ("early", "late"))
    workers = tuple(a_contract(f"worker {number}", longest_run=2, shortest_rest=2, shortest_run=2) for number in range(2))
    problem = ShiftProblem(5, KINDS, workers, (), covers)
    found, best = ticking(problem, 1.0), best_cost(problem)
    assert best is not None
    assert (broken(problem, found.roster), found.bound <= best <= found.cost) == ([], True)
    assert (found.status is SolverStatus.OPTIMAL) == (found.bound == found.cost)


def test_replay_gives_the_same_roster() -> None:
    """The same seed: equal in everything but the clock."""
    covers = tuple(Cover(day, "early", 1, 7, 5) for day in range(5))
    problem = ShiftProblem(5, KINDS, (a_contract(), a_contract("Bo", longest_run=2)), (), covers)
    assert solve(problem) == solve(problem)
