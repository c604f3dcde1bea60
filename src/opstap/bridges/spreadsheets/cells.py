"""A sheet as a grid of cells, and a cell as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_INVISIBLE = re.compile("[\x00\u200b\ufeff]")
_NOT_WORD = re.compile(r"[^a-z0-9?]+")
_ALPHABET = 26
_BEYOND_ASCII = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": " "})
ERRORS = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#N/B",
        "#VERW!",
        "#WAARDE!",
        "#DEEL/0!",
        "#NAAM?",
        "#GETAL!",
        "#LEEG!",
    ]
)
"""What a spreadsheet shows when it cannot work out a cell, in English and in Dutch."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: rows of cells from A1 on; `formulas` maps (row, column), counted from 0, to the formula's text."""

    name: str
    rows: list[list[Cell]]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken apart: its sheets, and how a text file was encoded and delimited ("" for a workbook)."""

    grids: tuple[Grid, ...]
    encoding: str = ""
    delimiter: str = ""


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0: 0 is "A", 26 is "AA"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the column, counted from 0, of its letters: the inverse of `column_name`."""
    index = 0
    for letter in letters:
        index = index * _ALPHABET + ord(letter) - ord("A") + 1
    return index - 1


def cell_name(row: int, column: int) -> str:
    """Return a cell as the spreadsheet names it, from a row counted from 1 and a column counted from 0."""
    return f"{column_name(column)}{row}"


def tidy(text: str) -> str:
    """Return the text without spaces around it, with every run of (non-breaking) blanks as one space, and without NUL."""
    if text.isascii() and "\x00" not in text:
        return " ".join(text.split())
    return " ".join(_INVISIBLE.sub("", text).split())


def as_text(cell: Cell) -> str:
    """Return the cell as a person sees it: whole numbers without ".0", dates as day/month/year."""
    if isinstance(cell, str):
        return tidy(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell.day:02d}/{cell.month:02d}/{cell.year:04d}"
    return str(cell)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return the text for comparing: lower case, no accents, every run of other signs one space; "?" stays (a letter lost)."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_BEYOND_ASCII))
    return _NOT_WORD.sub(" ", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip()
