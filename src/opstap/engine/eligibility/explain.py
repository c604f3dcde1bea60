"""Why, until when, what to ask: the explanation beside each answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from opstap.engine.eligibility.evaluate import answer, holds, pivotal_facts
from opstap.engine.eligibility.facts import Facts
from opstap.engine.eligibility.months import add_months
from opstap.engine.eligibility.parameters import ParameterUsed
from opstap.engine.eligibility.results import Answer, ConditionResult
from opstap.engine.eligibility.rulebook import Condition, Ruleset, settled_conditions
from opstap.engine.eligibility.rules import MonthsAtLeast, MonthsBelow, Rule, Runs, facts_of, parameters_of, walk
from opstap.engine.eligibility.settle import Settled
from opstap.engine.shared import Reason
from opstap.engine.shared.reason import FactValue as ReasonFact

_SUFFIX = {Answer.YES: "met", Answer.NO: "not_met", Answer.UNKNOWN: "unknown"}


def question_code(fact: str) -> str:
    """Return the code of the question that asks for a fact."""
    return f"eligibility.ask_{fact}"


def question_fact(code: str) -> str:
    """Return the fact that a question asks for."""
    return code.removeprefix("eligibility.ask_")


@dataclass(frozen=True, slots=True)
class _Turns:
    """When a rule can turn: on fixed days, and so many months after the day of a fact (0: on that day itself)."""

    days: frozenset[date]
    months: tuple[tuple[str, int], ...]


@lru_cache(maxsize=512)
def _turns(ruleset: Ruleset, index: int | None) -> _Turns:
    """Return when the condition at this index can turn, or with None the whole instrument."""
    rule = ruleset.tree if index is None else ruleset.conditions[index].rule
    days = frozenset(value.valid_from for name in parameters_of(rule) for value in ruleset.parameters[name].values)
    return _Turns(days, tuple(dict.fromkeys(_months(rule, ruleset))))


def _months(rule: Rule, ruleset: Ruleset) -> Iterator[tuple[str, int]]:
    for node in walk(rule):
        if isinstance(node, Runs):
            yield node.fact, 0
        elif isinstance(node, MonthsAtLeast | MonthsBelow):
            yield from ((node.fact, dated.value) for dated in ruleset.parameters[node.parameter].values if isinstance(dated.value, int))


def turning_days(ruleset: Ruleset, index: int | None, facts: Facts, on: date) -> list[date]:
    """Return every day after `on` on which an answer can change while the facts stay the same, in order.

    The answer is that of the condition at this index, or with None that of the whole instrument.
    """
    turns = _turns(ruleset, index)
    dated = {add_months(day, months) for name, months in turns.months if isinstance(day := facts.get(name), date)}
    return sorted(day for day in dated | turns.days if on < day < date.max)


def _until(index: int, facts: Facts, ruleset: Ruleset, on: date, now: Answer) -> date | None:
    if now is Answer.UNKNOWN:
        return None
    for day in turning_days(ruleset, index, facts, on):
        if answer(holds(settled_conditions(ruleset, day)[index], facts)) is not now:
            return day
    return None


def _shown(value: object) -> ReasonFact:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | bool | int | tuple) else None


def _reason(condition: Condition, now: Answer, shown: dict[str, ReasonFact]) -> Reason:
    return Reason(f"eligibility.{condition.code}_{_SUFFIX[now]}", shown, condition.reference)


def explain_condition(index: int, tree: Settled, facts: Facts, ruleset: Ruleset, on: date) -> ConditionResult:
    """Return the line of the decision for the condition at this index, of which `tree` is the form on the day."""
    condition = ruleset.conditions[index]
    now = answer(holds(tree, facts))
    until = _until(index, facts, ruleset, on, now)
    used: list[ParameterUsed] = [ruleset.parameters[name].used(on) for name in parameters_of(condition.rule)]
    known = {name: facts.get(name) for name in facts_of(condition.rule)}
    asked = next(pivotal_facts(tree, facts), None) if now is Answer.UNKNOWN else None
    shown = {name: _shown(value) for name, value in known.items()} | {parameter.id: _shown(parameter.value) for parameter in used}
    shown |= {"instrument": ruleset.instrument, "on": on.isoformat(), "until": _shown(until)}
    question = question_code(asked) if asked else None
    return ConditionResult(condition.code, now, _reason(condition, now, shown), until, question, known, tuple(used))


def questions(facts: Facts, trees: tuple[Settled, ...]) -> tuple[str, ...]:
    """Return the questions whose answer can still change an outcome that is not known, in the order of the rules."""
    asked = (fact for tree in trees if holds(tree, facts) is None for fact in pivotal_facts(tree, facts))
    return tuple(question_code(fact) for fact in dict.fromkeys(asked))
