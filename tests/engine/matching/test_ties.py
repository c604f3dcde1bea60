"""Ties go by lot: the same for the same keys and seed, and blind to everything else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.engine.matching.instances import a_person, a_place, a_round
from tests.engine.matching.rounds import rounds

from opstap.engine.matching.problem import Problem
from opstap.engine.matching.solve import solve
from opstap.engine.matching.ties import lots


def test_lots_depend_on_keys_and_seed_alone() -> None:
    """The lot of a pair stays, whoever else takes part; another seed draws anew."""
    both, alone = lots(["ann", "bob"], ["shop", "park"], 1), lots(["bob"], ["park"], 1)
    assert both[1, 1] == alone[0, 0]
    assert lots(["ann", "bob"], ["shop", "park"], 2).tolist() != both.tolist()


def test_lots_are_spread_over_their_range() -> None:
    """A thousand lots lie in the range, and their mean near its middle."""
    drawn = lots([f"p{number}" for number in range(1000)], ["shop"], 3)
    assert 1 <= drawn.min() <= drawn.max() <= 1 << 20
    assert abs(float(drawn.mean()) / (1 << 19) - 1) < 0.1


def test_equal_people_are_drawn_with_equal_chance() -> None:
    """Over many seeds each of two equal people wins about half."""
    problem = a_round([a_person("ann"), a_person("bob")], [a_place()])
    wins = sum("ann" in solve(replace(problem, seed=seed)).place_of() for seed in range(200))
    assert 70 <= wins <= 130


def test_best_assignment_has_the_highest_lots() -> None:
    """Among equally good assignments the one with the highest sum of lots is chosen."""
    problem = a_round([a_person("ann"), a_person("bob")], [a_place("shop"), a_place("park")], seed=5)
    drawn = lots(["ann", "bob"], ["shop", "park"], 5)
    straight, crossed = drawn[0, 0] + drawn[1, 1], drawn[0, 1] + drawn[1, 0]
    expected = {"ann": "shop", "bob": "park"} if straight > crossed else {"ann": "park", "bob": "shop"}
    assert solve(problem).place_of() == expected


def test_lots_are_drawn_by_the_name_that_outlives_the_key() -> None:
    """Whatever the keys are, and in whatever order people are listed, the same names draw the same lots."""

    def winners(seed: int, *keys: str) -> set[str]:
        people = [a_person(key, drawn_as=name) for key, name in zip(keys, ("18-1", "18-2", "18-3"), strict=True)]
        taken = solve(a_round(people[:: -1 if seed % 2 else 1], [a_place(keys[0] + "p", drawn_as="shop")], seed=seed)).place_of()
        return {person.drawn_as for person in people if person.key in taken}

    first = [winners(seed, "a", "b", "c") for seed in range(12)]
    assert [winners(seed, "z", "y", "x") for seed in range(12)] == first
    assert set().union(*first) == {"18-1", "18-2", "18-3"}


@settings(max_examples=60, deadline=None)
@given(rounds(with_pins=False))
def test_other_keys_change_no_value(problem: Problem) -> None:
    """Calling everyone otherwise changes who wins a draw, never what the round is worth or what places cost."""
    renamed = {person.key: f"x{number}" for number, person in enumerate(problem.people)}
    people = tuple(replace(person, key=renamed[person.key]) for person in problem.people)
    places = tuple(replace(place, refused=frozenset(renamed.get(key, key) for key in place.refused)) for place in problem.places)
    forbidden = frozenset((renamed[person], place) for person, place in problem.forbidden)
    before, after = solve(problem), solve(replace(problem, people=people, places=places, forbidden=forbidden))
    assert (after.value, after.prices, after.mentor_prices) == (before.value, before.prices, before.mentor_prices)
