"""Problems with a row, as the desk shows them: those of the reader, and those that show only when rows are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from opstap.bridges.spreadsheets.problems import Problem, Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.engine.shared import Reason


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the sheet of problems; `cell` is "" when the whole row or file is meant."""

    file: str
    sheet: str
    row: int
    cell: str
    column: str
    value: str
    severity: Severity
    reason: Reason
    proposal: str | None = None


def as_reason(problem: Problem) -> Reason:
    """Return the reader's problem as a reason of the product."""
    return Reason(problem.code, dict(problem.facts))


def notes_of(reading: Reading[object]) -> Iterable[Note]:
    """Yield the problems of a file in the order of its rows, skipped rows included."""
    for row in reading.rows:
        for found in row.problems:
            reason = as_reason(found.problem)
            yield Note(
                reading.filename, row.sheet, row.number, found.cell, found.column, found.value, found.severity, reason, found.proposal
            )
    for skipped in reading.skipped:
        yield Note(reading.filename, skipped.sheet, skipped.number, "", "", skipped.text, Severity.WARNING, as_reason(skipped.problem))


def note_on(filename: str, row: ReadRow[object], column: str, severity: Severity, reason: Reason) -> Note:
    """Return a problem with a row as a whole; `column` is where a reader would look first."""
    return Note(filename, row.sheet, row.number, "", column, row.raw.get(column, ""), severity, reason)
