"""All rules and numbers of the programme as one immutable book: it can be stored, read back, changed and compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from opstap.engine.eligibility.facts import FACT_TYPES, FactValue, facts_as_json, facts_from_json
from opstap.engine.eligibility.parameters import Parameter, ParameterChange, Unit, with_changes
from opstap.engine.eligibility.rules import (
    AllOf,
    InParameter,
    MonthsAtLeast,
    MonthsBelow,
    NotInParameter,
    Rule,
    RuleError,
    Switch,
    WhenKnown,
    facts_of,
    parameters_of,
    parse_rule,
    walk,
)
from opstap.engine.eligibility.settle import Settled, settle
from opstap.engine.shared import Reason, Refused

if TYPE_CHECKING:
    from datetime import date


def canonical_bytes(data: object) -> bytes:
    """Return JSON-ready data as bytes that are the same for the same data, on every machine."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that a person, a counsellor or a host can make: what it sets, and when it may be suggested at all."""

    kind: str
    code: str
    sets: Mapping[str, FactValue]
    when: Rule | None

    def as_json(self) -> dict[str, Any]:
        """Return the remedy as it stands in a rule file."""
        data: dict[str, Any] = {"kind": self.kind, "code": self.code, "sets": facts_as_json(self.sets)}
        return data | ({"when": self.when.as_json()} if self.when else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Remedy:
        """Return the remedy of a rule file; raises RuleError when it sets a fact that does not exist."""
        strange = set(data["sets"]) - set(FACT_TYPES)
        if strange:
            msg = f"remedy {data['code']!r} sets {', '.join(sorted(strange))}, which no rule reads"
            raise RuleError(msg)
        sets = MappingProxyType(facts_from_json(data["sets"]))
        return cls(data["kind"], data["code"], sets, parse_rule(data["when"]) if "when" in data else None)


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the decision, with its own badge: a rule, the law it comes from, and what could change a "no"."""

    code: str
    rule: Rule
    reference: str
    remedies: tuple[Remedy, ...] = ()

    @property
    def only_when_known(self) -> str | None:
        """The fact without which this condition is not part of the decision."""
        return self.rule.fact if isinstance(self.rule, WhenKnown) else None

    def as_json(self) -> dict[str, Any]:
        """Return the condition as it stands in a rule file."""
        remedies = [remedy.as_json() for remedy in self.remedies]
        return {"code": self.code, "rule": self.rule.as_json(), "reference": self.reference, "remedies": remedies}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Condition:
        """Return the condition of a rule file."""
        remedies = tuple(Remedy.from_json(remedy) for remedy in data.get("remedies", ()))
        return cls(data["code"], parse_rule(data["rule"]), data.get("reference", ""), remedies)


@dataclass(frozen=True, eq=False)
class Ruleset:
    """The conditions of one instrument with the parameters they read; `version` is a digest of exactly that content."""

    instrument: str
    title: str
    conditions: tuple[Condition, ...]
    parameters: Mapping[str, Parameter]
    version: str

    @cached_property
    def tree(self) -> AllOf:
        """The whole instrument as one rule."""
        return AllOf(tuple(condition.rule for condition in self.conditions))

    @cached_property
    def facts_by_condition(self) -> tuple[tuple[str, ...], ...]:
        """The facts that each condition reads, in the order they are written."""
        return tuple(facts_of(condition.rule) for condition in self.conditions)

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact on which a decision or its smallest change can rest."""
        whens = [remedy.when for condition in self.conditions for remedy in condition.remedies if remedy.when]
        return frozenset(facts_of(AllOf((self.tree, *whens))))

    def as_json(self) -> dict[str, Any]:
        """Return the instrument as it stands in a rule file."""
        conditions = [condition.as_json() for condition in self.conditions]
        return {"instrument": self.instrument, "title": self.title, "conditions": conditions}


_UNITS: Mapping[type, Unit] = {
    InParameter: Unit.LIST,
    NotInParameter: Unit.LIST,
    MonthsAtLeast: Unit.MONTHS,
    MonthsBelow: Unit.MONTHS,
    Switch: Unit.YES_NO,
}


def _check_units(rule: Rule, parameters: Mapping[str, Parameter]) -> None:
    for node in walk(rule):
        if isinstance(node, InParameter | NotInParameter | MonthsAtLeast | MonthsBelow | Switch):
            unit = parameters[node.parameter].unit
            if unit is not _UNITS[type(node)]:
                msg = f"{node.as_json()}: {node.parameter} is of the kind {unit.value}; here it has to be {_UNITS[type(node)].value}"
                raise RuleError(msg)


def _ruleset(data: Mapping[str, Any], parameters: Mapping[str, Parameter]) -> Ruleset:
    conditions = tuple(Condition.from_json(condition) for condition in data["conditions"])
    rules = [condition.rule for condition in conditions]
    rules += [remedy.when for condition in conditions for remedy in condition.remedies if remedy.when]
    names = parameters_of(AllOf(tuple(rules)))
    missing = [name for name in names if name not in parameters]
    if missing:
        msg = f"{data['instrument']}: the rules read {', '.join(missing)}, which no rule file gives a value"
        raise RuleError(msg)
    used = {name: parameters[name] for name in names}
    _check_units(AllOf(tuple(rules)), used)
    content = {"rules": [condition.as_json() for condition in conditions], "parameters": [used[name].as_json() for name in names]}
    version = hashlib.sha256(canonical_bytes({"instrument": data["instrument"], **content})).hexdigest()[:20]
    return Ruleset(data["instrument"], data["title"], conditions, MappingProxyType(used), version)


@dataclass(frozen=True, eq=False)
class RuleBook:
    """Every instrument with its rules, and every parameter with its values over time."""

    rulesets: Mapping[str, Ruleset]
    all_parameters: Mapping[str, Parameter]

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments, in the order of the book."""
        return tuple(self.rulesets)

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """Every fact on which a decision can rest, in the order in which facts are listed."""
        read = {name for ruleset in self.rulesets.values() for name in ruleset.facts}
        return tuple(name for name in FACT_TYPES if name in read)

    @cached_property
    def version(self) -> str:
        """A digest of the whole book."""
        return hashlib.sha256(canonical_bytes(self.as_json())).hexdigest()[:20]

    def ruleset(self, instrument: str) -> Ruleset:
        """Return the rules of an instrument; raises Refused when the book has none for it."""
        if instrument not in self.rulesets:
            raise Refused(Reason("eligibility.instrument_unknown", {"instrument": instrument}))
        return self.rulesets[instrument]

    def parameters(self) -> tuple[Parameter, ...]:
        """Return every number, list and switch with its values over time, source and confidence."""
        return tuple(self.all_parameters.values())

    def with_changes(self, changes: Iterable[ParameterChange]) -> RuleBook:
        """Return a new book with the changes applied; raises Refused for a parameter that does not exist or a value that does not fit."""
        parameters = with_changes(self.all_parameters, changes)
        return _book([ruleset.as_json() for ruleset in self.rulesets.values()], parameters)

    def as_json(self) -> dict[str, Any]:
        """Return the whole book as JSON-ready data; `from_json` is its exact inverse, so that a stored decision can be replayed."""
        return {
            "parameters": [parameter.as_json() for parameter in self.all_parameters.values()],
            "instruments": [ruleset.as_json() for ruleset in self.rulesets.values()],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RuleBook:
        """Return the book that `as_json` wrote; raises RuleError or Refused when it says something that cannot be a rule."""
        parameters = {parameter["id"]: Parameter.from_json(parameter) for parameter in data["parameters"]}
        return _book(data["instruments"], parameters)


def _book(instruments: Iterable[Mapping[str, Any]], parameters: Mapping[str, Parameter]) -> RuleBook:
    rulesets = {data["instrument"]: _ruleset(data, parameters) for data in instruments}
    return RuleBook(MappingProxyType(rulesets), MappingProxyType(dict(parameters)))


@lru_cache(maxsize=1024)
def settled_conditions(ruleset: Ruleset, on: date) -> tuple[Settled, ...]:
    """Return each condition of the ruleset as it stands on the day, in the same order (remembered for the next decision)."""
    return tuple(settle(condition.rule, ruleset.parameters, on) for condition in ruleset.conditions)


def facts_read(ruleset: Ruleset) -> tuple[str, ...]:
    """Return the facts that the conditions of an instrument read, in the order they are written."""
    return facts_of(ruleset.tree)
