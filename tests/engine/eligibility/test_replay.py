"""A stored decision replays bit for bit."""

import json
from datetime import date

from hypothesis import given
from tests.engine.eligibility.books import books
from tests.engine.eligibility.people import ON, ann, days, facts

from opstap.engine.eligibility import Facts, Result, RuleBook, canonical_bytes, decide, facts_as_json, facts_from_json, load_rulesets
from opstap.engine.shared.vocabulary import INSTRUMENTS


@given(person=facts, on=days, book=books)
def test_replay_gives_identical_bytes(person: Facts, on: date, book: RuleBook) -> None:
    """Facts and rules, stored as text and read back, give the same decision down to the last byte."""
    stored_facts, stored_book = json.dumps(facts_as_json(person)), json.dumps(book.as_json())
    for instrument in INSTRUMENTS:
        then = decide(person, book, instrument, on)
        now = decide(facts_from_json(json.loads(stored_facts)), RuleBook.from_json(json.loads(stored_book)), instrument, on)
        assert canonical_bytes(now.as_json()) == canonical_bytes(then.as_json())


@given(person=facts, on=days, book=books)
def test_result_reads_back_what_it_wrote(person: Facts, on: date, book: RuleBook) -> None:
    """A stored result is the same result."""
    for instrument in INSTRUMENTS:
        result = decide(person, book, instrument, on)
        stored = canonical_bytes(result.as_json())
        assert canonical_bytes(Result.from_json(json.loads(stored)).as_json()) == stored


def test_replay_names_the_rules_it_was_made_with() -> None:
    """A decision carries the version of the rules of its instrument."""
    book = load_rulesets()
    assert decide(ann(), book, "imw", ON).ruleset_version == book.ruleset("imw").version
