"""Explanations come from facts and prices: what they say is true when it is tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from tests.engine.matching import instances
from tests.engine.matching.instances import MONDAY, a_person, a_place, a_round
from tests.engine.matching.rounds import rounds

from opstap.engine.matching.constraints import RULES, obstacles
from opstap.engine.matching.explain import Explanation, explain
from opstap.engine.matching.explain.scene import Scene
from opstap.engine.matching.explain.smallest import _apply, _targets, smallest_changes
from opstap.engine.matching.objective import HIGHEST_LEVEL
from opstap.engine.matching.picture import Picture
from opstap.engine.matching.problem import Pin, Problem
from opstap.engine.matching.solve import solve
from opstap.engine.shared import Period, Reason, SolverStatus
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.ui.words import say, texts


def explained(problem: Problem) -> Explanation:
    """The explanation of the best proposals."""
    return explain(problem, solve(problem))


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    """The reasons' codes without the name of the engine."""
    return [reason.code.removeprefix("matching.") for reason in reasons]


def test_placed_person_is_told_why() -> None:
    """Wish, waiting, way and decision are named in the programme's order."""
    person = a_person(wishes=("gardener", "shop assistant"), learning_goals=frozenset({"service"}))
    told = explained(a_round([person], [a_place(teaches=frozenset({"service"}))])).people["ann"]
    assert told.place == "shop"
    assert codes(told.reasons) == ["why_wish", "why_waiting", "why_learning", "why_travel", "why_decision"]
    assert dict(told.reasons[0].facts) == {"rank": 2, "occupation": "shop assistant"}


def test_person_without_seat_is_told_who_has_it_and_why() -> None:
    """Ann is told that the seat goes to Bob because he waited longer, and by how much."""
    told = explained(instances.one_seat_two_people()).people["ann"]
    assert codes(told.reasons) == ["no_seat_left", "loses_waiting"]
    (alternative,) = told.alternatives
    assert (alternative.place, alternative.holders, alternative.loss_parts["waiting"]) == ("shop", ("bob",), 12)


def test_second_best_names_the_difference() -> None:
    """Bob could have the shop, his wish; then one person fewer would start."""
    told = explained(instances.swap()).people["bob"]
    assert told.place == "park"
    (alternative,) = told.alternatives
    assert (alternative.place, alternative.loss_parts["placed"], codes(alternative.difference)) == ("shop", 1, ["differs_wishes_better"])
    assert alternative.cost.code == "matching.loses_placed"


def test_smallest_change_is_the_missing_half_day() -> None:
    """One half-day opens the shop; two levels of Dutch for the park are too far."""
    ann = a_person(half_days=half_day_mask(["mon_am"]), dutch=1)
    change = explained(a_round([ann], [a_place("shop"), a_place("park", half_days=1, dutch=3)])).people["ann"].change
    assert change is not None
    assert (codes(change.reasons), change.opens, change.is_enough) == (["change_half_days"], ("shop",), True)
    assert change.reasons[0].facts["half_days"] == ("mon_pm",)


def test_smallest_change_prefers_one_that_leads_to_a_seat() -> None:
    """Dutch would open a place that goes to Bob; a licence, more effort, opens an empty one."""
    bob = a_person("bob", waiting_since=date(2000, 1, 1), is_55_plus=True, wishes=("shop assistant",))
    places = [a_place("shop", dutch=1), a_place("van", licences=frozenset({"B"}))]
    change = explained(a_round([a_person("ann", dutch=0), bob], places)).people["ann"].change
    assert change is not None
    assert (change.place, codes(change.reasons), change.is_enough) == ("van", ["change_licence"], True)


@pytest.mark.parametrize(
    ("person", "place", "expected"),
    [
        ({"dutch": 2}, {"dutch": 3}, ["change_dutch"]),
        ({"instruments": {}}, {}, ["change_decision"]),
        ({"travel_mode": "walk"}, {"longitude": 2.959, "latitude": 51.23}, ["change_minutes"]),
        ({"travel_mode": "walk"}, {"longitude": 3.03, "latitude": 51.245}, ["change_means"]),
        ({"unknown": frozenset({"licences"})}, {"licences": frozenset({"B"})}, ["ask_licences"]),
        ({"unknown": frozenset({"location"})}, {}, ["ask_home"]),
        ({"dutch": 2, "instruments": {}}, {"dutch": 3}, ["change_decision", "change_dutch"]),
    ],
)
def test_smallest_change_of_each_kind(person: dict[str, Any], place: dict[str, Any], expected: list[str]) -> None:
    """Every thing a person can change or answer is found, two at once when needed."""
    change = explained(a_round([a_person(**person)], [a_place(**place)])).people["ann"].change
    assert change is not None
    assert (codes(change.reasons), change.is_enough) == (expected, True)


@pytest.mark.parametrize(
    ("person", "place"),
    [
        ({"limits": frozenset({"dust"})}, {"demands": frozenset({"dust"})}),
        ({"unknown": frozenset({"limits"})}, {"demands": frozenset({"dust"})}),
        ({"vetoes": frozenset({"shop"})}, {}),
        ({}, {"refused": frozenset({"ann"})}),
        ({"dutch": 0, "half_days": 0, "instruments": {}}, {"dutch": 1}),
        ({"dutch": 0}, {"dutch": 2}),
    ],
)
def test_no_change_is_asked_of_health_or_beyond_reach(person: dict[str, Any], place: dict[str, Any]) -> None:
    """Health, a no of anyone, three things at once or two levels of Dutch are never proposed as a change."""
    assert explained(a_round([a_person(**person)], [a_place(**place)])).people["ann"].change is None


def test_unknown_facts_become_questions() -> None:
    """What is not known and matters is asked, once."""
    ann = a_person(unknown=frozenset({"half_days", "limits", "licences"}))
    told = explained(a_round([ann], [a_place("shop", demands=frozenset({"dust"})), a_place("park")])).people["ann"]
    assert told.questions == ("matching.ask_half_days", "matching.ask_limits")


def test_nearest_misses_come_first() -> None:
    """The place with one rule in the way is named before the one with two."""
    ann = a_person(dutch=0, half_days=half_day_mask(["mon_am"]))
    told = explained(a_round([ann], [a_place("shop", dutch=4), a_place("park")])).people["ann"]
    assert [(miss.place, codes(miss.reasons)) for miss in told.misses] == [
        ("park", ["half_days_missing"]),
        ("shop", ["half_days_missing", "dutch_too_low"]),
    ]


def test_empty_place_counts_whom_each_rule_keeps_out() -> None:
    """Of three people two lack Dutch, one of them only that; lowering the level opens the place for one."""
    people = [a_person("ann", dutch=1), a_person("bob", dutch=1, half_days=0), a_person("cas", vetoes=frozenset({"shop"}))]
    place = explained(a_round(people, [a_place("shop", dutch=2)])).places["shop"]
    assert (place.free, [(out.rule, out.sole, out.total) for out in place.kept_out]) == (
        1,
        [("dutch_level", 1, 2), ("veto", 1, 1), ("half_days", 0, 1)],
    )
    assert (codes(place.changes[0].reasons), place.changes[0].opens) == (["place_lower_dutch"], 1)


@pytest.mark.parametrize(
    ("person", "place", "expected"),
    [
        ({"half_days": half_day_mask(["mon_am"])}, {}, ["place_fewer_half_days"]),
        ({}, {"licences": frozenset({"B"})}, ["place_no_licence"]),
        ({"limits": frozenset({"dust"})}, {"demands": frozenset({"dust"})}, ["place_no_demand"]),
        ({"instruments": {"work_experience": instances.ALWAYS}}, {}, ["place_other_instrument"]),
        ({"instruments": {"work_learning_place": Period(date(2023, 10, 15))}}, {}, ["place_later_start"]),
    ],
)
def test_change_of_an_empty_place_of_each_kind(person: dict[str, Any], place: dict[str, Any], expected: list[str]) -> None:
    """The best change of the place is found."""
    changes = explained(a_round([a_person(**person)], [a_place(**place)])).places["shop"].changes
    assert [codes(change.reasons) for change in changes][:1] == [expected]


def test_two_changes_of_a_place_when_one_does_not_help() -> None:
    """A lower level of Dutch and no licence together open the place."""
    place = a_place(dutch=3, licences=frozenset({"B"}))
    changes = explained(a_round([a_person(dutch=2)], [place])).places["shop"].changes
    assert [(sorted(codes(change.reasons)), change.opens) for change in changes] == [(["place_lower_dutch", "place_no_licence"], 1)]


def test_free_seat_behind_a_full_mentor_says_so() -> None:
    """One of four seats stays free because the mentor guides three; more guidance is what adds."""
    places = explained(instances.shared_mentor()).places
    blocked = [place for place in places.values() if place.free]
    assert [(place.blocked and place.blocked.code, place.seat_parts["placed"]) for place in blocked] == [("matching.mentor_full", 1)]


def test_prospects_name_scarce_places_and_wishes_without_a_place() -> None:
    """The shop is scarce; two people without a place wish to cook."""
    people = [a_person(key, wishes=("cook",), neighbourhood="Vuurtoren", half_days=MONDAY) for key in ("ann", "bob", "cas")]
    found = explained(a_round(people, [a_place(neighbourhood="Centrum")])).prospects
    assert [(each.occupation, each.neighbourhood, each.half_days, each.people, each.seat_value > 0) for each in found] == [
        ("shop assistant", "Centrum", MONDAY, 2, True),
        ("cook", "Vuurtoren", MONDAY, 2, False),
    ]


@settings(max_examples=100, deadline=None)
@given(rounds(with_pins=False))
def test_change_that_is_enough_makes_the_round_better(problem: Problem) -> None:
    """With the change made, the place is possible, and solving again gives a better round when it said so."""
    result = solve(problem)
    scene = Scene(Picture(problem), result)
    changes = smallest_changes(scene)
    for row, column in _targets(scene).items():
        person, change = _apply(scene, row, column)[0], changes[problem.people[row].key]
        people = tuple(person if person.key == each.key else each for each in problem.people)
        changed = replace(problem, people=people)
        assert obstacles(person, problem.places[column], changed) == ()
        assert solve(changed).value > result.value or not change.is_enough


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_everything_explained_has_words(problem: Problem) -> None:
    """Each reason of any explanation can be said in Dutch and in English without a missing fact."""
    result = solve(problem)
    reasons = list(result.reasons)
    if result.status is SolverStatus.OPTIMAL:
        reasons += _all_reasons(explain(problem, result))
    for reason in reasons:
        for language in ("nl", "en"):
            assert "{" not in say(reason, language)


def _all_reasons(explanation: Explanation) -> Iterator[Reason]:
    for person in explanation.people.values():
        yield from person.reasons
        yield from (reason for alternative in person.alternatives for reason in (*alternative.difference, alternative.cost))
        yield from (reason for miss in person.misses for reason in miss.reasons)
        yield from (Reason(question) for question in person.questions)
        yield from person.change.reasons if person.change else ()
    for place in explanation.places.values():
        yield from (reason for change in place.changes for reason in change.reasons)
        yield from (place.price, *([place.blocked] if place.blocked else []))
    yield from (prospect.reason for prospect in explanation.prospects)


def test_every_rule_and_criterion_has_words() -> None:
    """Counts are shown by rule, differences by criterion: both have a name to show."""
    named = [f"matching.rule_{rule.NAME}" for rule in RULES]
    named += [f"matching.{kind}_{criterion}" for criterion in HIGHEST_LEVEL for kind in ("criterion", "loses", "seat_adds")]
    assert [code for code in named if code not in texts()] == []


def test_explain_refuses_what_is_not_a_proven_optimum() -> None:
    """An infeasible result, or one of another round, is not explained."""
    problem = instances.one_seat_two_people()
    pinned = replace(problem, pins=(Pin("ann", "shop"),))
    for wrong in (solve(replace(problem, pins=(Pin("ann", "shop"), Pin("bob", "shop")))), solve(pinned)):
        with pytest.raises(ValueError, match="only the proven optimum"):
            explain(problem, wrong)


def test_pinned_person_is_told_that_someone_chose() -> None:
    """A pin is a human choice and is named first."""
    problem = replace(instances.one_seat_two_people(), pins=(Pin("ann", "shop"),))
    told = explained(problem).people["ann"]
    assert (codes(told.reasons)[0], told.alternatives) == ("why_pinned", ())


@given(problem=rounds())
@settings(max_examples=30, deadline=None)
def test_scene_names_the_obstacles_that_the_rules_name(problem: Problem) -> None:
    """Looking obstacles up in the tables of the round gives what asking every rule gives, pair by pair."""
    scene = Scene(Picture(problem), solve(problem))
    pairs = [(row, column) for row in range(len(problem.people)) for column in range(len(problem.places))]
    found = [scene.obstacles(row, column) for row, column in pairs]
    assert found == [obstacles(problem.people[row], problem.places[column], problem) for row, column in pairs]


def test_changes_of_places_looked_at_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long list looks at a few changed places at a time, for memory; what it finds does not depend on how many."""
    people = [a_person(str(number), half_days=half_day_mask(["mon_am"])) for number in range(3)]
    problem = a_round(people, [a_place("x"), a_place("y", dutch=6)])
    whole = explained(problem)
    monkeypatch.setattr(import_module("opstap.engine.matching.explain.place_changes"), "MOST_PAIRS", 1)
    assert (explained(problem) == whole, any(place.changes for place in whole.places.values())) == (True, True)
