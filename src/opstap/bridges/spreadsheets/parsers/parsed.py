"""What a parser hands back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from opstap.bridges.spreadsheets.cells import Cell
from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.problems import Fact, Problem, Severity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """What a parser may know besides the cell: the day of the list (None when not told) and the bounds."""

    on: date | None = None
    limits: ReadLimits = field(default_factory=ReadLimits)


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """`value` is None when the cell says nothing or nothing certain; `proposal` is the fix as text."""

    value: T | None
    problem: Problem | None = None
    severity: Severity = Severity.WARNING
    proposal: str | None = None


Parser = Callable[[Cell, Context], Parsed[Any]]


def warned(value: T | None, code: str, proposal: str | None = None, **facts: Fact) -> Parsed[T]:
    """Return the value with a warning: it is used, and a person may want to look."""
    return Parsed(value, Problem(f"spreadsheet.{code}", facts), Severity.WARNING, proposal)


def refused(code: str, proposal: str | None = None, **facts: Fact) -> Parsed[Any]:
    """Return no value, with the reason why the cell could not be read."""
    return Parsed(None, Problem(f"spreadsheet.{code}", facts), Severity.ERROR, proposal)
