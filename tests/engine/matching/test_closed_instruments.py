"""What the rules refuse on the day is never proposed as the change that opens a door."""

from __future__ import annotations

import pytest
from tests.engine.matching.instances import a_person, a_place, a_round

from opstap.engine.matching.explain import explain
from opstap.engine.matching.solve import solve


@pytest.mark.parametrize(("closed", "proposed"), [((), ["matching.change_decision"]), (("community_service",), [])])
def test_change_closed_instrument(closed: tuple[str, ...], proposed: list[str]) -> None:
    """A decision that nobody took yet may be asked for; one that the rules refuse may not."""
    person = a_person(instruments={}, closed=frozenset(closed))
    problem = a_round([person], [a_place(instruments=frozenset({"community_service"}))])
    change = explain(problem, solve(problem)).people["ann"].change

    assert ([reason.code for reason in change.reasons] if change else []) == proposed


def test_change_takes_the_open_instrument() -> None:
    """Of two instruments of a place the open one is asked for."""
    person = a_person(instruments={}, closed=frozenset({"community_service"}))
    problem = a_round([person], [a_place(instruments=frozenset({"community_service", "work_experience"}))])
    change = explain(problem, solve(problem)).people["ann"].change

    assert ([reason.facts["instrument"] for reason in change.reasons] if change else []) == ["work_experience"]
