"""Sheets that are written for people: plain values in, a workbook or delimited text out. Nothing is ever written as a formula."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from opstap.bridges.spreadsheets.cells import fold

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PLAIN_NUMBER = re.compile(r"^[+-]?\d[\d ./]*$")


class Tone(StrEnum):
    """What a coloured cell says; the text in it says the same, so that colour is never the only sign."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    UNTIL = "until"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Badge:
    """A short text on a colour."""

    text: str
    tone: Tone


OutputCell = str | int | float | date | Badge | None


@dataclass(frozen=True, slots=True)
class OutputColumn:
    """A column with its title and its width in characters."""

    title: str
    width: int = 18


@dataclass(frozen=True, slots=True)
class OutputSheet:
    """One sheet: `intro` stands above the table, one line a row; a sheet without columns is text alone."""

    name: str
    columns: tuple[OutputColumn, ...]
    rows: Sequence[Sequence[OutputCell]]
    intro: tuple[str, ...] = ()
    empty: str = ""


def write_sheets(path: Path, sheets: Sequence[OutputSheet], *, title: str, at: datetime) -> tuple[Path, ...]:
    """Write the sheets as the name of the file asks and return the files written.

    ".xlsx": one workbook. ".zip": one text file per sheet in an archive. ".csv": the second sheet (the first is a read-me)
    under that name and the others beside it. Raises OSError when the folder cannot be written.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        return _write_beside(path, sheets)
    if kind == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for sheet in sheets:
                archive.writestr(zipfile.ZipInfo(f"{_slug(sheet.name)}.csv", at.timetuple()[:6]), as_delimited(sheet))
        return (path,)
    from opstap.bridges.spreadsheets.workbook_output import write_workbook  # noqa: PLC0415 - loads xlsxwriter only for a workbook

    write_workbook(path, sheets, title=title, at=at)
    return (path,)


def as_delimited(sheet: OutputSheet) -> bytes:
    """Return the sheet as text that a Dutch or French Excel opens in columns: ";" between, UTF-8 with its mark in front."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    if sheet.columns:
        writer.writerow([column.title for column in sheet.columns])
    for row in sheet.rows if sheet.columns else [[line] for line in sheet.intro]:
        writer.writerow([_delimited_cell(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _delimited_cell(cell: OutputCell) -> str | int | float:
    """Return the cell as text; an apostrophe in front keeps a spreadsheet from running a text as a formula."""
    if isinstance(cell, Badge):
        return cell.text
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) and not _PLAIN_NUMBER.match(cell):
        return "'" + cell
    return "" if cell is None else cell


def _write_beside(path: Path, sheets: Sequence[OutputSheet]) -> tuple[Path, ...]:
    written = []
    for index, sheet in enumerate(sheets):
        target = path if index == 1 else path.with_name(f"{path.stem}-{_slug(sheet.name)}.csv")
        target.write_bytes(as_delimited(sheet))
        written.append(target)
    return tuple(written)


def _slug(name: str) -> str:
    return fold(name).replace(" ", "-")
