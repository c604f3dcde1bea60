"""Several workers answered at once: exact where everything can be tried, never worse than before, lawful beside what was decided."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from tests.engine.rostering.brute import best_cost
from tests.engine.rostering.instances import EIGHT, a_demand, a_problem, a_shift, a_worker, day
from tests.engine.rostering.test_solve import problems, rotation

from opstap.engine.rostering.assignment import Pin
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.score import cost
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.market import market_of
from opstap.engine.rostering.search.polish import alone, improve_together
from opstap.engine.rostering.search.together import answer_together


def load_of(problem: Problem) -> Load:
    """Nobody at work yet."""
    load = Load(market_of(problem))
    for row in range(len(problem.workers)):
        load.put(row, np.empty(0, np.int64), alone(load, row, np.empty(0, np.int64)))
    return load


def everything(problem: Problem) -> dict[int, frozenset[int]]:
    """Every worker free in every week."""
    return dict.fromkeys(range(len(problem.workers)), frozenset(range(problem.weeks)))


def answered(problem: Problem) -> Load:
    """The roster after one program over everything, proven."""
    load = load_of(problem)
    improve_together(load, everything(problem), 60.0, nodes=1_000_000)
    return load


@given(problems())
@settings(max_examples=40, deadline=None)
def test_program_over_everything_is_the_best_of_all(problem: Problem) -> None:
    """On a tiny problem the program finds what trying everything finds, and the load counts what the score counts."""
    load = answered(problem)
    assert (round(load.cost()), cost(problem, load.shifts())) == (best_cost(problem), best_cost(problem))


@given(problems(weeks=2, people=1))
@settings(max_examples=20, deadline=None)
def test_program_agrees_with_the_dynamic_program(problem: Problem) -> None:
    """For one worker alone the flow through stays and the dynamic program over weeks give the same cost."""
    load = load_of(problem)
    load.take(0)
    load.respond(0)
    assert round(answered(problem).cost()) == round(load.cost())


def test_rotation_is_answered_whole() -> None:
    """Four workers over four weeks, with wishes on both sides: nothing is left to pay."""
    problem = rotation()
    load = answered(problem)
    assert (load.cost(), check_shifts(problem, load.shifts())) == (0.0, ())


def test_weeks_that_are_not_free_stay() -> None:
    """Only the free week of the free worker changes."""
    problem = a_problem(demands=tuple(a_demand(weekday=weekday) for weekday in range(2)), weeks=2)
    load = load_of(problem)
    found = answer_together(load, {0: frozenset({1})}, 60.0)
    assert found is not None
    assert load.market.views[0].shifts(found[0]) == (a_shift(week=1), a_shift(weekday=1, week=1))


def test_program_keeps_what_was_decided() -> None:
    """A pinned day is worked and a pinned free day is not, though the other way round would cost less."""
    demands = (a_demand(minimum=0, wanted=0), a_demand(weekday=1))
    pins = (Pin("An", day(0), "hall", "pack", EIGHT), Pin("An", day(1)))
    problem = a_problem(demands=demands, pins=pins)
    assert answered(problem).shifts() == (a_shift(),)


def test_stay_before_the_roster_counts() -> None:
    """Four weeks at the hall already: a fifth costs what the score says, and the program says the same."""
    worker = a_worker(stay=("hall", 4))
    problem = a_problem(workers=(worker,), weeks=2)
    load = answered(problem)
    assert round(load.cost()) == cost(problem, load.shifts())


def test_answer_that_is_worse_is_not_taken() -> None:
    """Without a single node nothing better is promised; the roster never gets worse."""
    problem = replace(rotation(), seed=3)
    load = answered(problem)
    improve_together(load, {0: frozenset({0}), 2: frozenset({0})}, 60.0, nodes=1)
    assert load.cost() == 0.0
