"""The proposals are the best there are: against every assignment tried, and against what must hold of any best assignment."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.engine.matching import instances
from tests.engine.matching.brute import best_value
from tests.engine.matching.rounds import rounds

from opstap.engine.matching.check import check
from opstap.engine.matching.problem import Pin, Problem
from opstap.engine.matching.solve import solve
from opstap.engine.shared import SolverStatus


def test_solve_gives_the_seat_to_who_waited_longest() -> None:
    """With everything else equal, waiting decides."""
    assert solve(instances.one_seat_two_people()).place_of() == {"bob": "shop"}


def test_solve_places_most_people_before_wishes() -> None:
    """Bob's first wish yields when only that lets both start."""
    assert solve(instances.swap()).place_of() == {"ann": "shop", "bob": "park"}


def test_solve_keeps_the_limit_of_the_mentor() -> None:
    """Four people, four seats, a mentor for three."""
    result = solve(instances.shared_mentor())
    assert len(result.assignments) == 3


def test_solve_keeps_the_limit_of_the_host() -> None:
    """Three people, three seats, a host for two."""
    assert len(solve(instances.small_host()).assignments) == 2


@settings(max_examples=200, deadline=None)
@given(rounds())
def test_solve_equals_brute_force(problem: Problem) -> None:
    """The value is the best of all assignments; without any assignment the round is infeasible and says why."""
    result = solve(problem)
    best = best_value(problem)
    assert (result.value if result.status is SolverStatus.OPTIMAL else None) == best
    assert (result.reasons != ()) == (best is None)
    assert check(problem, result) == ()


@settings(max_examples=50, deadline=None)
@given(rounds())
def test_solve_replays_identically(problem: Problem) -> None:
    """The same input and seed give the same result, however people, places and limits are listed."""
    turned = replace(
        problem, people=problem.people[::-1], places=problem.places[::-1], mentors=problem.mentors[::-1], hosts=problem.hosts[::-1]
    )
    first, second = solve(problem), solve(turned)
    assert solve(problem) == first
    assert (second.place_of(), second.prices, second.digest) == (first.place_of(), first.prices, first.digest)


def test_solve_keeps_pins() -> None:
    """A pinned person keeps the place although another would be better."""
    problem = replace(instances.one_seat_two_people(), pins=(Pin("ann", "shop"),))
    assert solve(problem).place_of() == {"ann": "shop"}


def test_solve_names_the_clashing_rules_of_a_pin() -> None:
    """A pin that breaks a rule makes the round infeasible and names the person, the place and the rule."""
    problem = replace(instances.swap(), pins=(Pin("ann", "park"),))
    result = solve(problem)
    assert (result.status, [reason.code for reason in result.reasons]) == (
        SolverStatus.INFEASIBLE,
        ["matching.pin_breaks_rule", "matching.person_veto"],
    )


def test_solve_names_the_place_that_pins_overfill() -> None:
    """Two pins on one seat: the place is named with what is pinned and what is free."""
    problem = replace(instances.one_seat_two_people(), pins=(Pin("ann", "shop"), Pin("bob", "shop")))
    result = solve(problem)
    assert [(reason.code, dict(reason.facts)) for reason in result.reasons] == [
        ("matching.pins_overfill_place", {"place": "shop", "pinned": 2, "free": 1})
    ]
