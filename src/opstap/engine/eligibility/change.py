"""The smallest change that opens a closed door. Tried on the rules themselves, so that a suggestion is never a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from opstap.engine.eligibility.evaluate import holds, outcome
from opstap.engine.eligibility.explain import turning_days
from opstap.engine.eligibility.facts import Facts
from opstap.engine.eligibility.results import Answer, Change, ChangeKind
from opstap.engine.eligibility.rulebook import Remedy, RuleBook, Ruleset, settled_conditions
from opstap.engine.eligibility.settle import settle
from opstap.engine.shared import Reason


def _remedies(facts: Facts, ruleset: Ruleset, on: date) -> list[Remedy]:
    """Return what may be suggested to this person today: a remedy with its own "when", or one for a condition that is not met."""
    found: list[Remedy] = []
    for condition, tree in zip(ruleset.conditions, settled_conditions(ruleset, on), strict=True):
        for remedy in condition.remedies:
            allowed = holds(settle(remedy.when, ruleset.parameters, on), facts) if remedy.when else holds(tree, facts) is False
            if allowed:
                found.append(remedy)
    return found


def _attempts(facts: Facts, ruleset: Ruleset, on: date) -> Iterator[tuple[tuple[Remedy, ...], date]]:
    """Yield remedies with the day they are tried on, fewest steps first (waiting is a step), then the earliest day."""
    remedies = _remedies(facts, ruleset, on)
    waits = turning_days(ruleset, None, facts, on)
    for steps in range(1, len(remedies) + 2):
        yield from ((chosen, on) for chosen in combinations(remedies, steps))
        yield from ((chosen, day) for day in waits for chosen in combinations(remedies, steps - 1))


def _steps(chosen: tuple[Remedy, ...], day: date, on: date, ruleset: Ruleset) -> tuple[Change, ...]:
    steps = []
    if day > on:
        facts = {"date": day.isoformat(), "instrument": ruleset.instrument}
        steps.append(Change(ChangeKind.DATE_REACHED, Reason("eligibility.change_date_reached", facts), day))
    for remedy in chosen:
        reason = Reason(f"eligibility.change_{remedy.code}", {"instrument": ruleset.instrument})
        steps.append(Change(ChangeKind(remedy.kind), reason, None))
    return tuple(steps)


def _other_doors(facts: Facts, rulebook: RuleBook, closed: str, on: date) -> tuple[Change, ...]:
    open_now = [other for other in rulebook.instruments if other != closed and outcome(facts, rulebook.ruleset(other), on) is Answer.YES]
    return tuple(
        Change(ChangeKind.OTHER_INSTRUMENT, Reason("eligibility.change_other_instrument", {"instrument": closed, "other": other}), on)
        for other in open_now
    )


def smallest_changes(facts: Facts, rulebook: RuleBook, ruleset: Ruleset, on: date) -> tuple[Change, ...]:
    """Return the fewest steps after which the answer is no longer no, or else the other instruments that are open to the person today."""
    for chosen, day in _attempts(facts, ruleset, on):
        changed = dict(facts)
        for remedy in chosen:
            changed.update(remedy.sets)
        if outcome(changed, ruleset, day) is not Answer.NO:
            return _steps(chosen, day, on, ruleset)
    return _other_doors(facts, rulebook, ruleset.instrument, on)
