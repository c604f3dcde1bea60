"""Travel times: the formula by hand, and measured times before it."""

from __future__ import annotations

import pytest
from tests.engine.matching.instances import BRUGGE, a_person, a_place

from opstap.engine.matching.travel import UNREACHABLE, Travel

AT_BRUGGE = a_place(longitude=BRUGGE[0], latitude=BRUGGE[1], neighbourhood="Brugge Centrum")


@pytest.mark.parametrize(("mode", "minutes"), [("walk", 370), ("bike", 119), ("public_transport", 103), ("car", 51)])
def test_minutes_follow_the_formula(mode: str, minutes: int) -> None:
    """21.34 km × 1.3 at the speed of the means, plus waiting, rounded up."""
    person = a_person()
    assert Travel().minutes_between(person, AT_BRUGGE, mode) == minutes
    assert Travel().matrix((person,), (AT_BRUGGE,), (mode,)).tolist() == [[minutes]]


def test_way_is_never_shorter_than_the_shortest() -> None:
    """Home and work in the same neighbourhood is still a way."""
    assert Travel().minutes_between(a_person(), a_place(), "walk") == 5
    assert Travel(shortest=0).minutes_between(a_person(), a_place(), "walk") == 0


def test_measured_time_goes_before_the_formula() -> None:
    """Neighbourhoods before the formula, the very person and place before neighbourhoods, each for its own means."""
    person = a_person(neighbourhood="Vuurtoren")
    areas = Travel(minutes={("Vuurtoren", "Brugge Centrum", "bike"): 70})
    keys = Travel(minutes={("Vuurtoren", "Brugge Centrum", "bike"): 70, ("ann", "shop", "bike"): 65})
    asked = [(areas, "bike"), (keys, "bike"), (keys, "car")]
    assert [travel.minutes_between(person, AT_BRUGGE, mode) for travel, mode in asked] == [70, 65, 51]
    assert [int(travel.matrix((person,), (AT_BRUGGE,), (mode,))[0, 0]) for travel, mode in asked] == [70, 65, 51]


def test_measured_time_stands_in_for_an_unknown_home() -> None:
    """A home that is not on the map has no time, unless it was measured."""
    person = a_person(unknown=frozenset({"location"}))
    assert Travel().minutes_between(person, AT_BRUGGE, "car") is None
    assert Travel(minutes={("ann", "shop", "car"): 40}).minutes_between(person, AT_BRUGGE, "car") == 40


@pytest.mark.parametrize("facts", [{"detour": 0.0}, {"speeds": {"walk": 5.0}}, {"waiting": {}}])
def test_travel_that_cannot_be_meant_is_refused(facts: dict[str, object]) -> None:
    """Every means needs a speed and a waiting time, and the detour is a factor."""
    with pytest.raises(ValueError, match="travel: "):
        Travel(**facts)  # type: ignore[arg-type] # wrong on purpose


def test_people_of_one_neighbourhood_share_a_way_and_nobody_elses() -> None:
    """The table of all ways says what each pair says, also for people at the same spot with other means, and for an unknown home."""
    people = (
        a_person("a"), a_person("b"), a_person("c", travel_mode="bike"), a_person("d", unknown=frozenset({"location"})),
        a_person("e", longitude=BRUGGE[0], latitude=BRUGGE[1]),
    )  # fmt: skip
    places = (a_place("x"), a_place("y", longitude=BRUGGE[0], latitude=BRUGGE[1]), a_place("z"))
    table = Travel().matrix(people, places, tuple(person.travel_mode for person in people))
    pairs = [[Travel().minutes_between(person, place, person.travel_mode) or UNREACHABLE for place in places] for person in people]
    assert table.tolist() == pairs
