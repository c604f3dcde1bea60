"""A rule on one day: the parameters filled in, months turned into dates. All back-ends start from this small tree of seven nodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opstap.engine.eligibility.months import latest_start
from opstap.engine.eligibility.parameters import Parameter, ParameterValue
from opstap.engine.eligibility.rules import (
    AllOf,
    AnyOf,
    InParameter,
    IsOneOf,
    MonthsAtLeast,
    MonthsBelow,
    NotInParameter,
    NotSo,
    Rule,
    Runs,
    Switch,
    WhenKnown,
)


@dataclass(frozen=True, slots=True)
class Always:
    """The answer does not depend on any fact."""

    holds: bool


@dataclass(frozen=True, slots=True)
class OneOf:
    """The fact is one of these values (never empty)."""

    fact: str
    values: tuple[str | bool, ...]


@dataclass(frozen=True, slots=True)
class OnOrBefore:
    """The fact is a date on or before the day."""

    fact: str
    day: date


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Settled


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds (two parts or more)."""

    parts: tuple[Settled, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds (two parts or more)."""

    parts: tuple[Settled, ...]


@dataclass(frozen=True, slots=True)
class IfKnown:
    """Holds when the fact is not known; otherwise as the part."""

    fact: str
    part: Settled


Settled = Always | OneOf | OnOrBefore | Not | All | Any | IfKnown
YES, NO = Always(holds=True), Always(holds=False)


def _one_of(fact: str, values: ParameterValue) -> Settled:
    if not isinstance(values, tuple | None):
        msg = f"{fact} is compared with {values!r}, which is not a list"
        raise TypeError(msg)
    return OneOf(fact, tuple(dict.fromkeys(values))) if values else NO


def _months(fact: str, months: ParameterValue, on: date, *, complete: bool) -> Settled:
    if months is None:
        return YES
    if isinstance(months, bool) or not isinstance(months, int):
        msg = f"{fact} is compared with {months!r}, which is not a number of months"
        raise TypeError(msg)
    begun = OnOrBefore(fact, latest_start(on, months))
    return begun if complete else Not(begun)


def all_of(parts: list[Settled]) -> Settled:
    """Return the conjunction, without parts that always hold."""
    kept = tuple(dict.fromkeys(part for part in parts if part != YES))
    if NO in kept:
        return NO
    return (All(kept) if len(kept) > 1 else kept[0]) if kept else YES


def any_of(parts: list[Settled]) -> Settled:
    """Return the disjunction, without parts that never hold."""
    kept = tuple(dict.fromkeys(part for part in parts if part != NO))
    if YES in kept:
        return YES
    return (Any(kept) if len(kept) > 1 else kept[0]) if kept else NO


def _negated(part: Settled) -> Settled:
    return Always(holds=not part.holds) if isinstance(part, Always) else Not(part)


def _if_known(fact: str, part: Settled) -> Settled:
    return YES if part == YES else IfKnown(fact, part)


def settle(rule: Rule, parameters: Mapping[str, Parameter], on: date) -> Settled:  # noqa: PLR0911 - one return per kind of node
    """Return the rule as it stands on the day `on`; raises KeyError for a parameter that is not given."""
    match rule:
        case AllOf():
            return all_of([settle(part, parameters, on) for part in rule.parts])
        case AnyOf():
            return any_of([settle(part, parameters, on) for part in rule.parts])
        case NotSo():
            return _negated(settle(rule.part, parameters, on))
        case WhenKnown():
            return _if_known(rule.fact, settle(rule.part, parameters, on))
        case IsOneOf():
            return OneOf(rule.fact, rule.values)
        case Runs():
            return Not(OnOrBefore(rule.fact, on))
    return _settle_parameter(rule, parameters[rule.parameter].value(on), on)


def _settle_parameter(
    rule: InParameter | NotInParameter | MonthsAtLeast | MonthsBelow | Switch, value: ParameterValue, on: date
) -> Settled:
    match rule:
        case InParameter():
            return _one_of(rule.fact, value)
        case NotInParameter():
            return _negated(_one_of(rule.fact, value))
        case MonthsAtLeast():
            return _months(rule.fact, value, on, complete=True)
        case MonthsBelow():
            return _months(rule.fact, value, on, complete=False)
        case Switch():
            return Always(holds=value is True)
