"""The judge believes nothing: every way in which a result can be wrong is found."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from tests.engine.matching.scale.plain import close_by, values

from opstap.engine.matching.scale import Instance, ScaledResult, certify, solve


def solved(*, nested: bool = False) -> tuple[Instance, ScaledResult]:
    """Return an instance in which seats are scarce, with its optimum."""
    instance = close_by(8, nested=nested)
    return instance, solve(instance, target_gap=0.0)


def spoilt(result: ScaledResult, **changes: Any) -> ScaledResult:  # noqa: ANN401 - any field of the result
    """Return the result with some fields replaced."""
    return dataclasses.replace(result, **changes)


@pytest.mark.parametrize("nested", [False, True])
def test_certify_counts_every_admissible_pair(nested: bool) -> None:  # noqa: FBT001 - pytest passes by name
    """The judge sees exactly the pairs that plain Python admits, and finds no fault."""
    instance, result = solved(nested=nested)
    found = certify(instance, result)
    assert (found.pairs, found.faults, found.value, found.bound) == (len(values(instance)), (), result.value, result.bound)


def test_certify_forbidden_pair_is_named() -> None:
    """Someone sent to a place where they may not work is a fault."""
    instance, result = solved()
    person = int(np.flatnonzero(result.assignment >= 0)[0])
    place = int(result.assignment[person])
    vetoed = dataclasses.replace(
        instance,
        veto_person=np.append(instance.veto_person, np.int32(person)),
        veto_place=np.append(instance.veto_place, np.int32(place)),
    )
    assert certify(vetoed, result).faults[0] == f"person {person} may not go to place {place}"


@pytest.mark.parametrize("level", ["place", "mentor", "host"])
def test_certify_overfull_limit_is_named(level: str) -> None:
    """One seat fewer than people at a place, with a mentor or at a host is a fault."""
    instance, result = solved(nested=True)
    rows = np.arange(len(instance.places), dtype=np.int32)
    group = {"place": rows, "mentor": instance.places.mentor, "host": instance.places.host}[level]
    used = int(group[result.assignment[result.assignment >= 0]][0])
    people = int((group[result.assignment[result.assignment >= 0]] == used).sum())
    if level == "place":
        seats = instance.places.capacity.copy()
        seats[used] = people - 1
        smaller = dataclasses.replace(instance, places=dataclasses.replace(instance.places, capacity=seats))
    else:
        limits = getattr(instance, f"{level}_capacity").copy()
        limits[used] = people - 1
        smaller = dataclasses.replace(instance, **{f"{level}_capacity": limits})
    assert f"{level} {used} has {people} people for {people - 1} seats" in certify(smaller, result).faults


def test_certify_claimed_value_is_recomputed() -> None:
    """A value that the assignment does not have is a fault."""
    instance, result = solved()
    found = certify(instance, spoilt(result, value=result.value + 1))
    assert found.faults == (f"the assignment is worth {result.value}, not {result.value + 1}",)


def test_certify_claimed_bound_is_recomputed() -> None:
    """A bound that the prices do not prove is a fault."""
    instance, result = solved()
    found = certify(instance, spoilt(result, bound=result.bound - 1))
    assert found.faults == (f"the prices prove a bound of {result.bound}, not {result.bound - 1}",)


def test_certify_lowered_prices_prove_less() -> None:
    """Prices of 0 are a valid but weak proof: the bound rises and the claim is a fault."""
    instance, result = solved()
    nothing = np.zeros_like(result.prices)
    found = certify(instance, spoilt(result, prices=nothing, place_prices=nothing))
    best = dict.fromkeys(range(len(instance.people)), 0)
    for (person, _), value in values(instance).items():
        best[person] = max(best[person], value)
    assert found.bound == sum(best.values())
    assert found.faults == (f"the prices prove a bound of {found.bound}, not {result.bound}",)


def test_certify_negative_price_is_no_proof() -> None:
    """A negative price would make any bound possible."""
    instance, result = solved()
    prices = result.place_prices.copy()
    prices[0] = -1
    assert "a place has a negative price" in certify(instance, spoilt(result, place_prices=prices)).faults


def test_certify_prices_must_add_up() -> None:
    """The price of a place is the sum of its own, its mentor's and its host's."""
    instance, result = solved()
    faults = certify(instance, spoilt(result, prices=result.prices + 1)).faults
    assert faults == ("the prices of places are not the sums of place, mentor and host",)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"assignment": np.zeros(3, np.int32)}, "assignment: 3 rows instead of 40"),
        ({"place_prices": np.zeros(2, np.int64)}, "place prices: 2 rows instead of 9"),
        ({"mentor_prices": np.zeros(0, np.int64)}, "mentor prices: 0 rows instead of 9"),
        ({"host_prices": np.zeros(1, np.int64)}, "host prices: 1 rows instead of 0"),
        ({"price_scale": 0}, "the price scale is below 1"),
        ({"assignment": np.full(40, 9, np.int32)}, "someone is sent to a place that does not exist"),
    ],
)
def test_certify_malformed_result_is_refused(changes: dict[str, Any], fault: str) -> None:
    """A result that does not fit the instance is refused before anything is computed."""
    instance, result = solved()
    found = certify(instance, spoilt(result, **changes))
    assert (found.faults, found.value, found.bound) == ((fault,), 0, 0)


def test_certify_threads_do_not_matter() -> None:
    """One thread and two find the same."""
    instance, result = solved(nested=True)
    assert certify(instance, result, threads=1) == certify(instance, result, threads=2)
