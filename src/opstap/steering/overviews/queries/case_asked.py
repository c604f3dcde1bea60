"""What somebody asked of every round for one person and a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from opstap.journey.matching.models import Directive
from opstap.steering.overviews.queries.case_places import NamedPlace


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked of every round for this person and a place; a host's refusal is the host's to end."""

    id: UUID
    kind: str
    place: str
    host: str
    reason: str
    by: str
    at: datetime
    may_end: bool


def asked_of(row: Directive, places: Mapping[UUID, NamedPlace]) -> Asked:
    """Return what was asked, with the names of the place and its host."""
    place = places[row.place_id]
    return Asked(row.pk, row.kind, place.title, place.host, row.reason or "", row.by_label, row.created_at, row.kind != "host_refusal")
