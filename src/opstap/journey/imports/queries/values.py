"""Rows of lists as JSON and as fields of our records, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from opstap.bridges.spreadsheets.cells import Grid
from opstap.bridges.spreadsheets.columns import Column, find_header
from opstap.bridges.spreadsheets.people import PersonRow
from opstap.bridges.spreadsheets.people_columns import PEOPLE_COLUMNS
from opstap.bridges.spreadsheets.places import MentorRow, PlaceRow
from opstap.bridges.spreadsheets.places_columns import MENTORS_COLUMNS, PLACES_COLUMNS
from opstap.bridges.spreadsheets.problems import CellProblem, Severity
from opstap.engine.shared import Reason
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.journey.imports.enums import RowKind

COLUMNS: dict[RowKind, tuple[Column, ...]] = {
    RowKind.PERSON: PEOPLE_COLUMNS,
    RowKind.PLACE: PLACES_COLUMNS,
    RowKind.MENTOR: MENTORS_COLUMNS,
}
_DATES = frozenset({"birth_date", "registered_since", "referred_on", "starts_on", "until", "certified_on", "certified_until"})
_NOT_OF_A_PERSON = frozenset({"is_test_number", "phone_shown", "counsellor", "referred_on"})


def row_json(value: PersonRow | PlaceRow | MentorRow | None) -> dict[str, Any] | None:
    """Return a row's value as JSON, dates as ISO text."""
    if value is None:
        return None
    held = {each.name: getattr(value, each.name) for each in fields(value)}
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in held.items()}


def row_value(kind: str, stored: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 - one of the three kinds of rows
    """Return the row that `row_json` stored, or None."""
    if stored is None:
        return None
    row_class = {RowKind.PERSON: PersonRow, RowKind.PLACE: PlaceRow, RowKind.MENTOR: MentorRow}[RowKind(kind)]
    known = {each.name for each in fields(row_class)}
    return row_class(**{name: _opened(name, held) for name, held in stored.items() if name in known})


def _opened(name: str, held: Any) -> Any:  # noqa: ANN401 - any field
    if isinstance(held, list):
        return tuple(held)
    return date.fromisoformat(held) if name in _DATES and isinstance(held, str) else held


def person_values(row: PersonRow) -> dict[str, Any]:
    """Return what the row says of a person, as the fields of a record; what the list does not say is not in it."""
    values = {name: held for each in fields(PersonRow) if (held := getattr(row, name := each.name)) is not None}
    kept = {name: list(held) if isinstance(held, tuple) else held for name, held in values.items() if name not in _NOT_OF_A_PERSON}
    if row.half_days is not None:
        kept["half_days"] = half_day_mask(row.half_days)
    return kept


def problem_json(problem: CellProblem) -> dict[str, Any]:
    """Return a cell's problem as JSON; its reason is in the form of `Reason.as_json`."""
    facts = {name: list(fact) if isinstance(fact, tuple) else fact for name, fact in problem.problem.facts.items()}
    return {
        "cell": problem.cell,
        "column": problem.column,
        "value": problem.value,
        "severity": problem.severity.value,
        "reason": {"code": problem.problem.code, "facts": facts, "reference": ""},
        "proposal": problem.proposal,
    }


def own_problem(column: str, severity: Severity, reason: Reason, *, value: str = "", cell: str = "") -> dict[str, Any]:
    """Return a problem that only shows against what the product knows, in the same form."""
    return {
        "cell": cell, "column": column, "value": value, "severity": severity.value, "reason": reason.as_json(), "proposal": None,
    }  # fmt: skip


def count_errors(problems: Iterable[Mapping[str, Any]]) -> int:
    """Return how many cells could not be used."""
    return sum(problem["severity"] == Severity.ERROR.value for problem in problems)


def field_headers(kind: str, headers: Iterable[str]) -> dict[str, str]:
    """Return the header under which each field stands in a list with these headers."""
    return _field_headers(RowKind(kind), tuple(headers))


@lru_cache(maxsize=64)
def _field_headers(kind: RowKind, headers: tuple[str, ...]) -> dict[str, str]:
    found = find_header(Grid("", [list(headers)]), COLUMNS[kind], 1)
    return {column.field: headers[place] for place, column in found.columns.items()}
