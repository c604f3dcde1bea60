"""The certified matching of a country, held against an exact flow and plain Python on instances small enough for both."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.matching.scale.plain import best_value, close_by, tiny, values, with_capacity

from opstap.engine.matching.scale import Progress, certify, generate, solve
from opstap.engine.shared import SolverStatus

SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=60)
@given(SEEDS, st.booleans())
def test_solve_without_gap_is_the_optimum(seed: int, nested: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    """Asked for no gap at all, value, bound and the flow's optimum are one number."""
    instance = close_by(seed, nested=nested)
    result = solve(instance, target_gap=0.0)
    assert (result.value, result.bound, result.status) == (best_value(instance), best_value(instance), SolverStatus.OPTIMAL)


@settings(max_examples=40)
@given(SEEDS, st.booleans())
def test_solve_bound_is_never_below_the_optimum(seed: int, nested: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    """Value <= optimum <= bound, and the gap asked for is reached."""
    instance = close_by(seed, nested=nested)
    result = solve(instance, target_gap=0.02)
    assert result.value <= best_value(instance) <= result.bound
    assert result.gap <= 0.02


@pytest.mark.parametrize("nested", [False, True])
def test_solve_at_the_size_of_a_town_is_certified(nested: bool) -> None:  # noqa: FBT001 - pytest passes by name
    """At 2,000 x 300 the gap of 0.02 % is reached and the judge agrees on every number."""
    instance = generate.instance(2_000, 300, 3, nested=nested)
    result = solve(instance)
    found = certify(instance, result)
    assert (found.faults, found.value, found.bound) == ((), result.value, result.bound)
    assert found.gap <= 2e-4


@settings(max_examples=25)
@given(SEEDS)
def test_solve_more_rounds_from_poor_prices_still_proves(seed: int) -> None:
    """A very small gap needs ε below a point and several rounds; the proof holds."""
    instance = generate.instance(300, 60, seed)
    result = solve(instance, target_gap=1e-6)
    assert certify(instance, result).faults == ()
    assert result.gap <= 1e-6


def test_solve_threads_do_not_matter() -> None:
    """One thread and two give the same assignment and the same prices."""
    instance = generate.instance(1_500, 200, 5)
    one, two = solve(instance, threads=1), solve(instance, threads=2)
    assert np.array_equal(one.assignment, two.assignment)
    assert np.array_equal(one.prices, two.prices)


def test_solve_again_gives_the_same() -> None:
    """The same instance gives the same result, to the last price."""
    first, again = (solve(generate.instance(1_500, 200, 5)) for _ in range(2))
    assert np.array_equal(first.assignment, again.assignment)
    assert np.array_equal(first.prices, again.prices)


@settings(max_examples=25)
@given(SEEDS, SEEDS)
def test_solve_order_of_people_changes_no_value(seed: int, shuffle: int) -> None:
    """Listing the same people in another order changes nothing about what is reached."""
    instance = close_by(seed)
    order = np.random.default_rng(shuffle).permutation(len(instance.people))
    columns = {each.name: getattr(instance.people, each.name)[order] for each in dataclasses.fields(instance.people)}
    vetoes = np.argsort(order)[instance.veto_person].astype(np.int32)
    shuffled = dataclasses.replace(instance, people=type(instance.people)(**columns), veto_person=vetoes)
    assert solve(shuffled, target_gap=0.0).value == solve(instance, target_gap=0.0).value


@settings(max_examples=25)
@given(SEEDS, st.booleans())
def test_solve_one_more_seat_never_lowers_the_value(seed: int, nested: bool) -> None:  # noqa: FBT001 - hypothesis passes by position
    """A seat more is worth nothing or something, and at most the price of the place says so."""
    instance = close_by(seed, nested=nested)
    result = solve(instance, target_gap=0.0)
    more = solve(with_capacity(instance, 0, int(instance.places.capacity[0]) + 1), target_gap=0.0)
    assert 0 <= more.value - result.value <= -(-result.place_prices[0] // result.price_scale)


def test_solve_nobody_goes_where_a_rule_forbids() -> None:
    """Every pair of the result is among the admissible pairs of plain Python, at the same value."""
    instance = generate.instance(150, 30, 11)
    result = solve(instance)
    allowed = values(instance)
    pairs = [(i, int(j)) for i, j in enumerate(result.assignment) if j >= 0]
    assert sum(allowed[pair] for pair in pairs) == result.value


def test_solve_closed_place_stays_empty_at_a_price_nobody_pays() -> None:
    """A place without seats takes nobody, and the certificate still holds."""
    instance = with_capacity(close_by(2), 3, 0)
    result = solve(instance)
    assert 3 not in result.assignment
    assert result.prices[3] >= result.price_scale * max(values(instance).values())
    assert certify(instance, result).faults == ()


@pytest.mark.parametrize("level", ["mentor_capacity", "host_capacity"])
def test_solve_absent_mentor_or_closed_host_takes_nobody(level: str) -> None:
    """A mentor or host with limit 0 closes all its places."""
    instance = close_by(4, nested=True)
    limits = getattr(instance, level).copy()
    limits[0] = 0
    closed = dataclasses.replace(instance, **{level: limits})
    result = solve(closed)
    group = instance.places.mentor if level == "mentor_capacity" else instance.places.host
    assert not np.isin(result.assignment, np.flatnonzero(group == 0)).any()
    assert certify(closed, result).faults == ()


@pytest.mark.parametrize(("people", "places"), [(0, 3), (3, 0), (0, 0)])
def test_solve_empty_round_is_worth_nothing(people: int, places: int) -> None:
    """Without people or without places the result is empty and optimal."""
    instance = generate.instance(people, places, 1)
    result = solve(instance)
    assert (result.value, result.bound, result.status, result.gap) == (0, 0, SolverStatus.OPTIMAL, 0.0)
    assert certify(instance, result).faults == ()


def test_solve_nobody_admissible_is_worth_nothing() -> None:
    """When nobody has a decision in force, nobody is placed and that is proven to be the best."""
    instance = tiny(6)
    instance = dataclasses.replace(instance, people=dataclasses.replace(instance.people, instruments=np.zeros(12, np.uint8)))
    result = solve(instance)
    assert (result.value, result.bound, (result.assignment >= 0).sum()) == (0, 0, 0)


def test_solve_progress_is_told_every_round() -> None:
    """Progress comes once a round, and value and bound only get better."""
    told: list[Progress] = []
    result = solve(generate.instance(1_500, 200, 5), target_gap=1e-6, on_progress=told.append)
    assert [each.round for each in told] == list(range(1, result.rounds + 1))
    assert all(one.value <= two.value and one.bound >= two.bound for one, two in pairwise(told))
    assert (told[-1].value, told[-1].bound) == (result.value, result.bound)
