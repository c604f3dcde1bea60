"""What the reader hands back: every row with its own truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from opstap.bridges.spreadsheets.problems import CellProblem, Problem, Severity

Row_co = TypeVar("Row_co", covariant=True)


@dataclass(frozen=True, slots=True)
class ReadRow(Generic[Row_co]):
    """One row: where it stands, its cells as text under their headers, the value (None when it cannot be used) and its problems."""

    sheet: str
    number: int
    raw: Mapping[str, str]
    value: Row_co | None
    problems: tuple[CellProblem, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether some cell of the row could not be used."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no data (a total, a repeated header), with the reason."""

    sheet: str
    number: int
    problem: Problem
    text: str


@dataclass(frozen=True, slots=True)
class Reading(Generic[Row_co]):
    """All rows of a file in its order, and what the file itself was like."""

    filename: str
    rows: tuple[ReadRow[Row_co], ...]
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""

    @property
    def values(self) -> tuple[Row_co, ...]:
        """The rows that can be used."""
        return tuple(row.value for row in self.rows if row.value is not None)
