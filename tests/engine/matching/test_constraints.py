"""One pair that is possible and one that is not, for every hard rule; and both ways of asking always agree."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engine.matching.instances import BRUGGE, MONDAY, ON, a_person, a_place, a_round
from tests.engine.matching.rounds import rounds

from opstap.engine.matching.constraints import RULES, admissible, obstacles
from opstap.engine.matching.people import UsedUp
from opstap.engine.matching.problem import Host, Mentor, Person, Place, Problem
from opstap.engine.shared import Period
from opstap.engine.shared.vocabulary import half_day_mask

SOON = date(2023, 11, 1)
MORNING = half_day_mask(["mon_am"])
AT_BRUGGE = {"longitude": BRUGGE[0], "latitude": BRUGGE[1]}

FROM_SOON = {"work_learning_place": Period(SOON)}
USED_NOW = {"work_learning_place": UsedUp(6, ON)}
USED_LATER = {"work_learning_place": UsedUp(6, SOON)}
FEW_LEFT, FEW_LATER = ({"work_learning_place": UsedUp(6, day, 11, 30)} for day in (ON, SOON))
DUST = frozenset({"dust"})
CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("no_decision", {}, {}, {"instruments": {}}, {}),
    ("decision_ended", {}, {}, {"instruments": {"work_learning_place": Period(date(2022, 1, 1), ON)}}, {}),
    ("decision_not_yet", {}, {}, {"instruments": FROM_SOON}, {}),
    ("decision_not_yet", {"instruments": FROM_SOON}, {"period": Period(SOON)}, {"instruments": FROM_SOON}, {}),
    ("decision_unknown", {}, {}, {"unknown": frozenset({"instruments"})}, {}),
    ("months_used_up", {"used_up": USED_LATER}, {}, {"instruments": {}, "used_up": USED_NOW}, {}),
    ("months_used_up", {}, {}, {"instruments": {"work_learning_place": Period(date(2023, 1, 1), ON)}, "used_up": USED_NOW}, {}),
    ("few_days_left", {"used_up": FEW_LATER}, {}, {"used_up": FEW_LEFT, "instruments": {}}, {}),
    ("half_days_missing", {"half_days": MONDAY}, {}, {"half_days": MORNING}, {}),
    ("half_days_short", {"half_days": MORNING}, {"needed_half_days": 1}, {"half_days": 0}, {"needed_half_days": 1}),
    ("half_days_unknown", {}, {}, {"unknown": frozenset({"half_days"})}, {}),
    ("dutch_too_low", {"dutch": 2}, {"dutch": 2}, {"dutch": 1}, {"dutch": 2}),
    ("dutch_unknown", {"unknown": frozenset({"dutch"})}, {"dutch": 0}, {"unknown": frozenset({"dutch"})}, {"dutch": 1}),
    ("licence_missing", {"licences": frozenset({"B"})}, {"licences": frozenset({"B"})}, {}, {"licences": frozenset({"B"})}),
    ("licence_unknown", {"unknown": frozenset({"licences"})}, {}, {"unknown": frozenset({"licences"})}, {"licences": frozenset({"B"})}),
    ("limits_clash", {"limits": DUST}, {"demands": frozenset({"heights"})}, {"limits": DUST}, {"demands": DUST}),
    ("limits_unknown", {"unknown": frozenset({"limits"})}, {}, {"unknown": frozenset({"limits"})}, {"demands": DUST}),
    ("travel_too_long", {"travel_mode": "car", "max_travel_minutes": 60}, AT_BRUGGE, {"max_travel_minutes": 60}, AT_BRUGGE),
    ("travel_unknown", {}, {}, {"unknown": frozenset({"travel_mode"})}, {}),
    ("home_unknown", {}, {}, {"unknown": frozenset({"location"})}, {}),
    ("place_not_on_map", {}, {}, {}, {"longitude": None, "latitude": None}),
    ("person_veto", {"vetoes": frozenset({"park"})}, {}, {"vetoes": frozenset({"shop"})}, {}),
    ("host_refusal", {}, {"refused": frozenset({"bob"})}, {}, {"refused": frozenset({"ann"})}),
    ("place_ended", {}, {"period": Period(date(2023, 1, 1), SOON)}, {}, {"period": Period(date(2023, 1, 1), ON)}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "person", "place", "wrong_person", "wrong_place"), CASES, ids=[case[0] for case in CASES])
def test_rule_with_a_possible_and_an_impossible_pair(
    code: str, person: dict[str, Any], place: dict[str, Any], wrong_person: dict[str, Any], wrong_place: dict[str, Any]
) -> None:
    """The first pair has no obstacle, the second has exactly this one."""
    good, bad = a_round([a_person(**person)], [a_place(**place)]), a_round([a_person(**wrong_person)], [a_place(**wrong_place)])
    assert [reason.code for reason in _obstacles(good)] == []
    assert [reason.code for reason in _obstacles(bad)] == [f"matching.{code}"]


def _obstacles(problem: Problem) -> Any:  # noqa: ANN401 - reasons of the only pair
    return obstacles(problem.people[0], problem.places[0], problem)


@pytest.mark.parametrize(
    ("code", "mentor"),
    [
        (None, Mentor("mia")),
        (None, Mentor("mia", is_certified=False, certified_from=ON)),
        ("mentor_not_trained", Mentor("mia", is_certified=False)),
        ("mentor_trained_later", Mentor("mia", is_certified=False, certified_from=SOON)),
        (None, Mentor("mia", certified_until=SOON)),
        ("mentor_certificate_ended", Mentor("mia", certified_until=ON)),
        ("mentor_certificate_ended", Mentor("mia", is_certified=False, certified_from=date(2023, 8, 1), certified_until=ON)),
        ("mentor_absent", Mentor("mia", absent=(Period(ON),))),
        ("mentor_absent_until", Mentor("mia", absent=(Period(ON, SOON),))),
        (None, Mentor("mia", absent=(Period(date(2023, 8, 1), ON), Period(SOON)))),
    ],
)
def test_mentor_must_be_trained_and_present_at_the_start(code: str | None, mentor: Mentor) -> None:
    """The training must be done, and the mentor there, on the day of the start."""
    problem = a_round([a_person()], [a_place(mentor="mia")], mentors=(mentor,))
    assert [reason.code for reason in _obstacles(problem)] == ([f"matching.{code}"] if code else [])


def test_ruled_out_pair_is_an_obstacle() -> None:
    """What the programme ruled out is not proposed; the other place stays possible."""
    problem = a_round([a_person()], [a_place("shop"), a_place("park")], forbidden=frozenset({("ann", "shop"), ("gone", "shop")}))
    assert admissible(problem).tolist() == [[False, True]]


def test_obstacles_are_all_named() -> None:
    """Two rules in the way give two reasons."""
    problem = a_round([a_person(dutch=0, half_days=0)], [a_place(dutch=3)])
    assert [reason.code for reason in _obstacles(problem)] == ["matching.half_days_missing", "matching.dutch_too_low"]


def test_unknown_fact_comes_with_its_question() -> None:
    """An unknown fact is no "no": the reason carries what to ask."""
    problem = a_round([a_person(unknown=frozenset({"half_days"}))], [a_place()])
    assert [reason.facts["question"] for reason in _obstacles(problem)] == ["matching.ask_half_days"]


@settings(max_examples=150, deadline=None)
@given(rounds())
def test_rules_agree_for_one_pair_and_for_all(problem: Problem) -> None:
    """`holds` and `mask` are written apart and give the same answers; a reason exists exactly for every "no"."""
    for rule in RULES:
        asked = [[rule.holds(person, place, problem) for place in problem.places] for person in problem.people]
        shape = (len(problem.people), len(problem.places))
        assert np.array_equal(rule.mask(problem), np.array(asked, dtype=np.bool_).reshape(shape)), rule.NAME
    for person in problem.people:
        for place in problem.places:
            codes = [reason.code for reason in obstacles(person, place, problem)]
            assert len(codes) == sum(not rule.holds(person, place, problem) for rule in RULES)


def test_engine_knows_neither_sex_nor_origin_nor_nationality() -> None:
    """These are all the facts that can move a proposal: adding one is a decision that this test makes visible."""
    assert {field.name for field in fields(Person)} == {
        "key", "half_days", "dutch", "waiting_since", "licences", "limits", "longitude", "latitude", "neighbourhood", "travel_mode",
        "max_travel_minutes", "wishes", "interests", "vetoes", "instruments", "closed", "used_up", "learning_goals", "drawn_as",
        "is_young_low_educated", "is_55_plus", "unknown",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"half_days": 1 << 14}, "outside the 14 half-days"),
        ({"dutch": 7}, "not between 0 (none) and 6 (native)"),
        ({"travel_mode": "rocket"}, "is none of walk"),
        ({"max_travel_minutes": -1}, "cannot be -1 minutes"),
        ({"unknown": frozenset({"nationality"})}, "cannot be named as unknown"),
        ({"latitude": None}, "give longitude and latitude, or neither"),
        ({"longitude": 200.0}, "no longitude and latitude in degrees"),
        ({"key": ""}, "needs a key"),
    ],
)
def test_person_that_cannot_be_meant_is_refused(facts: dict[str, Any], complaint: str) -> None:
    """A wrong fact is refused at construction, in plain words."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are checked below
        a_person(**({"key": "ann"} | facts))
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"capacity": -1}, "cannot have -1 seats"),
        ({"half_days": 0}, "on 0 half-days"),
        ({"needed_half_days": 3}, "cannot be needed on 3"),
        ({"instruments": frozenset()}, "at least one instrument"),
    ],
)
def test_place_that_cannot_be_meant_is_refused(facts: dict[str, Any], complaint: str) -> None:
    """A wrong fact is refused at construction, in plain words."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are checked below
        a_place(**facts)
    assert complaint in str(caught.value)


def test_round_with_loose_ends_is_refused() -> None:
    """Keys that repeat or point nowhere, and a mentor at two hosts, are refused."""
    good = a_round([a_person()], [a_place(mentor="mia")])
    loose: list[tuple[dict[str, Any], str]] = [
        ({"people": (a_person(), a_person())}, "person ann stands in the round more than once"),
        ({"mentors": ()}, "mentor mia is named but not part of the round"),
        ({"hosts": ()}, "host city is named but not part of the round"),
        ({"taken": {"park": 1}}, "place park is named but not part of the round"),
        ({"places": _two_hosts(), "hosts": TWO_HOSTS}, "mia guides at hosts city and ocmw"),
    ]
    for facts, complaint in loose:
        with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are checked below
            replace(good, **facts)
        assert complaint in str(caught.value)


TWO_HOSTS = (Host("city"), Host("ocmw"))


def _two_hosts() -> tuple[Place, Place]:
    return (a_place("shop", mentor="mia"), a_place("park", mentor="mia", host="ocmw"))
