"""The typed condition tree of a rule file: what can be asked of a fact, and how conditions combine.

Every node reads and writes the same plain data that stands in the YAML file (`parse_rule` and `as_json` are inverses).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from opstap.engine.eligibility.facts import FACT_TYPES, FactKind


@dataclass(frozen=True, slots=True)
class IsOneOf:
    """The fact is one of the values written in the rule itself (used for codes whose meaning is fixed)."""

    fact: str
    values: tuple[str | bool, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"fact": self.fact, "is": list(self.values)}


@dataclass(frozen=True, slots=True)
class InParameter:
    """The fact is one of the values of a list parameter. Without a list on the day the answer is no."""

    fact: str
    parameter: str

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"fact": self.fact, "in": self.parameter}


@dataclass(frozen=True, slots=True)
class NotInParameter:
    """The fact is none of the values of a list parameter. Without a list on the day the answer is yes."""

    fact: str
    parameter: str

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"fact": self.fact, "not_in": self.parameter}


@dataclass(frozen=True, slots=True)
class MonthsAtLeast:
    """So many months that began on the fact's day are complete. Without a number on the day, nothing is asked."""

    fact: str
    parameter: str

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"fact": self.fact, "months_at_least": self.parameter}


@dataclass(frozen=True, slots=True)
class MonthsBelow:
    """So many months that began on the fact's day are not yet complete. Without a number on the day, nothing is asked."""

    fact: str
    parameter: str

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"fact": self.fact, "months_below": self.parameter}


@dataclass(frozen=True, slots=True)
class Runs:
    """The right of which the fact is the first day after it still runs."""

    fact: str

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"fact": self.fact, "runs": True}


@dataclass(frozen=True, slots=True)
class Switch:
    """A yes-or-no parameter; without a value on the day the answer is no."""

    parameter: str

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"switch": self.parameter}


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Rule, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"all": [part.as_json() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Rule, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"any": [part.as_json() for part in self.parts]}


@dataclass(frozen=True, slots=True)
class NotSo:
    """The part does not hold."""

    part: Rule

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"not": self.part.as_json()}


@dataclass(frozen=True, slots=True)
class WhenKnown:
    """The part counts only when the fact is known; otherwise nothing is asked, and the fact is not asked for."""

    fact: str
    part: Rule

    def as_json(self) -> dict[str, Any]:
        """Return the node as it stands in a rule file."""
        return {"when_known": self.fact, "then": self.part.as_json()}


Rule = IsOneOf | InParameter | NotInParameter | MonthsAtLeast | MonthsBelow | Runs | Switch | AllOf | AnyOf | NotSo | WhenKnown


class RuleError(ValueError):
    """A rule file says something that cannot be a rule; the message names the place and what may stand there."""


def _fact(data: Mapping[str, Any], *, dated: bool, key: str = "fact") -> str:
    name = str(data[key])
    if name not in FACT_TYPES:
        msg = f"{dict(data)}: there is no fact {name!r}; a rule can read {', '.join(FACT_TYPES)}"
        raise RuleError(msg)
    if dated != (FACT_TYPES[name].kind is FactKind.DATE):
        msg = f"{dict(data)}: {name!r} is {'not ' if dated else ''}a date, so this cannot be asked of it"
        raise RuleError(msg)
    return name


def _is_one_of(data: Mapping[str, Any]) -> Rule:
    name = _fact(data, dated=False)
    values = tuple(data["is"]) if isinstance(data["is"], list) else (data["is"],)
    strange = [value for value in values if FACT_TYPES[name].codes and value not in FACT_TYPES[name].codes]
    if strange:
        msg = f"{dict(data)}: {name!r} is never {strange[0]!r}; it is one of {', '.join(map(repr, FACT_TYPES[name].codes))}"
        raise RuleError(msg)
    return IsOneOf(name, values)


def _when_known(data: Mapping[str, Any]) -> Rule:
    name = str(data["when_known"])
    if name not in FACT_TYPES:
        msg = f"{dict(data)}: there is no fact {name!r}; a rule can read {', '.join(FACT_TYPES)}"
        raise RuleError(msg)
    return WhenKnown(name, parse_rule(data["then"]))


_FORMS: Mapping[frozenset[str], Any] = {
    frozenset({"fact", "is"}): _is_one_of,
    frozenset({"fact", "in"}): lambda data: InParameter(_fact(data, dated=False), data["in"]),
    frozenset({"fact", "not_in"}): lambda data: NotInParameter(_fact(data, dated=False), data["not_in"]),
    frozenset({"fact", "months_at_least"}): lambda data: MonthsAtLeast(_fact(data, dated=True), data["months_at_least"]),
    frozenset({"fact", "months_below"}): lambda data: MonthsBelow(_fact(data, dated=True), data["months_below"]),
    frozenset({"fact", "runs"}): lambda data: Runs(_fact(data, dated=True)),
    frozenset({"switch"}): lambda data: Switch(data["switch"]),
    frozenset({"all"}): lambda data: AllOf(tuple(parse_rule(part) for part in data["all"])),
    frozenset({"any"}): lambda data: AnyOf(tuple(parse_rule(part) for part in data["any"])),
    frozenset({"not"}): lambda data: NotSo(parse_rule(data["not"])),
    frozenset({"when_known", "then"}): _when_known,
}


def parse_rule(data: Mapping[str, Any]) -> Rule:
    """Return the rule that the plain data of a rule file says; raises RuleError for a form, a fact or a code that does not exist."""
    form = _FORMS.get(frozenset(data))
    if form is None:
        forms = "; ".join(" + ".join(sorted(keys)) for keys in _FORMS)
        msg = f"{dict(data)} is not a rule; a rule is one of: {forms}"
        raise RuleError(msg)
    rule: Rule = form(data)
    return rule


def walk(rule: Rule) -> Iterator[Rule]:
    """Yield the rule and all its parts, in the order they are written."""
    yield rule
    if isinstance(rule, AllOf | AnyOf):
        for part in rule.parts:
            yield from walk(part)
    elif isinstance(rule, NotSo | WhenKnown):
        yield from walk(rule.part)


@lru_cache(maxsize=512)
def parameters_of(rule: Rule) -> tuple[str, ...]:
    """Return the ids of the parameters that a rule reads, each once, in the order they are written."""
    found = (node.parameter for node in walk(rule) if isinstance(node, InParameter | NotInParameter | MonthsAtLeast | MonthsBelow | Switch))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=512)
def facts_of(rule: Rule) -> tuple[str, ...]:
    """Return the names of the facts that a rule reads, each once, in the order they are written."""
    found = (node.fact for node in walk(rule) if not isinstance(node, AllOf | AnyOf | NotSo | Switch))
    return tuple(dict.fromkeys(found))
