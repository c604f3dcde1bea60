"""A list of shortage occupations, read from any spreadsheet: a title and/or a code of ESCO on each row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opstap.bridges.spreadsheets.columns import Column
from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.parsers.parsed import Context
from opstap.bridges.spreadsheets.parsers.texts import parse_name
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.bridges.spreadsheets.sources import open_source
from opstap.bridges.spreadsheets.tables import Book, TableRow, find_tables, refuse_without_header

COLUMNS = (
    Column("title", "Beroep", parse_name, "knelpuntberoep|titel|omschrijving|functie|benaming|occupation|title"),
    Column("occupation", "ESCO", parse_name, "code|esco-code|beroepscode|uri|occupation code"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OccupationRow:
    """One occupation of the list; at least one of both is filled."""

    title: str = ""
    occupation: str = ""


def read_occupations(file: Path | bytes, *, filename: str, limits: ReadLimits | None = None) -> Reading[OccupationRow]:
    """Return the occupations of every sheet that lists them; raises FileRefused when the file cannot be read or lists none."""
    context = Context(None, limits or ReadLimits())
    source = open_source(file, filename, context.limits)
    tables = find_tables(source, COLUMNS, context, fewest=1)
    if not tables:
        raise refuse_without_header(COLUMNS, source)
    return Book(filename, source, tuple(tables)).reading(COLUMNS, _make, context)


def _make(row: TableRow) -> ReadRow[OccupationRow]:
    title, occupation = (str(row.fields.get(name) or "").strip() for name in ("title", "occupation"))
    if not title and not occupation:
        row.add("title", "roster_cell_missing", Severity.ERROR)
    value = OccupationRow(title, occupation) if title or occupation else None
    return ReadRow(row.sheet, row.number, row.raw, value, tuple(row.problems))
