"""Rehearsing a change of the rules: who gains, who loses, for whom a question comes up."""

import json
from datetime import date

import pytest
from tests.engine.eligibility.people import ON, ann

from opstap.engine.eligibility import (
    Answer,
    Effect,
    Facts,
    ParameterChange,
    ParameterValue,
    Rehearsal,
    RuleBook,
    canonical_bytes,
    load_rulesets,
    rehearse,
)
from opstap.engine.shared import Refused

BOOK = load_rulesets()
PEOPLE: list[tuple[str, Facts]] = [
    ("long", ann(registered_since=date(2019, 1, 1))),
    ("short", ann(registered_since=date(2022, 6, 1))),
    ("shorter", ann(registered_since=date(2023, 5, 1))),
    ("unsaid", ann(registered_since=None)),
    ("elsewhere", ann(municipality="Brugge")),
    ("nameless", ann(municipality=None)),
]


def changed(parameter: str, value: ParameterValue) -> RuleBook:
    """Return the product's rules with another value from 2023 on."""
    return BOOK.with_changes([ParameterChange(parameter, date(2023, 1, 1), value, "A proposal")])


def test_rehearse_shorter_term_lets_people_in() -> None:
    """With 12 months in place of 24, those between the two gain, and nobody else notices."""
    rehearsal = rehearse(PEOPLE, BOOK, changed("registered_months_minimum", 12), "work_learning_place", ON)
    (of_places,) = rehearsal.instruments
    assert of_places.people == {Effect.GAINS: ("short",), Effect.LOSES: (), Effect.BECOMES_UNKNOWN: (), Effect.BECOMES_KNOWN: ()}
    assert (rehearsal.gains, rehearsal.loses, rehearsal.becomes_unknown, rehearsal.becomes_known, rehearsal.unchanged) == (1, 0, 0, 0, 5)


def test_rehearse_term_without_a_number_answers_questions() -> None:
    """When no term is asked any more, whoever was unknown only for it gains as well."""
    (of_places,) = rehearse(PEOPLE, BOOK, changed("registered_months_minimum", None), "work_learning_place", ON).instruments
    assert of_places.people[Effect.GAINS] == ("short", "shorter", "unsaid")


def test_rehearse_smaller_region_closes_doors() -> None:
    """Whoever lives outside the new region loses; whoever was unknown for another fact becomes known."""
    (of_places,) = rehearse(PEOPLE, BOOK, changed("region", ("Gistel",)), "work_learning_place", ON).instruments
    assert of_places.people[Effect.LOSES] == ("long",)
    assert of_places.people[Effect.BECOMES_KNOWN] == ("unsaid",)
    assert of_places.unchanged == 4


def test_rehearse_new_limit_raises_questions() -> None:
    """A limit in time makes those unknown whose benefit has no first day."""
    people = [("dated", ann()), ("undated", ann(benefit_since=None))]
    after = changed("unemployment_benefit_months_maximum", 60)
    (of_places,) = rehearse(people, BOOK, after, "work_learning_place", ON).instruments
    assert of_places.people[Effect.BECOMES_UNKNOWN] == ("undated",)
    (example,) = of_places.examples
    assert (example.person, example.before.answer, example.after.answer) == ("undated", Answer.YES, Answer.UNKNOWN)
    assert example.after.questions == ("eligibility.ask_benefit_since",)


def test_rehearse_several_instruments_and_few_examples() -> None:
    """Each instrument has its own counts; of each effect only so many examples are worked out."""
    people = [(f"person {number}", ann()) for number in range(5)]
    after = changed("region", ())
    rehearsal = rehearse(people, BOOK, after, ["work_learning_place", "imw"], ON, examples=2)
    assert [(part.instrument, part.count(Effect.LOSES), part.count(Effect.UNCHANGED)) for part in rehearsal.instruments] == [
        ("work_learning_place", 5, 0),
        ("imw", 0, 5),
    ]
    assert [example.person for example in rehearsal.examples] == ["person 0", "person 1"]
    assert (rehearsal.before_version, rehearsal.after_version) == (BOOK.version, after.version)


def test_rehearse_without_change_changes_nothing() -> None:
    """The same rules move nobody."""
    rehearsal = rehearse(PEOPLE, BOOK, BOOK, list(BOOK.instruments), ON)
    assert (rehearsal.unchanged, rehearsal.examples) == (len(PEOPLE) * 5, ())


def test_rehearse_reads_back_what_it_wrote() -> None:
    """A stored rehearsal is the same rehearsal."""
    stored = canonical_bytes(rehearse(PEOPLE, BOOK, changed("region", ("Gistel",)), list(BOOK.instruments), ON).as_json())
    assert canonical_bytes(Rehearsal.from_json(json.loads(stored)).as_json()) == stored


def test_rehearse_refuses_bad_facts() -> None:
    """One bad fact is refused before anything is counted."""
    with pytest.raises(Refused):
        rehearse([("odd", {"income": "lottery"})], BOOK, BOOK, "imw", ON)
