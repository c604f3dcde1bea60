"""Files read into rows, and one row read again after a correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.people import read_people, read_person_again
from opstap.bridges.spreadsheets.places import read_mentor_again, read_place_again, read_places
from opstap.bridges.spreadsheets.problems import FileRefused, Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.engine.shared import Reason, Refused
from opstap.journey.imports.enums import ListKind, RowKind, RowStatus
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.queries.values import count_errors, field_headers, own_problem, problem_json, row_json, row_value

LIMITS = ReadLimits(max_bytes=20 * 1024 * 1024)
NOT_KEPT = "•••"
"""Stands in a raw cell for a number that may not be stored."""


@dataclass(frozen=True, slots=True)
class ListRead:
    """A file read: its rows, not yet saved, and what the file itself was like."""

    rows: list[Row]
    notes: dict[str, Any]


def read_list(data: bytes, filename: str, batch: Batch) -> ListRead:
    """Return the rows of a file for a batch. Raises `Refused` when the file as a whole cannot be read, with what to do."""
    try:
        if batch.kind == ListKind.PEOPLE:
            people = read_people(data, filename=filename, on=batch.as_of, limits=LIMITS)
            return ListRead(_rows(batch, RowKind.PERSON, people), _notes(people))
        places = read_places(data, filename=filename, on=batch.as_of, limits=LIMITS)
    except FileRefused as refused:
        raise Refused(Reason(refused.problem.code, dict(refused.problem.facts))) from refused
    rows = _rows(batch, RowKind.MENTOR, places.mentors) + _rows(batch, RowKind.PLACE, places.places)
    return ListRead(rows, _notes(places.places))


def _rows(batch: Batch, kind: RowKind, reading: Reading[Any]) -> list[Row]:
    rows = []
    for read in reading.rows:
        row = Row(batch=batch, kind=kind.value, sheet=read.sheet[:100], number=read.number, status=RowStatus.ERROR.value)
        row.raw = dict(read.raw)
        take_reading(row, read)
        rows.append(row)
    return rows


def _notes(reading: Reading[Any]) -> dict[str, Any]:
    skipped = [{"number": each.number, "code": each.problem.code} for each in reading.skipped[:50]]
    return {
        "unknown_columns": list(reading.unknown_columns),
        "missing_columns": list(reading.missing_columns),
        "skipped": skipped,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheets": list(reading.sheets),
    }


def take_reading(row: Row, read: ReadRow[Any]) -> None:
    """Put what was read on the row; a number that may not be here is refused with its whole row, and is not kept."""
    problems = [problem_json(problem) for problem in read.problems]
    value = read.value
    header = field_headers(row.kind, row.raw).get("national_number", "") if row.kind == RowKind.PERSON else ""
    refusal = _refused_number(row, value, header)
    if refusal:
        row.raw = {**row.raw, header: NOT_KEPT}
        problems = [own_problem(header, Severity.ERROR, refusal), *(each for each in problems if each["column"] != header)]
        value = None
    row.value, row.problems, row.errors = row_json(value), problems or None, count_errors(problems)


def _refused_number(row: Row, value: Any, header: str) -> Reason | None:  # noqa: ANN401 - one of the three kinds of rows
    if row.kind != RowKind.PERSON or not header:
        return None
    number, is_test = (value.national_number, value.is_test_number) if value else (None, False)
    if (number and is_test and not settings.TEST_NUMBERS_ALLOWED) or (row.raw.get(header) == NOT_KEPT and settings.REAL_NUMBERS_ALLOWED):
        return Reason("imports.test_number_refused")
    if (number and not is_test and not settings.REAL_NUMBERS_ALLOWED) or row.raw.get(header) == NOT_KEPT:
        return Reason("imports.real_number_refused")
    return None


def read_again(row: Row, cells: Mapping[str, str], as_of: date) -> None:
    """Read the row again with corrected cells (header to text) in the place of what stood there."""
    raw: dict[str, str] = row.raw
    read = _reading(RowKind(row.kind), {**raw, **cells}, row, as_of)
    before = row_value(row.kind, row.value)
    kept = row.raw
    row.raw = {**raw, **cells}
    take_reading(row, replace(read, value=_with_lists(row.kind, read.value, before, raw, cells)))
    number = field_headers(row.kind, raw).get("national_number", "")
    row.raw = {**kept, number: NOT_KEPT} if number and row.raw.get(number) == NOT_KEPT else kept


def _with_lists(kind: str, value: Any, before: Any, raw: Mapping[str, str], cells: Mapping[str, str]) -> Any:  # noqa: ANN401 - rows
    """Return the value with the lists of titles as they were: their line breaks do not survive as one line of text."""
    if value is None or before is None:
        return value
    headers = field_headers(kind, raw)
    untouched = {name: getattr(before, name) for name in ("wishes", "teaches") if name in headers and headers[name] not in cells}
    return replace(value, **untouched)


def _reading(kind: RowKind, cells: Mapping[str, str], row: Row, as_of: date) -> ReadRow[Any]:
    read = {RowKind.PERSON: read_person_again, RowKind.PLACE: read_place_again, RowKind.MENTOR: read_mentor_again}[kind]
    return read(cells, sheet=row.sheet, number=row.number, on=as_of)
