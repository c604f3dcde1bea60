"""The numbers and lists of the law and the programme: one value per period, each with its source and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from opstap.engine.shared import Reason, Refused

ParameterValue = int | bool | tuple[str, ...] | None
MOST_MONTHS = 1200


class Unit(StrEnum):
    """What a parameter's value is: a number of months, yes or no, or a list of codes or names."""

    MONTHS = "months"
    YES_NO = "yes_no"
    LIST = "list"


class Confidence(StrEnum):
    """How sure the source is: confirmed, one secondary source, derived by calculation, or still to be confirmed."""

    CONFIRMED = "C"
    SECONDARY = "S"
    DERIVED = "D"
    TO_BE_CONFIRMED = "M"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value that holds from a day on, until the next value of the same parameter. None: from then on there is none."""

    valid_from: date
    value: ParameterValue
    source: str
    confidence: Confidence

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"from": self.valid_from.isoformat(), "value": value, "source": self.source, "confidence": self.confidence.value}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], source: str = "", confidence: str = "M") -> DatedValue:
        """Return the value written in a rule file or by `as_json`; source and confidence may stand one level up."""
        value = tuple(data["value"]) if isinstance(data["value"], list) else data["value"]
        day = data["from"] if isinstance(data["from"], date) else date.fromisoformat(data["from"])
        return cls(day, value, data.get("source", source), Confidence(data.get("confidence", confidence)))


@dataclass(frozen=True, slots=True)
class ParameterUsed:
    """The value of a parameter as a decision used it."""

    id: str
    value: ParameterValue
    valid_from: date | None
    source: str
    confidence: Confidence

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        return {
            "id": self.id,
            "value": list(self.value) if isinstance(self.value, tuple) else self.value,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "source": self.source,
            "confidence": self.confidence.value,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ParameterUsed:
        """Return the parameter that `as_json` wrote."""
        value = tuple(data["value"]) if isinstance(data["value"], list) else data["value"]
        day = date.fromisoformat(data["valid_from"]) if data["valid_from"] else None
        return cls(data["id"], value, day, data["source"], Confidence(data["confidence"]))


@dataclass(frozen=True, slots=True)
class ParameterChange:
    """A proposal: from this day on the parameter has this value. A value with the same first day is replaced."""

    parameter: str
    valid_from: date
    value: ParameterValue
    source: str
    confidence: Confidence = Confidence.TO_BE_CONFIRMED


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number, a yes or no, or a list, with its value per period (oldest first); `title` is the English text of its name."""

    id: str
    title: str
    unit: Unit
    values: tuple[DatedValue, ...]

    def __post_init__(self) -> None:
        """Raise Refused for values out of order or of the wrong unit."""
        days = [value.valid_from for value in self.values]
        if days != sorted(set(days)):
            raise Refused(Reason("eligibility.parameter_days_unordered", {"parameter": self.id}))
        for dated in self.values:
            if not _fits(dated.value, self.unit):
                raise Refused(Reason("eligibility.parameter_wrong_kind", {"parameter": self.id, "unit": self.unit.value}))

    def dated(self, on: date) -> DatedValue | None:
        """Return the value in force on the day with its source, or None before the first."""
        held = [value for value in self.values if value.valid_from <= on]
        return held[-1] if held else None

    def value(self, on: date) -> ParameterValue:
        """Return the value in force on the day; None when nothing is asked on that day."""
        dated = self.dated(on)
        return dated.value if dated else None

    def used(self, on: date) -> ParameterUsed:
        """Return the value in force on the day as a decision records it."""
        dated = self.dated(on)
        if dated is None:
            return ParameterUsed(self.id, None, None, "", Confidence.CONFIRMED)
        return ParameterUsed(self.id, dated.value, dated.valid_from, dated.source, dated.confidence)

    def changed(self, change: ParameterChange) -> Parameter:
        """Return the parameter with the change applied; raises Refused when the value does not fit the unit."""
        value = tuple(change.value) if isinstance(change.value, list | tuple) else change.value
        new = DatedValue(change.valid_from, value, change.source, change.confidence)
        kept = [old for old in self.values if old.valid_from != change.valid_from]
        return replace(self, values=tuple(sorted([*kept, new], key=lambda dated: dated.valid_from)))

    def as_json(self) -> dict[str, Any]:
        """Return JSON-ready data; `from_json` is the inverse."""
        return {"id": self.id, "title": self.title, "unit": self.unit.value, "values": [value.as_json() for value in self.values]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Parameter:
        """Return the parameter written in a rule file or by `as_json`."""
        source, confidence = data.get("source", ""), data.get("confidence", "M")
        values = tuple(DatedValue.from_json(value, source, confidence) for value in data["values"])
        return cls(data["id"], data["title"], Unit(data["unit"]), values)


def _fits(value: ParameterValue, unit: Unit) -> bool:
    if value is None:
        return True
    if unit is Unit.YES_NO:
        return isinstance(value, bool)
    if unit is Unit.MONTHS:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_MONTHS
    return isinstance(value, tuple) and all(isinstance(item, str) and item for item in value)


def with_changes(parameters: Mapping[str, Parameter], changes: Iterable[ParameterChange]) -> dict[str, Parameter]:
    """Return the parameters with all changes applied; raises Refused for a parameter that does not exist."""
    changed = dict(parameters)
    for change in changes:
        if change.parameter not in changed:
            raise Refused(Reason("eligibility.parameter_unknown", {"parameter": change.parameter}))
        changed[change.parameter] = changed[change.parameter].changed(change)
    return changed
