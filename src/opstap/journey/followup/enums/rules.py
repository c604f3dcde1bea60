"""The rules as data: dated numbers with unit, source and confidence, read once from `rules.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.journey.followup.enums.states import Rule, TaskOwner

RULES = Path(__file__).resolve().parent.parent / "rules.yaml"


class RuleError(ValueError):
    """A rule in the file is not complete; the message names the rule and what is wrong."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a rule from a day on. `confidence` "M" is not confirmed and shown as such."""

    name: str
    value: int
    unit: str
    source: str
    confidence: str
    since: date


@dataclass(frozen=True, slots=True)
class RuleTerms:
    """A rule as it holds on a day: its numbers by name, who does the task, and within how many days."""

    rule: Rule
    owner: TaskOwner
    parameters: dict[str, Parameter]

    def __getitem__(self, name: str) -> int:
        """Return the number of that name."""
        return self.parameters[name].value

    @property
    def facts(self) -> dict[str, int]:
        """The numbers as facts for the rule's texts."""
        return {name: parameter.value for name, parameter in self.parameters.items()}

    @property
    def is_confirmed(self) -> bool:
        """Tell whether every number was confirmed in its source."""
        return all(parameter.confidence != "M" for parameter in self.parameters.values())


def read_rules(path: Path, on: date) -> dict[Rule, RuleTerms]:
    """Return the rules of a file as they hold on a day; one without a number on that day is left out.

    Raises RuleError naming the rule that is unknown, or lacks its owner or a number's unit, source or confidence.
    """
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    read = (_terms(code, body, on) for code, body in document["rules"].items())
    return {terms.rule: terms for terms in read if terms is not None}


def _terms(code: str, body: dict[str, Any], on: date) -> RuleTerms | None:
    try:
        rule, owner = Rule(code), TaskOwner(body["owner"])
        found = {name: _holding(name, given, on) for name, given in body["numbers"].items()}
    except (KeyError, ValueError, TypeError) as error:
        msg = f"rule {code}: {error}"
        raise RuleError(msg) from error
    numbers = {name: number for name, number in found.items() if number is not None}
    return RuleTerms(rule, owner, numbers) if len(numbers) == len(found) else None


def _holding(name: str, given: dict[str, Any], on: date) -> Parameter | None:
    """Return the latest value that began on or before the day."""
    values = [each for each in given["values"] if each["from"] <= on]
    if not values:
        return None
    latest = max(values, key=lambda each: each["from"])
    return Parameter(name, int(latest["value"]), given["unit"], given["source"], given["confidence"], latest["from"])


@cache
def rules_on(on: date) -> dict[Rule, RuleTerms]:
    """Return the rules that come with the product as they hold on a day."""
    return read_rules(RULES, on)
