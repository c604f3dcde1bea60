"""After a change the result is proven again, from the seats and prices there were."""

from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.matching.scale.plain import best_value, close_by, with_capacity

from opstap.engine.matching.scale import Instance, ScaledResult, certify, generate, solve
from opstap.engine.matching.scale.repair import repair


def repaired(instance: Instance, before: ScaledResult, target_gap: float = 2e-4) -> ScaledResult:
    """Return the repair from an earlier result of the same people and places."""
    return repair(instance, before.assignment, before.prices, price_scale=before.price_scale, target_gap=target_gap)


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(0, 3))
def test_repair_after_another_capacity_is_the_optimum(seed: int, capacity: int) -> None:
    """A place closed, shrunk or grown: asked for no gap, the repair finds the flow's optimum."""
    instance = close_by(seed)
    before = solve(instance, target_gap=0.0)
    changed = with_capacity(instance, 2, capacity)
    after = repaired(changed, before, target_gap=0.0)
    assert (after.value, after.bound) == (best_value(changed), best_value(changed))
    assert certify(changed, after).faults == ()


def test_repair_after_arrivals_is_certified() -> None:
    """People who were away bid for the first time; the gap is proven again."""
    instance = generate.instance(2_000, 300, 3)
    home = instance.people.instruments.copy()
    home[::20] = 0
    fewer = dataclasses.replace(instance, people=dataclasses.replace(instance.people, instruments=home))
    after = repaired(instance, solve(fewer))
    assert certify(instance, after).faults == ()
    assert after.gap <= 2e-4


def test_repair_without_a_change_moves_nobody() -> None:
    """What is proven already stays as it is."""
    instance = generate.instance(2_000, 300, 3)
    before = solve(instance)
    after = repaired(instance, before)
    assert np.array_equal(after.assignment, before.assignment)
    assert after.rounds == 1


def test_repair_after_a_veto_moves_who_vetoed() -> None:
    """A pair that is no longer admissible is given up, and few others move for it."""
    instance = generate.instance(2_000, 300, 3)
    before = solve(instance)
    person = int(np.flatnonzero(before.assignment >= 0)[0])
    veto = np.append(instance.veto_place, before.assignment[person]).astype(np.int32)
    changed = dataclasses.replace(instance, veto_person=np.append(instance.veto_person, np.int32(person)), veto_place=veto)
    after = repaired(changed, before)
    assert after.assignment[person] != before.assignment[person]
    assert certify(changed, after).faults == ()
    assert int((after.assignment != before.assignment).sum()) < 0.05 * (before.assignment >= 0).sum()


def test_repair_with_limits_over_places_solves_afresh() -> None:
    """Where mentors limit several places together, the result is that of a fresh run."""
    instance = generate.instance(300, 60, 3, nested=True)
    before = solve(instance)
    assert np.array_equal(repaired(instance, before).assignment, before.assignment)
