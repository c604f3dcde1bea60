"""What an instance refuses, how limits fold, and that the filter never drops a pair."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.matching.scale.plain import tiny, values

from opstap.engine.matching.scale import Weights, generate
from opstap.engine.matching.scale.capacity import AT_HOST, AT_MENTOR, AT_PLACE, fold, limits_of
from opstap.engine.matching.scale.instance import Instance
from opstap.engine.matching.scale.layout import lay_out
from opstap.engine.matching.scale.pairs import columns_in_reach, likely_in_run, run_in_reach, scratch_memory, worth


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("reach", np.full(12, 30_001, np.int32), "reach lies between 0 and 30000 units of 10 metres"),
        ("reach", np.full(12, -1, np.int32), "reach lies between 0 and 30000 units of 10 metres"),
        ("points", np.full(12, -1, np.int32), "points of a person cannot be negative"),
        ("dutch", np.full(12, 7, np.uint8), "column dutch is at most 6"),
        ("first_wish", np.full(12, 64, np.int8), "column first_wish is at most 63"),
        ("half_days", np.full(12, 1 << 14, np.uint16), "column half_days has 14 bits"),
        ("limits", np.full(12, 64, np.uint8), "column limits has 6 bits"),
        ("goals", np.zeros(11, np.uint64), "all columns have one value per row"),
        ("tie", np.zeros(12, np.int64), "column tie is int64, not uint8"),
        ("x", np.full(12, 1_000_001, np.int32), "coordinates lie within 10,000 km of the origin"),
    ],
)
def test_people_wrong_column_is_refused(column: str, value: Any, message: str) -> None:  # noqa: ANN401 - a column of any type
    """Each wrong column is refused in words."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        dataclasses.replace(tiny(1).people, **{column: value})


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("capacity", np.full(5, -1, np.int32), "capacity of a place cannot be negative"),
        ("needed", np.full(5, 14, np.uint8), "a place cannot need more half-days than it has"),
        ("occupation", np.full(5, 64, np.uint8), "column occupation is at most 63"),
        ("demands", np.full(5, 255, np.uint8), "column demands has 6 bits"),
    ],
)
def test_places_wrong_column_is_refused(column: str, value: Any, message: str) -> None:  # noqa: ANN401 - a column of any type
    """Each wrong column is refused in words."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        dataclasses.replace(tiny(1).places, **{column: value})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mentor_capacity": np.zeros(0, np.int32)}, "a mentor points at a row that does not exist"),
        ({"host_capacity": np.zeros(0, np.int32)}, "a host points at a row that does not exist"),
        ({"veto_person": np.array([12], np.int32)}, "a vetoing person points at a row that does not exist"),
        ({"veto_place": np.array([5], np.int32)}, "a vetoed place points at a row that does not exist"),
        ({"veto_person": np.array([0], np.int32)}, "every veto names one person and one place"),
        ({"weights": Weights(placed=2**22)}, "a pair may be worth at most 4194304 points"),
    ],
)
def test_instance_wrong_rows_are_refused(changes: dict[str, Any], message: str) -> None:
    """Rows that point nowhere and values that would overflow are refused in words."""
    with pytest.raises(ValueError, match=f"^{message}$"):
        dataclasses.replace(tiny(1, nested=True), **changes)


def test_instance_mentor_of_two_hosts_is_refused() -> None:
    """A mentor works for one host."""
    instance = tiny(1, nested=True)
    mentor, host = np.zeros(5, np.int32), np.array([0, 0, 0, 0, -1], np.int32)
    with pytest.raises(ValueError, match=r"^a mentor works for one host$"):
        dataclasses.replace(instance, places=dataclasses.replace(instance.places, mentor=mentor, host=host))


@pytest.mark.parametrize("changes", [{"placed": 0}, {"wish": -1}, {"travel": -1}])
def test_weights_against_the_person_are_refused(changes: dict[str, int]) -> None:
    """Being placed counts, and nothing counts against it."""
    with pytest.raises(ValueError, match=r"^placed is worth at least 1 point, nothing else less than 0$"):
        Weights(**changes)


def grouped(capacity: list[int], mentor: list[int], host: list[int], mentors: list[int], hosts: list[int]) -> Instance:
    """Return an instance with these limits."""
    instance = generate.instance(4, len(capacity), 1)
    places = dataclasses.replace(
        instance.places,
        capacity=np.array(capacity, np.int32),
        mentor=np.array(mentor, np.int32),
        host=np.array(host, np.int32),
    )
    return dataclasses.replace(
        instance, places=places, mentor_capacity=np.array(mentors, np.int32), host_capacity=np.array(hosts, np.int32)
    )


def test_fold_mentor_of_one_place_becomes_its_capacity() -> None:
    """The tighter of place and mentor counts, and the level says whose limit it is."""
    folded = fold(limits_of(grouped([5, 2], [0, 1], [-1, -1], [3, 3], [])))
    assert (folded.place.tolist(), folded.level.tolist(), folded.is_nested) == ([3, 2], [AT_MENTOR, AT_PLACE], False)


def test_fold_host_of_one_place_becomes_its_capacity() -> None:
    """A host tighter than place and mentor sets the seats."""
    folded = fold(limits_of(grouped([5], [0], [0], [3], [2])))
    assert (folded.place.tolist(), folded.level.tolist(), folded.is_nested) == ([2], [AT_HOST], False)


def test_fold_loose_groups_are_dropped() -> None:
    """A mentor and a host whose places never reach the limit limit nothing."""
    folded = fold(limits_of(grouped([1, 2, 1], [0, 0, -1], [0, 0, 0], [3], [4])))
    assert (folded.mentor.tolist(), folded.host.tolist(), folded.is_nested) == ([-1, -1, -1], [-1, -1, -1], False)


def test_fold_tight_groups_remain() -> None:
    """A mentor of two places and a host above it remain when they bind."""
    folded = fold(limits_of(grouped([2, 2, 1], [0, 0, -1], [0, 0, 0], [3], [3])))
    assert (folded.mentor.tolist(), folded.host.tolist(), folded.is_nested) == ([0, 0, -1], [0, 0, 0], True)


def test_fold_host_counts_what_its_mentor_can_take() -> None:
    """A mentor of 3 with two places of 2, and one seat beside: a host of 4 never binds."""
    folded = fold(limits_of(grouped([2, 2, 1], [0, 0, -1], [0, 0, 0], [3], [4])))
    assert (folded.mentor.tolist(), folded.host.tolist()) == ([0, 0, -1], [-1, -1, -1])


@given(st.integers(0, 2**32 - 1))
def test_worth_equals_plain_python_for_every_pair(seed: int) -> None:
    """The packed rules and the packed value say for every pair what plain Python says."""
    instance = tiny(seed, people=20, places=8)
    layout = lay_out(instance, np.arange(8))
    found = {(int(layout.people_order[i]), int(layout.places_order[j])): worth(layout.pairs, i, j) for i in range(20) for j in range(8)}
    assert {pair: value for pair, value in found.items() if value >= 0} == values(instance)


@given(st.integers(0, 2**32 - 1), st.integers(-1, 9_000))
def test_likely_keeps_every_pair_that_is_worth_enough(seed: int, asked: int) -> None:
    """The vector filter and the cells never lose an admissible pair worth more than is asked."""
    instance = tiny(seed, people=20, places=30)
    layout = lay_out(instance, np.arange(30))
    scratch, grid = scratch_memory(np.zeros(30, np.float32), np.inf), layout.pairs.grid
    kept = set()
    for i in range(20):
        x, y, reach = (int(column[i]) for column in (layout.pairs.people.x, layout.pairs.people.y, layout.pairs.people.reach))
        for column in range(*columns_in_reach(grid, x, reach)):
            size = likely_in_run(scratch, layout.pairs, i, run_in_reach(grid, column, y, reach), float(asked))
            kept |= {(int(layout.people_order[i]), int(layout.places_order[j])) for j in scratch.found[:size]}
    assert {pair for pair, value in values(instance).items() if value > asked} <= kept


def test_generate_same_seed_same_instance() -> None:
    """A seed names an instance; another seed names another."""
    first, again, other = generate.instance(50, 9, 1), generate.instance(50, 9, 1), generate.instance(50, 9, 2)
    assert np.array_equal(first.people.goals, again.people.goals)
    assert not np.array_equal(first.people.goals, other.people.goals)
