"""What a decision says: an answer per condition with its reason, the questions left, and the smallest change that opens the door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from opstap.engine.eligibility.facts import FactValue, facts_as_json, facts_from_json
from opstap.engine.eligibility.parameters import ParameterUsed
from opstap.engine.shared import Reason


class Answer(StrEnum):
    """Yes, no, or not known: then there is a question to ask."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ChangeKind(StrEnum):
    """Who or what brings the change: time, a paper, a training, another place, or another instrument that is open already."""

    DATE_REACHED = "date_reached"
    DOCUMENT = "document"
    TRAINING = "training"
    PLACE = "place"
    OTHER_INSTRUMENT = "other_instrument"


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """One line of the decision.

    `until` is the day from which this answer no longer holds because time passes, if there is one; `question` is the code of what to ask
    when the answer is not known; `facts` and `parameters` are what the answer rests on.
    """

    code: str
    answer: Answer
    reason: Reason
    until: date | None
    question: str | None
    facts: Mapping[str, FactValue]
    parameters: tuple[ParameterUsed, ...]

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        return {
            "code": self.code,
            "answer": self.answer.value,
            "reason": self.reason.as_json(),
            "until": _iso(self.until),
            "question": self.question,
            "facts": facts_as_json(self.facts),
            "parameters": [parameter.as_json() for parameter in self.parameters],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ConditionResult:
        """Return the line that `as_json` wrote."""
        parameters = tuple(ParameterUsed.from_json(parameter) for parameter in data["parameters"])
        facts = MappingProxyType(facts_from_json(data["facts"]))
        reason = Reason.from_json(data["reason"])
        return cls(data["code"], Answer(data["answer"]), reason, _day(data["until"]), data["question"], facts, parameters)


@dataclass(frozen=True, slots=True)
class Change:
    """One step that opens the door; `on` is the day on which it has its effect. Never health, family or origin."""

    kind: ChangeKind
    reason: Reason
    on: date | None

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        return {"kind": self.kind.value, "reason": self.reason.as_json(), "on": _iso(self.on)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Change:
        """Return the change that `as_json` wrote."""
        return cls(ChangeKind(data["kind"]), Reason.from_json(data["reason"]), _day(data["on"]))


@dataclass(frozen=True, slots=True)
class Result:
    """The decision on one person for one instrument on one day.

    `questions` are only those whose answer can still change the outcome. `smallest_changes` together open a door that is closed, in as few
    steps as possible; when this door cannot be opened they name the instruments that are open. `expires_on` is the first day on which time
    alone changes the answer.
    """

    instrument: str
    on: date
    answer: Answer
    conditions: tuple[ConditionResult, ...]
    questions: tuple[str, ...]
    smallest_changes: tuple[Change, ...]
    expires_on: date | None
    ruleset_version: str

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse, and the canonical bytes of both are the same."""
        return {
            "instrument": self.instrument,
            "on": self.on.isoformat(),
            "answer": self.answer.value,
            "conditions": [condition.as_json() for condition in self.conditions],
            "questions": list(self.questions),
            "smallest_changes": [change.as_json() for change in self.smallest_changes],
            "expires_on": _iso(self.expires_on),
            "ruleset_version": self.ruleset_version,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Result:
        """Return the decision that `as_json` wrote."""
        return cls(
            instrument=data["instrument"],
            on=date.fromisoformat(data["on"]),
            answer=Answer(data["answer"]),
            conditions=tuple(ConditionResult.from_json(condition) for condition in data["conditions"]),
            questions=tuple(data["questions"]),
            smallest_changes=tuple(Change.from_json(change) for change in data["smallest_changes"]),
            expires_on=_day(data["expires_on"]),
            ruleset_version=data["ruleset_version"],
        )
