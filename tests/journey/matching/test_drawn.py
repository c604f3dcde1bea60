"""Lots are drawn by what the lists call people and places, so that another database with the same lists draws the same."""

from __future__ import annotations

import pytest
from tests.journey.eligibility.cases import ON
from tests.journey.matching.rounds import make_host, make_place, make_ready, make_round_programme

from opstap.journey.matching.assembly import build_problem
from opstap.journey.matching.assembly.drawn import name_of_person
from opstap.journey.people.models import Person

pytestmark = pytest.mark.django_db


def test_name_of_a_draw_follows_the_client_number_alone() -> None:
    """Two rows with one client number draw alike whatever they are called; the engine gets a hash of it, never the number."""
    one, same = Person(client_number="18194395", last_name="Peeters"), Person(client_number="18194395", last_name="Maes", sex="f")
    assert name_of_person(one) == name_of_person(same)
    assert "18194395" not in name_of_person(one)
    assert name_of_person(Person(client_number="18194396")) != name_of_person(one)


def test_round_lists_people_and_places_by_the_name_of_their_draw() -> None:
    """The order of rows in a round is that of the names, every name is another, and a place keeps its name from one round to the next."""
    programme = make_round_programme()
    host = make_host()
    for title in ("tuinier", "keukenhulp", "magazijn"):
        make_place(programme, host, title)
    for _ in range(4):
        make_ready(programme)
    problem, again = build_problem(programme, ON), build_problem(programme, ON)
    for rows in (problem.people, problem.places):
        names = [row.drawn_as for row in rows]
        assert names == sorted(set(names))
        assert "" not in names
    assert again.digest() == problem.digest()
