"""A list of places and the mentors who guide there, read from any spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from opstap.bridges.spreadsheets.cells import Source
from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.parsers.dates import NO_DAY
from opstap.bridges.spreadsheets.parsers.parsed import Context
from opstap.bridges.spreadsheets.places_columns import MENTORS_COLUMNS, PLACES_COLUMNS
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.bridges.spreadsheets.sources import open_source
from opstap.bridges.spreadsheets.tables import Book, Table, TableRow, find_tables, refuse_without_header, row_again

_FEWEST_COLUMNS = 3
_FEWEST_MENTOR_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One row of places: `capacity` seats of one kind. `until` is the first day after the last one; None is unknown or open."""

    organisation: str = ""
    kind: str | None = None
    enterprise_number: str | None = None
    site: str | None = None
    address: str | None = None
    postcode: str | None = None
    municipality: str | None = None
    neighbourhood: str | None = None
    function: str = ""
    occupation_code: str | None = None
    tasks: str = ""
    capacity: int | None = None
    half_days: tuple[str, ...] | None = None
    hours_per_month: float | None = None
    starts_on: date | None = None
    until: date | None = None
    dutch_level: str | None = None
    licences: tuple[str, ...] | None = None
    demands: tuple[str, ...] | None = None
    teaches: tuple[str, ...] = ()
    instruments: tuple[str, ...] | None = None
    mentor: str | None = None


@dataclass(frozen=True, slots=True)
class MentorRow:
    """One mentor; `certified_on` None is not (known to be) trained, `capacity` None leaves it to the programme.

    `certified_until` is the first day without the certificate. `ended`: the fields of which the list says that there is none any more.
    """

    name: str = ""
    organisation: str = ""
    email: str | None = None
    certified_on: date | None = None
    certified_until: date | None = None
    capacity: int | None = None
    ended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacesReading:
    """The places of a file and its mentors; `mentors` has no sheets when the file lists none."""

    places: Reading[PlaceRow]
    mentors: Reading[MentorRow]


_PLACE_FIELDS = frozenset(item.name for item in fields(PlaceRow))
_MENTOR_FIELDS = frozenset(item.name for item in fields(MentorRow))


def read_places(file: Path | bytes, *, filename: str, on: date | None, limits: ReadLimits | None = None) -> PlacesReading:
    """Return the places of every sheet that lists them, and the mentors of the other sheets.

    Raises FileRefused when the file as a whole cannot be read or lists no places.
    """
    context = Context(on, limits or ReadLimits())
    source = open_source(file, filename, context.limits)
    tables = tuple(table for table in find_tables(source, PLACES_COLUMNS, context, fewest=_FEWEST_COLUMNS) if _names_places(table))
    if not tables:
        raise refuse_without_header(PLACES_COLUMNS, source)
    taken = {table.grid.name for table in tables}
    rest = Source(tuple(grid for grid in source.grids if grid.name not in taken))
    mentor_tables = tuple(
        table
        for table in find_tables(rest, MENTORS_COLUMNS, context, fewest=_FEWEST_MENTOR_COLUMNS)
        if any(column.field == "name" for column in table.header.columns.values())
    )
    return PlacesReading(
        Book(filename, source, tables).reading(PLACES_COLUMNS, _place, context),
        Book(filename, source, mentor_tables).reading(MENTORS_COLUMNS, _mentor, context),
    )


def read_place_again(cells: Mapping[str, str], *, sheet: str, number: int, on: date | None) -> ReadRow[PlaceRow]:
    """Return one row of places read anew from its texts under their headers, after somebody corrected some of them."""
    return _place(row_again(cells, PLACES_COLUMNS, Context(on), sheet=sheet, number=number))


def read_mentor_again(cells: Mapping[str, str], *, sheet: str, number: int, on: date | None) -> ReadRow[MentorRow]:
    """Return one row of mentors read anew, as `read_place_again`."""
    return _mentor(row_again(cells, MENTORS_COLUMNS, Context(on), sheet=sheet, number=number))


def _names_places(table: Table) -> bool:
    return any(column.field == "function" for column in table.header.columns.values())


def _place(row: TableRow) -> ReadRow[PlaceRow]:
    """Return the place with its last day made half-open; without a function, or ending before it starts, it cannot be used."""
    values: dict[str, Any] = {name: value for name, value in row.fields.items() if name in _PLACE_FIELDS and value is not None}
    last_day, starts_on = row.fields.get("last_day"), values.get("starts_on")
    usable = True
    if last_day is not None:
        values["until"] = last_day + timedelta(days=1)
        if starts_on is not None and last_day < starts_on:
            row.add("last_day", "place_ends_before_start", Severity.ERROR)
            usable = False
    for name, code in (("function", "place_without_function"), ("organisation", "place_without_organisation")):
        if not values.get(name):
            row.add(name, code, Severity.ERROR)
            usable = False
    if values.get("capacity") is None:
        row.add("capacity", "place_without_capacity", Severity.ERROR)
        usable = False
    return ReadRow(row.sheet, row.number, row.raw, PlaceRow(**values) if usable else None, tuple(row.problems))


def _mentor(row: TableRow) -> ReadRow[MentorRow]:
    values: dict[str, Any] = {name: value for name, value in row.fields.items() if name in _MENTOR_FIELDS and value is not None}
    values["ended"] = tuple(name for name in ("certified_on", "certified_until") if values.get(name) == NO_DAY)
    for name in values["ended"]:
        del values[name]
    if not values.get("name"):
        row.add("name", "name_missing", Severity.ERROR)
    return ReadRow(row.sheet, row.number, row.raw, MentorRow(**values) if values.get("name") else None, tuple(row.problems))
