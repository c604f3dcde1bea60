"""The rules as data: dated numbers with unit, source and confidence, read once from `rules.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from opstap.journey.followup.enums.states import Rule, TaskOwner

RANGES: dict[Rule, dict[str, tuple[int, int]]] = {
    Rule.ABSENCES_IN_ROW: {"times": (2, 10), "due": (1, 14)},
    Rule.NO_CONTACT: {"days": (14, 120), "due": (1, 30)},
    Rule.GOAL_NOT_MOVED: {"weeks": (2, 26), "due": (1, 30)},
    Rule.AGREEMENT_ENDING: {"days": (7, 90), "due": (1, 30)},
    Rule.WORK_OVER: {"due": (1, 14)},
    Rule.EVALUATION_OVERDUE: {"days": (1, 30), "due": (1, 14)},
    Rule.MENTOR_AWAY: {"days": (3, 60), "due": (1, 14)},
    Rule.RELAY_LATE: {"days": (3, 30), "due": (1, 14)},
}
"""The numbers of each rule that a programme can set, with the least and the most that is sane."""
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

    def with_numbers(self, numbers: Mapping[str, int], since: date) -> RuleTerms:
        """Return the same rule with a programme's own numbers, which the programme has confirmed by setting them."""
        own = {
            name: Parameter(name, value, self.parameters[name].unit, "programme", "C", since)
            for name, value in numbers.items()
            if name in self.parameters
        }
        return RuleTerms(self.rule, self.owner, self.parameters | own)

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
