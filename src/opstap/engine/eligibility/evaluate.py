"""The settled tree for one person: yes, no, or not known (Kleene's logic of three values)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from opstap.engine.eligibility.facts import Facts
from opstap.engine.eligibility.results import Answer
from opstap.engine.eligibility.rulebook import Ruleset, settled_conditions
from opstap.engine.eligibility.settle import All, Always, Any, IfKnown, Not, OneOf, OnOrBefore, Settled


def holds(tree: Settled, facts: Facts) -> bool | None:  # noqa: PLR0911 - one return per kind of node reads best
    """Return whether the tree holds for these facts; None when that is not known."""
    match tree:
        case OneOf():
            value = facts.get(tree.fact)
            return None if value is None else value in tree.values
        case OnOrBefore():
            day = facts.get(tree.fact)
            return None if day is None else _day(day) <= tree.day
        case Not():
            part = holds(tree.part, facts)
            return None if part is None else not part
        case All():
            return every(holds(part, facts) for part in tree.parts)
        case Any():
            negated = every(_opposite(holds(part, facts)) for part in tree.parts)
            return _opposite(negated)
        case IfKnown():
            return True if facts.get(tree.fact) is None else holds(tree.part, facts)
        case Always():
            return tree.holds


def _day(value: object) -> date:
    if not isinstance(value, date):
        msg = f"{value!r} is not a date"
        raise TypeError(msg)
    return value


def _opposite(value: bool | None) -> bool | None:  # noqa: FBT001 - a truth value is what this is about
    return None if value is None else not value


def every(values: Iterable[bool | None]) -> bool | None:
    """Return Kleene's "and": no when one is no, otherwise not known when one is not known, otherwise yes."""
    known = True
    for value in values:
        if value is False:
            return False
        known = known and value is not None
    return True if known else None


def answer(value: bool | None) -> Answer:  # noqa: FBT001 - a truth value is what this is about
    """Return the answer for a truth value of three."""
    if value is None:
        return Answer.UNKNOWN
    return Answer.YES if value else Answer.NO


def outcome(facts: Facts, ruleset: Ruleset, on: date) -> Answer:
    """Return the answer alone, without explanation: for many people, or to try a change. Facts are taken as checked."""
    return answer(every(holds(tree, facts) for tree in settled_conditions(ruleset, on)))


def pivotal_facts(tree: Settled, facts: Facts) -> Iterator[str]:
    """Yield the unknown facts on which a tree with the answer "not known" still hangs, in the order they are written."""
    match tree:
        case OneOf() | OnOrBefore():
            if facts.get(tree.fact) is None:
                yield tree.fact
        case Not() | IfKnown():
            yield from pivotal_facts(tree.part, facts)
        case All() | Any():
            for part in tree.parts:
                if holds(part, facts) is None:
                    yield from pivotal_facts(part, facts)
