"""What a row of places would change of a place, seen against what the place says now and what a list said of it last.

Only what a list says otherwise than the list before it is news. Where the place was changed here since, what stands here stays
until somebody chooses the list; an older list, or one without a list before it, never overwrites anything by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from opstap.bridges.spreadsheets.cells import fold
from opstap.bridges.spreadsheets.places import PlaceRow
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.journey.imports.enums import RowKind
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.queries.differences import Difference, Kind
from opstap.journey.imports.queries.values import field_headers, row_value
from opstap.journey.places.models import Place

TERMS = (
    "title", "half_days", "instruments", "starts_on", "until_on", "occupation_code", "tasks", "hours_per_month", "dutch_level",
    "licences", "demands", "teaches",
)  # fmt: skip
PLACE_FIELDS = (*TERMS, "mentor", "capacity")
_COLUMNS = {"title": "function", "until_on": "until"}
_NOTHING: tuple[Any, ...] = (None, "", [])


def column_of(name: str) -> str:
    """Return the column of a list in which this field of a place stands."""
    return _COLUMNS.get(name, name)


def place_values(value: PlaceRow) -> dict[str, Any]:
    """Return what the row says of a place, as the fields of a place; lists as lists."""
    hours = value.hours_per_month
    said = {
        "title": value.function,
        "half_days": half_day_mask(value.half_days or ()),
        "starts_on": value.starts_on,
        "until_on": value.until,
        "occupation_code": value.occupation_code or "",
        "tasks": value.tasks,
        "hours_per_month": None if hours is None else round(hours),
        "dutch_level": value.dutch_level or "none",
    }
    lists = {name: list(getattr(value, name) or ()) for name in ("instruments", "licences", "demands", "teaches")}
    return {**said, **lists, "mentor": value.mentor or "", "capacity": value.capacity or 0}


def known_values(place: Place) -> dict[str, Any]:
    """Return what the place says now, in the same form."""
    known = {name: getattr(place, name) for name in TERMS}
    seats = place.seats.filter(retired_on__isnull=True).count()
    return {**known, "mentor": place.mentor.name if place.mentor else "", "capacity": seats}


class EarlierLists:
    """What lists said last of places, apart from the list that is looked at."""

    def __init__(self, place_ids: Sequence[UUID], batch: Batch) -> None:
        """Find the last row about each place."""
        self._moment = (batch.as_of, batch.uploaded_at)
        rows = Row.objects.filter(applied_to__in=place_ids, kind=RowKind.PLACE.value, value__isnull=False).exclude(batch_id=batch.pk)
        last = rows.order_by("applied_to", "-batch__as_of", "-batch__uploaded_at").distinct("applied_to").select_related("batch")
        self._rows = {row.applied_to: row for row in last}

    def before(self, place: Place) -> dict[str, Any] | None:
        """Return what the list before this one said of the place; None when there is none, or when it is of a later date."""
        row = self._rows.get(place.pk)
        if row is None or (row.batch.as_of, row.batch.uploaded_at) > self._moment:
            return None
        return place_values(row_value(row.kind, row.value))


def place_differences(row: Row, place: Place, value: PlaceRow, earlier: EarlierLists) -> tuple[Difference, ...]:
    """Return what the row says otherwise than the place; a CONFLICT is changed here since, and applied only when somebody took it.

    A column that the list does not have says nothing.
    """
    columns, take = field_headers(row.kind, row.raw), (row.corrected or {}).get("take", ())
    now, new, before = known_values(place), place_values(value), earlier.before(place)
    for said in (new, before or {}):
        if not said.get("mentor") or fold(said["mentor"]) == fold(now["mentor"]):
            said["mentor"] = now["mentor"]
    found = []
    for name in PLACE_FIELDS:
        if now[name] == new[name] or column_of(name) not in columns:
            continue
        if before is not None and now[name] == before[name]:
            found.append(Difference(name, now[name], new[name], Kind.FILLED if now[name] in _NOTHING else Kind.CHANGED))
        else:
            found.append(Difference(name, now[name], new[name], Kind.CONFLICT, name in take))
    return tuple(found)
