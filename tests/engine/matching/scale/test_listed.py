"""Rounds of the city engine through the auction: the same rules, the same points, the same optimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.engine.matching import instances
from tests.engine.matching.rounds import rounds

from opstap.engine.matching.constraints import admissible
from opstap.engine.matching.problem import Mentor, Pin, Problem
from opstap.engine.matching.scale.listed import ListedRound, from_problem, proven_bound, solve_listed
from opstap.engine.matching.solve import solve
from opstap.engine.shared import SolverStatus


def listed_or_none(problem: Problem) -> ListedRound | None:
    """Return the listed round, or None when its limits span places."""
    try:
        return from_problem(problem)
    except ValueError:
        return None


@settings(max_examples=150)
@given(rounds(with_pins=False))
def test_listed_round_has_the_value_of_the_exact_flow(problem: Problem) -> None:
    """Whatever the rules, limits and the order of criteria: value and proven bound are the flow's optimum."""
    listed = listed_or_none(problem)
    assume(listed is not None)
    assert listed is not None
    result, exact = solve_listed(listed), solve(problem)
    assert (result.value, result.bound, result.status) == (exact.value, exact.value, SolverStatus.OPTIMAL)
    assert proven_bound(listed, result) == exact.value


@settings(max_examples=60)
@given(rounds(with_pins=False))
def test_listed_pairs_are_the_admissible_ones_with_seats(problem: Problem) -> None:
    """Every pair that the rules admit where a seat is free is listed, and no other."""
    listed = listed_or_none(problem)
    assume(listed is not None)
    assert listed is not None
    people = np.repeat(np.arange(len(listed.rows)), np.diff(listed.pairs.start))
    expected = np.argwhere(admissible(problem) & (listed.capacities.place > 0)) if problem.people else np.zeros((0, 2), np.int64)
    assert np.stack([people, listed.pairs.other], axis=1).tolist() == expected.tolist()


def test_listed_pinned_person_and_seat_are_left_out() -> None:
    """A pinned person bids no more, and the seat is gone."""
    problem = instances.one_seat_two_people()
    person, place = problem.people[0].key, problem.places[0].key
    listed = from_problem(replace(problem, pins=(Pin(person, place),)))
    assert listed.rows.tolist() == [1]
    assert (solve_listed(listed).value, len(listed.pairs.other)) == (0, 0)


def test_listed_limit_over_several_places_is_refused_in_words() -> None:
    """A mentor of one learner over two places cannot be folded, and the message says so."""
    problem = instances.one_seat_two_people()
    place = replace(problem.places[0], mentor="mia")
    twice = replace(problem, places=(place, replace(place, key="second")), mentors=(Mentor("mia", 1),))
    with pytest.raises(ValueError, match=r"^a mentor or host limits several places together"):
        from_problem(twice)


def test_listed_points_beyond_64_bits_are_refused() -> None:
    """Rather no answer than one that overflowed."""
    listed = from_problem(instances.one_seat_two_people())
    too_much = replace(listed, pairs=listed.pairs._replace(value=np.full(len(listed.pairs.other), 2**61, np.int64)))
    with pytest.raises(OverflowError, match=r"points for 1 seats need more than 64 bits$"):
        solve_listed(too_much)
