"""A list of job seekers, read from any spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.parsers.contact import Phone
from opstap.bridges.spreadsheets.parsers.numbers import NationalNumber
from opstap.bridges.spreadsheets.parsers.parsed import Context
from opstap.bridges.spreadsheets.people_columns import PEOPLE_COLUMNS
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.bridges.spreadsheets.sources import open_source
from opstap.bridges.spreadsheets.tables import Book, Table, TableRow, find_tables, refuse_without_header, row_again

_FEWEST_COLUMNS = 3
_IDENTITY = ("client_number", "national_number", "last_name", "full_name")
_OPTIONAL = frozenset({"full_name", "remarks", "neighbourhood", "counsellor"})


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One job seeker in the codes of the field. None is unknown; "" and () mean that the list says: none."""

    last_name: str = ""
    first_name: str = ""
    client_number: str | None = None
    national_number: str | None = None
    is_test_number: bool = False
    birth_date: date | None = None
    sex: str | None = None
    street: str | None = None
    postcode: str | None = None
    municipality: str | None = None
    neighbourhood: str | None = None
    phone: str | None = None
    phone_shown: str | None = None
    email: str | None = None
    language: str | None = None
    dutch_level: str | None = None
    registered_since: date | None = None
    income: str | None = None
    education: str | None = None
    work_limitation_right: str | None = None
    maatwerk_advice: str | None = None
    licences: tuple[str, ...] | None = None
    travel_mode: str | None = None
    wishes: tuple[str, ...] = ()
    half_days: tuple[str, ...] | None = None
    limits: tuple[str, ...] | None = None
    counsellor: str | None = None
    referred_on: date | None = None
    remarks: str = ""

    @property
    def full_name(self) -> str:
        """First name and last name, as people say it."""
        return f"{self.first_name} {self.last_name}".strip()


_FIELDS = frozenset(item.name for item in fields(PersonRow))


def read_people(file: Path | bytes, *, filename: str, on: date | None, limits: ReadLimits | None = None) -> Reading[PersonRow]:
    """Return every row of every sheet that lists job seekers; `on` is the day of the list (two-digit years, dates in the future).

    Raises FileRefused when the file as a whole cannot be read; a bad cell is a problem of its row and never stops the rest.
    """
    context = Context(on, limits or ReadLimits())
    source = open_source(file, filename, context.limits)
    tables = tuple(table for table in find_tables(source, PEOPLE_COLUMNS, context, fewest=_FEWEST_COLUMNS) if _names_people(table))
    if not tables:
        raise refuse_without_header(PEOPLE_COLUMNS, source)
    expected = [column for column in PEOPLE_COLUMNS if column.field not in _OPTIONAL]
    return Book(filename, source, tables).reading(expected, _person, context)


def read_person_again(cells: Mapping[str, str], *, sheet: str, number: int, on: date | None) -> ReadRow[PersonRow]:
    """Return one row read anew from its texts under their headers, after somebody corrected some of them."""
    return _person(row_again(cells, PEOPLE_COLUMNS, Context(on), sheet=sheet, number=number))


def _names_people(table: Table) -> bool:
    return any(column.field in _IDENTITY for column in table.header.columns.values())


def _person(row: TableRow) -> ReadRow[PersonRow]:
    """Return the row with what only the whole row can show: no name, a name in one cell, a number that contradicts the birth date."""
    values = {name: value for name, value in row.fields.items() if name in _FIELDS and value is not None}
    _split_name(row, values)
    number = row.fields.get("national_number")
    if isinstance(number, NationalNumber):
        values |= {"national_number": number.digits, "is_test_number": number.is_test_number}
        if number.birth_date and values.get("birth_date", number.birth_date) != number.birth_date:
            row.add("national_number", "birth_date_differs", Severity.WARNING, found=number.birth_date.isoformat())
    phone = row.fields.get("phone")
    if isinstance(phone, Phone):
        values |= {"phone": phone.number, "phone_shown": phone.shown}
    return ReadRow(row.sheet, row.number, row.raw, _usable(row, values), tuple(row.problems))


def _split_name(row: TableRow, values: dict[str, Any]) -> None:
    """Take a name in one cell apart at its comma; without a comma it stays whole, for where it divides is a guess."""
    whole = row.fields.get("full_name") or (values.get("last_name") if "first_name" not in row.places else None)
    if not whole or values.get("first_name"):
        return
    last, comma, first = str(whole).partition(",")
    values |= {"last_name": last.strip(), "first_name": first.strip()}
    if not comma and "full_name" not in row.places:
        row.add("last_name", "name_not_divided", Severity.WARNING)


def _usable(row: TableRow, values: dict[str, Any]) -> PersonRow | None:
    """Return the person, or None (with the reason) for a row that names nobody."""
    if sum(map(bool, row.raw.values())) == 1 and len(row.places) > _FEWEST_COLUMNS:
        row.add(next(iter(row.places)), "row_almost_empty", Severity.ERROR)
        return None
    if not any(values.get(name) for name in ("last_name", "client_number", "national_number")):
        where = next((name for name in ("last_name", "full_name", *row.places) if name in row.places), "")
        row.add(where, "name_missing", Severity.ERROR)
        return None
    return PersonRow(**values)
