"""The decision on one person, explained."""

from __future__ import annotations

from datetime import date

from opstap.engine.eligibility.change import smallest_changes
from opstap.engine.eligibility.evaluate import answer, every, holds, outcome
from opstap.engine.eligibility.explain import explain_condition, questions, turning_days
from opstap.engine.eligibility.facts import Facts, check_facts
from opstap.engine.eligibility.results import Answer, Result
from opstap.engine.eligibility.rulebook import RuleBook, Ruleset, settled_conditions


def _expires_on(facts: Facts, ruleset: Ruleset, on: date, now: Answer) -> date | None:
    for day in turning_days(ruleset.tree, facts, ruleset, on):
        if outcome(facts, ruleset, day) is not now:
            return day
    return None


def decide(facts: Facts, rulebook: RuleBook, instrument: str, on: date) -> Result:
    """Return the explained decision on the day `on`.

    A condition on a fact of the place (the kind of host) is part of it only when that fact is given. Raises Refused for an instrument the
    book does not know and for facts of the wrong kind.
    """
    check_facts(facts)
    ruleset = rulebook.ruleset(instrument)
    trees = settled_conditions(ruleset, on)
    now = answer(every(holds(tree, facts) for tree in trees))
    lines = tuple(
        explain_condition(index, tree, facts, ruleset, on)
        for index, tree in enumerate(trees)
        if (needed := ruleset.conditions[index].only_when_known) is None or facts.get(needed) is not None
    )
    return Result(
        instrument=instrument,
        on=on,
        answer=now,
        conditions=lines,
        questions=questions(facts, trees) if now is Answer.UNKNOWN else (),
        smallest_changes=smallest_changes(facts, rulebook, ruleset, on) if now is Answer.NO else (),
        expires_on=_expires_on(facts, ruleset, on, now),
        ruleset_version=ruleset.version,
    )
