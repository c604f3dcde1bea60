"""The decision on one person, explained."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from opstap.engine.eligibility.change import smallest_changes
from opstap.engine.eligibility.evaluate import answer, every, holds, outcome
from opstap.engine.eligibility.explain import explain_condition, questions, turning_days
from opstap.engine.eligibility.facts import Facts, FactValue, check_facts
from opstap.engine.eligibility.results import Answer, ConditionResult, Result
from opstap.engine.eligibility.rulebook import RuleBook, Ruleset, settled_conditions


def _expires_on(facts: Facts, ruleset: Ruleset, on: date, now: Answer) -> date | None:
    for day in turning_days(ruleset, None, facts, on):
        if outcome(facts, ruleset, day) is not now:
            return day
    return None


@lru_cache(maxsize=16_384)
def _line(index: int, ruleset: Ruleset, on: date, known: tuple[tuple[str, FactValue], ...]) -> ConditionResult:
    """Return the line of one condition, which reads no facts but those `known`; in a list most people share most lines."""
    return explain_condition(index, settled_conditions(ruleset, on)[index], dict(known), ruleset, on)


def decide(facts: Facts, rulebook: RuleBook, instrument: str, on: date) -> Result:
    """Return the explained decision on the day `on`.

    A condition on a fact of the place (the kind of host) is part of it only when that fact is given. Raises Refused for an instrument the
    book does not know and for facts of the wrong kind.
    """
    check_facts(facts)
    return _decided(rulebook, rulebook.ruleset(instrument), on, tuple(map(facts.get, rulebook.facts)))


@lru_cache(maxsize=16_384)
def _decided(rulebook: RuleBook, ruleset: Ruleset, on: date, known: tuple[FactValue, ...]) -> Result:
    """Return the decision, which rests on no facts but those `known`, in the order of the book; in a long list many people share one."""
    facts = dict(zip(rulebook.facts, known, strict=True))
    trees = settled_conditions(ruleset, on)
    now = answer(every(holds(tree, facts) for tree in trees))
    lines = tuple(
        _line(index, ruleset, on, tuple((name, facts.get(name)) for name in ruleset.facts_by_condition[index]))
        for index in range(len(trees))
        if (needed := ruleset.conditions[index].only_when_known) is None or facts.get(needed) is not None
    )
    return Result(
        instrument=ruleset.instrument,
        on=on,
        answer=now,
        conditions=lines,
        questions=questions(facts, trees) if now is Answer.UNKNOWN else (),
        smallest_changes=smallest_changes(facts, rulebook, ruleset, on) if now is Answer.NO else (),
        expires_on=_expires_on(facts, ruleset, on, now),
        ruleset_version=ruleset.version,
    )
