"""What a row of a workbook would do, and what is wrong with it; and the workbook as the tolerant reader sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opstap.bridges.spreadsheets.problems import CellProblem, FileRefused, Severity
from opstap.bridges.spreadsheets.reading import ReadRow
from opstap.bridges.spreadsheets.roster import RosterReading, read_roster_input
from opstap.engine.shared import Reason, Refused
from opstap.journey.associations.enums import Part, Verdict


@dataclass(frozen=True, slots=True)
class CellNote:
    """Something about a cell: where, what stands there, why, what may stand there instead. `is_error`: the row or cell is not used."""

    cell: str
    column: str
    value: str
    is_error: bool
    reason: Reason
    proposal: str = ""

    @classmethod
    def of(cls, found: CellProblem) -> CellNote:
        """Return what the reader found."""
        reason = Reason(found.problem.code, dict(found.problem.facts))
        return cls(found.cell, found.column, found.value, found.severity is Severity.ERROR, reason, found.proposal or "")

    def as_json(self) -> dict[str, Any]:
        """Return what is kept of it."""
        kept = {"cell": self.cell, "column": self.column, "value": self.value, "is_error": self.is_error, "proposal": self.proposal}
        return kept | {"reason": self.reason.as_json()}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a row would change: the field (its words are "associations.field_<name>"), and its values as text."""

    name: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One row: what it is about, its value as read, the row that it meets, what would change, and what is wrong with it."""

    part: Part
    sheet: str
    number: int
    subject: str
    verdict: Verdict
    value: Any = None
    target: Any = None
    changes: tuple[Change, ...] = ()
    notes: tuple[CellNote, ...] = field(default_factory=tuple)


def row_note(row: ReadRow[Any], column: str, reason: Reason, *, is_error: bool = True, proposal: str = "") -> CellNote:
    """Return something about a row as a whole; `column` is where a reader would look first."""
    return CellNote("", column, row.raw.get(column, ""), is_error, reason, proposal)


def reader_notes(row: ReadRow[Any]) -> tuple[CellNote, ...]:
    """Return what the reader found in a row."""
    return tuple(CellNote.of(found) for found in row.problems)


def planned(
    part: Part,
    row: ReadRow[Any],
    subject: str,
    target: object,
    *,
    changes: Iterable[Change] = (),
    notes: Iterable[CellNote] = (),
) -> Planned:
    """Return a row with the verdict that follows: an error without value or with an error of its own, else new, changed or the same."""
    own, made = tuple(notes), tuple(changes)
    if row.value is None or any(note.is_error for note in own):
        verdict = Verdict.ERROR
    elif target is None:
        verdict = Verdict.NEW
    else:
        verdict = Verdict.CHANGED if made else Verdict.SAME
    return Planned(part, row.sheet, row.number, subject, verdict, row.value, target, made, (*own, *reader_notes(row)))


def read_workbook(data: bytes, filename: str, on: date) -> RosterReading:
    """Return the workbook; raises `Refused` for a file that cannot be read, or that lists no workers or no demand."""
    try:
        return read_roster_input(data, filename=filename, on=on)
    except FileRefused as refusal:
        raise Refused(Reason(refusal.problem.code, dict(refusal.problem.facts))) from refusal
