"""Columns as the reader knows them, and how a stranger's header row is recognised as them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice, pairwise, zip_longest

from opstap.bridges.spreadsheets.cells import Cell, Grid, as_text, fold
from opstap.bridges.spreadsheets.parsers.parsed import Parser

_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]|\*|:$")
_CLOSE = 0.85
_SHORTEST_TO_MEND = 5
_LONGEST_HEADER = 60
_WORTH_TWO_ROWS = 2
"""So many more columns must be recognised before two rows are read as one header."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field, the label we print, other spellings divided by "|", its parser, and what an empty cell in it means."""

    field: str
    label: str
    parse: Parser
    synonyms: str = ""
    blank: object = None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every folded spelling, label first."""
        return tuple(dict.fromkeys(fold(word) for word in (self.label, *self.synonyms.split("|")) if fold(word)))


@dataclass(frozen=True, slots=True)
class Header:
    """The header row of a sheet: its index from 0, the field column of each cell, the texts, and how sure we are (score)."""

    row: int
    columns: dict[int, Column]
    texts: dict[int, str]
    score: float

    @property
    def unknown(self) -> tuple[str, ...]:
        """The columns that the reader does not know; their cells stay in the raw row."""
        return tuple(text for index, text in self.texts.items() if index not in self.columns)

    def missing(self, expected: Sequence[Column]) -> tuple[str, ...]:
        """The labels of the expected columns that the sheet does not have."""
        present = {column.field for column in self.columns.values()}
        return tuple(column.label for column in expected if column.field not in present)


def find_header(grid: Grid, expected: Sequence[Column], rows_to_search: int) -> Header:
    """Return the best header among the first rows; a score below 2 means that there is none."""
    by_spelling = {spelling: column for column in expected for spelling in column.spellings}
    filled = ((index, row) for index, row in enumerate(grid.rows) if any(cell not in (None, "") for cell in row))
    first = list(islice(filled, rows_to_search))
    candidates = [_match(index, row, by_spelling) for index, row in first]
    best = max(candidates, key=lambda header: (header.score, -header.row), default=Header(0, {}, {}, 0.0))
    over_two = [_match(index, _joined(upper, row, by_spelling), by_spelling) for (_, upper), (index, row) in pairwise(first)]
    taller = max(over_two, key=lambda header: (header.score, -header.row), default=best)
    return _mend(taller if taller.score >= best.score + _WORTH_TWO_ROWS else best, by_spelling)


def _joined(upper: list[Cell], lower: list[Cell], by_spelling: dict[str, Column]) -> list[Cell]:
    """Return a header over two rows as one: "Geboorte-" above "datum" is "Geboortedatum"; what heads a group of columns is left out."""
    squeezed = {spelling.replace(" ", "") for spelling in by_spelling}
    texts: list[Cell] = []
    for above, below in zip_longest(upper, lower):
        over, under = (as_text(cell) if isinstance(cell, str) else "" for cell in (above, below))
        whole = over.removesuffix("-") + under
        texts.append(whole if over and under and fold(whole).replace(" ", "") in squeezed else under or over)
    return texts


def _match(index: int, row: list[Cell], by_spelling: dict[str, Column]) -> Header:
    texts = {place: text for place, cell in enumerate(row) if isinstance(cell, str) and 0 < len(text := as_text(cell)) <= _LONGEST_HEADER}
    columns: dict[int, Column] = {}
    claimed: set[str] = set()
    for place, text in texts.items():
        column = by_spelling.get(fold(text)) or by_spelling.get(fold(_IN_BRACKETS.sub(" ", text)))
        if column and column.field not in claimed:
            columns[place] = column
            claimed.add(column.field)
    return Header(index, columns, texts, float(len(columns)))


def _mend(header: Header, by_spelling: dict[str, Column]) -> Header:
    """Return the header with misspelt texts ("Geboorte datm") given to the column they are closest to."""
    columns = dict(header.columns)
    for place, text in header.texts.items():
        free = [word for word, column in by_spelling.items() if column not in columns.values()]
        folded = fold(_IN_BRACKETS.sub(" ", text))
        if place in columns or len(folded) < _SHORTEST_TO_MEND:
            continue
        joined = {word.replace(" ", ""): word for word in free}
        close = get_close_matches(folded.replace(" ", ""), joined, n=1, cutoff=_CLOSE)
        if close:
            columns[place] = by_spelling[joined[close[0]]]
    return Header(header.row, dict(sorted(columns.items())), header.texts, header.score + (len(columns) - len(header.columns)) * 0.5)
