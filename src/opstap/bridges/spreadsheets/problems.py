"""What can be wrong with a file, a row or a cell; codes and facts only, the desks put them into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Fact = str | int | float | bool | None | tuple[str, ...]


class Severity(StrEnum):
    """A warning's value is used (as `proposal` where that is filled); an error's value is not used, but stays in the raw cells."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: `code` reads "spreadsheet.<what>", `facts` fill the placeholders of its text."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem with its place: `cell` as the spreadsheet names it ("F12"), `value` as it stands there, `proposal` the fix or None."""

    cell: str
    column: str
    value: str
    severity: Severity
    problem: Problem
    proposal: str | None = None


class FileRefused(Exception):  # noqa: N818 - it reads as what happened: the file is refused, with a reason a reader understands
    """The whole file cannot be read; `problem` says why and what to do."""

    def __init__(self, code: str, **facts: Fact) -> None:
        """Keep the problem; the message is its code, for logs."""
        super().__init__(code)
        self.problem = Problem(code, facts)
