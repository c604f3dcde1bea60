"""Every line of a decision can be said, to staff and to the person, with nothing left open in the sentence."""

from datetime import date

import pytest
from hypothesis import given, settings
from tests.engine.eligibility.people import days, facts

from opstap.engine.eligibility import Facts, decide, load_rulesets, question_fact
from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import INSTRUMENTS
from opstap.ui.words import say, texts

BOOK = load_rulesets()
CONDITIONS = sorted({condition.code for name in INSTRUMENTS for condition in BOOK.ruleset(name).conditions})
REMEDIES = sorted({remedy.code for name in INSTRUMENTS for condition in BOOK.ruleset(name).conditions for remedy in condition.remedies})


@pytest.mark.parametrize("condition", CONDITIONS)
def test_words_for_every_condition(condition: str) -> None:
    """A condition has a name, and a text for each answer, for staff and for the person."""
    forms = [condition, *(f"{condition}_{answer}{who}" for answer in ("met", "not_met", "unknown") for who in ("", ".person"))]
    assert [form for form in forms if f"eligibility.{form}" not in texts()] == []


@pytest.mark.parametrize("remedy", [*REMEDIES, "date_reached", "other_instrument"])
def test_words_for_every_change(remedy: str) -> None:
    """A change has a text for staff and for the person."""
    assert {f"eligibility.change_{remedy}", f"eligibility.change_{remedy}.person"} <= set(texts())


@settings(max_examples=50)
@given(person=facts, on=days)
def test_words_leave_no_gap(person: Facts, on: date) -> None:
    """No sentence about any decision keeps a placeholder."""
    for instrument in INSTRUMENTS:
        result = decide(person, BOOK, instrument, on)
        reasons = [condition.reason for condition in result.conditions] + [change.reason for change in result.smallest_changes]
        reasons += [Reason(f"eligibility.ask_{question_fact(question)}") for question in result.questions]
        spoken = [say(Reason(f"{reason.code}{who}", reason.facts)) for reason in reasons for who in ("", ".person")]
        assert [sentence for sentence in spoken if "{" in sentence or not sentence.strip()] == []
