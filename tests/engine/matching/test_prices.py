"""Prices are exact: what one more seat adds, what one forced move costs, and together the proof of the optimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engine.matching import instances
from tests.engine.matching.instances import a_person, a_place, a_round
from tests.engine.matching.rounds import rounds

from opstap.engine.matching import certificate
from opstap.engine.matching.explain.scene import Scene
from opstap.engine.matching.objective import weights
from opstap.engine.matching.picture import Picture
from opstap.engine.matching.problem import CRITERIA, Host, Objective, Pin, Place, Problem
from opstap.engine.matching.residual import NO_WAY, gain_of_one_more, residual_gains
from opstap.engine.matching.solve import solve
from opstap.engine.shared import SolverStatus


def with_one_more_seat(problem: Problem, place: Place) -> Problem:
    """The round with a seat more at the place, and room for it with its mentor and its host."""
    places = tuple(replace(each, capacity=each.capacity + (each.key == place.key)) for each in problem.places)
    mentors = tuple(replace(each, capacity=each.capacity + (each.key == place.mentor)) for each in problem.mentors)
    hosts = tuple(
        replace(each, capacity=each.capacity + 1) if each.key == place.host and each.capacity is not None else each
        for each in problem.hosts
    )
    return replace(problem, places=places, mentors=mentors, hosts=hosts)


def with_a_seat_of_its_own(problem: Problem, place: Place) -> Problem:
    """The round with a seat just like those of the place, with guidance and room of its own."""
    more, like = f"{place.key} more", frozenset({place.key})
    mentors = tuple(replace(each, key="new mentor", capacity=1) for each in problem.mentors if each.key == place.mentor)
    seat = replace(place, key=more, capacity=1, host="new host", mentor="new mentor" if place.mentor else None)
    people = tuple(
        replace(
            each,
            vetoes=each.vetoes | {more} if each.vetoes & like else each.vetoes,
            interests=each.interests | {more} if each.interests & like else each.interests,
        )
        for each in problem.people
    )
    forbidden = problem.forbidden | {(person, more) for person, key in problem.forbidden if key == place.key}
    return replace(
        problem,
        people=people,
        places=(*problem.places, seat),
        mentors=problem.mentors + mentors,
        hosts=(*problem.hosts, Host("new host")),
        forbidden=forbidden,
    )


def total(problem: Problem, points: dict[str, int]) -> int | None:
    """The best total of a round, in the given points per level."""
    result = solve(problem)
    if result.status is SolverStatus.INFEASIBLE:
        return None
    return sum(points[criterion] * level for each in result.assignments for criterion, level in each.parts.items())


@settings(max_examples=120, deadline=None)
@given(rounds(with_pins=False))
def test_seat_value_is_what_one_more_seat_adds(problem: Problem) -> None:
    """The value in the explanation equals solving again with one more seat that has guidance and room of its own."""
    result = solve(problem)
    values = Scene(Picture(problem), result).seat_values
    for column, place in enumerate(problem.places):
        more = total(with_a_seat_of_its_own(problem, place), dict(result.weights))
        assert more is not None
        assert int(values[column]) == more - result.value


@settings(max_examples=80, deadline=None)
@given(rounds(with_pins=False))
def test_forced_move_costs_what_is_said(problem: Problem) -> None:
    """The loss of an alternative equals solving again with the person pinned there."""
    result = solve(problem)
    scene = Scene(Picture(problem), result)
    for row, person in enumerate(problem.people):
        for column, place in enumerate(problem.places):
            if scene.picture.allowed[row, column]:
                forced = total(replace(problem, pins=(Pin(person.key, place.key),)), dict(result.weights))
                said = int(scene.change_of_total[row, column])
                assert (None if said == NO_WAY else result.value + said) == forced


@settings(max_examples=80, deadline=None)
@given(rounds())
def test_one_more_seat_never_lowers_the_best(problem: Problem) -> None:
    """More room cannot hurt the total."""
    result = solve(problem)
    if result.status is SolverStatus.OPTIMAL:
        for place in problem.places:
            more = total(with_one_more_seat(problem, place), dict(result.weights))
            assert more is not None
            assert more >= result.value


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_prices_certify_the_optimum(problem: Problem) -> None:
    """Prices times free room, plus everyone's best value above the price, is exactly the value."""
    result = solve(problem)
    if result.status is SolverStatus.OPTIMAL:
        picture = Picture(problem)
        prices = np.array([*result.prices.values(), *result.mentor_prices.values(), *result.host_prices.values()], dtype=np.int64)
        bound = certificate.bound(picture.values_left, picture.allowed_left, picture.tree_left, prices)
        assert bound + picture.worth(picture.fixed) == result.value


def test_price_of_the_scarce_seat_is_the_one_left_out() -> None:
    """The shop's only seat is worth what Ann, who is left out, would add."""
    problem = instances.one_seat_two_people()
    picture = Picture(problem)
    assert solve(problem).prices == {"shop": int(picture.values[0, 0])}


def test_full_mentor_has_the_price_instead_of_the_place() -> None:
    """Four people, four seats, a mentor for three: the mentor is what is scarce."""
    result = solve(instances.shared_mentor())
    assert {key: price > 0 for key, price in result.mentor_prices.items()} == {"mia": True}
    assert result.prices["shop"] == 0


def test_prices_of_an_assignment_that_is_not_the_best_are_refused() -> None:
    """Without an optimum there are no prices: a round trip would raise the total for ever."""
    picture = Picture(instances.swap())
    worse = np.array([-1, 0], dtype=np.int64)
    gains = residual_gains(picture.values, picture.allowed, worse, picture.tree)
    with pytest.raises(ValueError, match="not optimal"):
        gain_of_one_more(gains)


def test_weights_let_no_lower_criterion_outweigh_a_higher_one() -> None:
    """All levels of all lower criteria, over everyone who can be placed, stay below half a level of the criterion above."""
    people = [a_person(f"p{number}") for number in range(60)]
    found = weights(a_round(people, [a_place(f"q{number}") for number in range(40)]))
    highest = {"placed": 1, "wishes": 3, "priority": 1, "waiting": 20, "learning": 3, "travel": 6}
    for rank, criterion in enumerate(CRITERIA):
        below = sum(found.most_placed * highest[lower] * found.points[lower] for lower in CRITERIA[rank + 1 :])
        assert 2 * below < found.points[criterion]
    assert (found.is_strict, found.most_placed) == (True, 41)


def test_parts_split_points_back_into_levels() -> None:
    """A difference of points tells exactly which levels rise and which fall."""
    found = weights(instances.swap())
    levels = {"placed": 1, "wishes": -3, "priority": 0, "waiting": 7, "learning": -2, "travel": 5}
    points = sum(found.points[criterion] * level for criterion, level in levels.items())
    assert found.parts(points) == levels


def test_weights_say_when_they_are_not_strict() -> None:
    """With thousands of seats six strict bands do not fit in 64 bits; most people placed still goes before everything."""
    people = [a_person(f"p{number}") for number in range(3000)]
    found = weights(a_round(people, [a_place("shop", capacity=3000)]))
    below = 3 * found.points["wishes"] + found.points["priority"] + 20 * found.points["waiting"] + 3 * found.points["learning"] + 6
    assert found.is_strict is False
    assert found.points["placed"] > 3000 * below


def test_order_of_the_programme_decides() -> None:
    """With wishes before waiting Ann gets her wish; with waiting first Bob, who waited longer, goes before."""
    problem = instances.one_seat_two_people()
    wishing = replace(problem, people=(replace(problem.people[0], wishes=("shop assistant",)), problem.people[1]))
    waiting = replace(wishing, objective=Objective(("placed", "waiting", "wishes")))
    assert (solve(wishing).place_of(), solve(waiting).place_of()) == ({"ann": "shop"}, {"bob": "shop"})
