"""What-if: another round beside today's, and what it changes for whom."""

from __future__ import annotations

import pytest
from tests.engine.matching import instances
from tests.engine.matching.instances import a_person, a_place, a_round

from opstap.engine.matching.problem import Mentor, Person, Place
from opstap.engine.matching.solve import solve
from opstap.engine.matching.what_if import Add, Comparison, Edit, Move, compare, what_if


def test_one_more_place_lets_one_more_person_start() -> None:
    """A second place of the same host, which does not want Bob, takes Ann in."""
    today = instances.one_seat_two_people()
    changed = what_if(today, Add(a_place("park", refused=frozenset({"bob"}))))
    assert compare(solve(today), solve(changed)).moves == (Move("ann", None, "park"),)


def test_lower_level_of_dutch_opens_the_place() -> None:
    """Ann comes in when the shop asks less; the comparison counts it per place and per criterion."""
    today = a_round([a_person(dutch=1)], [a_place(dutch=2)])
    difference = compare(solve(today), solve(what_if(today, Edit(Place, "shop", {"dutch": 1}))))
    assert difference == Comparison(
        moves=(Move("ann", None, "shop"),),
        places={"shop": (0, 1)},
        levels={"placed": (0, 1), "wishes": (0, 0), "priority": (0, 0), "waiting": (0, 4), "learning": (0, 0), "travel": (0, 5)},
    )


def test_more_guidance_and_another_person_together() -> None:
    """Several changes at once: a mentor for four, and half-days of one person."""
    today = instances.shared_mentor()
    changed = what_if(today, Edit(Mentor, "mia", {"capacity": 4}), Edit(Person, "ann", {"half_days": 0}))
    assert (len(solve(today).assignments), sorted(solve(changed).place_of())) == (3, ["bob", "cas", "dirk"])


def test_nothing_changed_compares_as_nothing() -> None:
    """Two solves of the same round do not differ."""
    result = solve(instances.swap())
    assert compare(result, solve(instances.swap())).moves == ()


@pytest.mark.parametrize(
    ("edit", "complaint"),
    [
        (Edit(Place, "moon", {"dutch": 1}), "there is no place moon"),
        (Edit(Place, "shop", {"colour": 1}), "a place has no colour"),
        (Edit(Place, "shop", {"key": "other"}), "a place has no key that can be changed"),
        (Edit(Place, "shop", {"dutch": 9}), "not between 0"),
    ],
)
def test_what_if_refuses_what_makes_no_sense(edit: Edit, complaint: str) -> None:
    """A change that points nowhere is refused in plain words."""
    with pytest.raises(ValueError, match=complaint):
        what_if(instances.one_seat_two_people(), edit)
