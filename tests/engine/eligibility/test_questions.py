"""Only what can still change the outcome is asked: proven by trying every answer."""

from collections.abc import Iterator
from datetime import date
from itertools import product

from hypothesis import given, settings
from tests.engine.eligibility.people import days, facts

from opstap.engine.eligibility import FACT_TYPES, Answer, FactKind, Facts, FactValue, decide, facts_read, load_rulesets, question_fact
from opstap.engine.eligibility.evaluate import outcome
from opstap.engine.shared.vocabulary import INSTRUMENTS

BOOK = load_rulesets()
LONG_AGO, FAR_AWAY = date(1990, 1, 1), date(2090, 1, 1)


def possible(name: str) -> tuple[FactValue, ...]:
    """Return values that stand for all values a fact can take."""
    fact_type = FACT_TYPES[name]
    if fact_type.kind is FactKind.DATE:
        return (LONG_AGO, FAR_AWAY)
    if fact_type.kind is FactKind.FLAG:
        return (True, False)
    return fact_type.codes or ("Oostende", "Brugge")


def completions(person: Facts, names: list[str]) -> Iterator[dict[str, FactValue]]:
    """Yield the person with every combination of values for the named facts."""
    for values in product(*(possible(name) for name in names)):
        yield {**person, **dict(zip(names, values, strict=True))}


def can_matter(name: str, person: Facts, missing: list[str], instrument: str, on: date) -> bool:
    """Tell whether two answers to one question can lead to two outcomes, for some answers to the others."""
    ruleset = BOOK.ruleset(instrument)
    others = [other for other in missing if other != name]
    return any(len({outcome({**rest, name: value}, ruleset, on) for value in possible(name)}) > 1 for rest in completions(person, others))


@settings(max_examples=60)
@given(person=facts, on=days)
def test_questions_each_can_change_the_outcome(person: Facts, on: date) -> None:
    """Every question that is asked can change the outcome, for some answer to the others."""
    for instrument in INSTRUMENTS:
        result = decide(person, BOOK, instrument, on)
        asked = [question_fact(question) for question in result.questions]
        assert [name for name in asked if can_matter(name, person, asked, instrument, on)] == asked


@settings(max_examples=60)
@given(person=facts, on=days)
def test_questions_together_settle_the_outcome(person: Facts, on: date) -> None:
    """Whatever the answers to the questions are, the outcome is then known; and an unknown outcome always has a question."""
    for instrument in INSTRUMENTS:
        result = decide(person, BOOK, instrument, on)
        asked = [question_fact(question) for question in result.questions]
        assert (result.answer is Answer.UNKNOWN) == bool(asked)
        found = {outcome(complete, BOOK.ruleset(instrument), on) for complete in completions(person, asked)}
        assert Answer.UNKNOWN not in found


def test_questions_read_only_what_rules_read() -> None:
    """The facts an instrument reads are listed in the order of its rules."""
    assert facts_read(BOOK.ruleset("work_experience")) == ("municipality", "registered_since", "internship_fits")


def test_questions_stand_beside_their_condition() -> None:
    """A condition that is not known carries the first question it hangs on; one that is known carries none."""
    person: Facts = {"municipality": "Oostende", "registered_since": date(2020, 1, 1), "income": "unemployment_benefit"}
    result = decide(person, BOOK, "work_learning_place", date(2026, 6, 1))
    assert {condition.code: condition.question for condition in result.conditions} == {
        "lives_in_region": None,
        "registered_long_enough": None,
        "on_benefit": None,
        "benefit_not_ended": "eligibility.ask_benefit_since",
    }
