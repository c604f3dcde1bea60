"""What the places that a case file speaks of are called: asked once for all its sections together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from opstap.foundation.prepared import Prepared
from opstap.journey.places.models import Place

_COLUMNS = ("id", "title", "organisation__name", "half_days", "site__neighbourhood", "site__name")


_NAMED = Prepared(lambda ids: Place.objects.filter(pk__in=ids).order_by().values_list(*_COLUMNS))


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as a file names it: title and host, its half-days (a mask of 14 bits) and where it lies."""

    title: str
    host: str
    half_days: int
    where: str

    def __str__(self) -> str:
        """Return title and host together."""
        return f"{self.title}, {self.host}"


def named_places(ids: Iterable[UUID]) -> dict[UUID, NamedPlace]:
    """Return the places with these ids, in one query; what a place is called is public."""
    rows = _NAMED(ids=tuple(set(ids)))
    return {key: NamedPlace(title, host, half_days, neighbourhood or site) for key, title, host, half_days, neighbourhood, site in rows}


def place_ids_in(said: Mapping[str, Any]) -> set[UUID]:
    """Return the ids of the places that a stored explanation speaks of."""
    change = said.get("change") or {}
    mentioned = [*said["alternatives"], *said["misses"], *([change] if change.get("place") else [])]
    return {UUID(str(each["place"])) for each in mentioned}


def name_in(places: Mapping[UUID, NamedPlace], key: object) -> str:
    """Return how the place with this id (as it was stored, as text) is called, "" when there is none any more."""
    place = places.get(UUID(str(key))) if key else None
    return str(place) if place else ""
