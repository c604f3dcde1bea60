"""What the latest round found for one person: why, other places, the nearest misses and the smallest change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.journey.matching.models import RoundPerson
from opstap.steering.overviews.queries.case_places import NamedPlace, name_in


@dataclass(frozen=True, slots=True)
class Other:
    """Another place where the person could work: what would differ for the person, and what the round would lose."""

    place: str
    difference: tuple[Reason, ...]
    cost: Reason | None


@dataclass(frozen=True, slots=True)
class Miss:
    """A place that came near, and what stands in the way there."""

    place: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the latest round found: why (or why not), other places, the nearest misses and the smallest change.

    `is_enough`: whether the change would bring a proposal, or only open places that others want too.
    """

    on: date
    is_placed: bool
    reasons: tuple[Reason, ...]
    possible: int
    others: tuple[Other, ...]
    misses: tuple[Miss, ...]
    change: tuple[Reason, ...]
    change_place: str
    opens: int
    is_enough: bool


def finding_of(row: RoundPerson, places: Mapping[UUID, NamedPlace]) -> Finding:
    """Return what a round found, as it was stored, with the names of the places."""
    said = row.explanation
    change = said.get("change") or {}
    return Finding(
        on=row.round.on,
        is_placed=row.is_placed,
        reasons=_reasons(said["reasons"]),
        possible=said["possible"],
        others=others_in(said["alternatives"], places),
        misses=tuple(Miss(name_in(places, miss["place"]), _reasons(miss["reasons"])) for miss in said["misses"]),
        change=_reasons(change.get("reasons", ())),
        change_place=name_in(places, change.get("place")),
        opens=len(change.get("opens", ())),
        is_enough=bool(change.get("is_enough")),
    )


def others_in(data: Iterable[Mapping[str, Any]], places: Mapping[UUID, NamedPlace]) -> tuple[Other, ...]:
    """Return alternatives as they were stored, with the names of the places; who has the seats there is not said."""
    return tuple(
        Other(
            place=name_in(places, each["place"]),
            difference=_reasons(each["difference"]),
            cost=Reason.from_json(each["cost"]) if each.get("cost") else None,
        )
        for each in data
    )


def _reasons(data: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason.from_json(reason) for reason in data)
