"""Dated numbers: which rate holds on a day for an instrument, with its source and how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from opstap.engine.shared import Period
from opstap.engine.shared.vocabulary import INSTRUMENTS

KINDS = ("allowance", "travel", "hours_min", "hours_max", "months_max", "half_day_hours")
CONFIDENCES = ("C", "S", "D", "M")
TO_BE_CONFIRMED = frozenset({"M"})
"""Confidences with which a number is shown as "to be confirmed"."""


class RateError(Exception):
    """A file of rates says something that cannot be; the message names the rate and what may stand there."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One version of one number: `value` in `unit`, for some instruments, on the days of `period`."""

    id: str
    kind: str
    title: str
    value: Decimal
    unit: str
    instruments: frozenset[str]
    period: Period
    source: str
    confidence: str

    @property
    def is_confirmed(self) -> bool:
        """Whether it can be shown without the mark "to be confirmed"."""
        return self.confidence not in TO_BE_CONFIRMED


@dataclass(frozen=True, slots=True)
class RateBook:
    """All versions of all rates."""

    rates: tuple[Rate, ...]

    def __post_init__(self) -> None:
        """Raise RateError when two versions hold for one kind, instrument and day: nobody could say which one counts."""
        for index, one in enumerate(self.rates):
            for other in self.rates[index + 1 :]:
                if one.kind == other.kind and one.instruments & other.instruments and one.period.overlaps(other.period):
                    msg = f"{one.id} and {other.id} both say {one.kind} on the same days for the same instrument"
                    raise RateError(msg)

    def on(self, kind: str, instrument: str, day: date) -> Rate | None:
        """Return the rate of this kind that holds for the instrument on the day, or None when there is none."""
        return next((rate for rate in self.rates if rate.kind == kind and instrument in rate.instruments and day in rate.period), None)

    def ever(self, kind: str, instrument: str) -> bool:
        """Tell whether the instrument has a rate of this kind on any day."""
        return any(rate.kind == kind and instrument in rate.instruments for rate in self.rates)

    @classmethod
    def from_json(cls, data: Iterable[Mapping[str, Any]]) -> RateBook:
        """Return the book that the data describe; raises RateError naming the rate and what is wrong with it."""
        return cls(tuple(rate for entry in data for rate in _versions(entry)))


def _versions(entry: Mapping[str, Any]) -> list[Rate]:
    """Return the versions of one rate, each until the day on which the next begins."""
    values = sorted(entry["values"], key=lambda value: value["from"])
    ends = [value["from"] for value in values[1:]] + [None]
    return [_version(entry, value, value.get("until", end)) for value, end in zip(values, ends, strict=True)]


def _version(entry: Mapping[str, Any], value: Mapping[str, Any], until: date | None) -> Rate:
    name, kind = f"{entry['id']}@{value['from']:%Y-%m-%d}", entry["kind"]
    confidence = value.get("confidence", entry["confidence"])
    _must_be_one_of(name, (kind,), KINDS)
    _must_be_one_of(name, (confidence,), CONFIDENCES)
    _must_be_one_of(name, entry["instruments"], INSTRUMENTS)
    return Rate(
        id=name,
        kind=kind,
        title=entry["title"],
        value=_amount(name, value["value"]),
        unit=entry["unit"],
        instruments=frozenset(entry["instruments"]),
        period=Period(value["from"], until),
        source=value.get("source", entry["source"]),
        confidence=confidence,
    )


def _must_be_one_of(name: str, said: Iterable[str], known: tuple[str, ...]) -> None:
    for word in said:
        if word not in known:
            msg = f"{name}: {word!r} is not one of {', '.join(known)}"
            raise RateError(msg)


def _amount(name: str, said: object) -> Decimal:
    """Return the number; it is written as text, so that no binary fraction slips in."""
    try:
        value = Decimal(said) if isinstance(said, str) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or value < 0:
        msg = f'{name}: {said!r} is not a number written as text, such as "1.30"'
        raise RateError(msg)
    return value
