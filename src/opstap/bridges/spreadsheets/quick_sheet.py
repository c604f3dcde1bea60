"""A worksheet of hundreds of thousands of short texts, written several times as fast as the library does it, to the very same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellDatetimeTuple, CellNumberTuple, CellStringTuple, Worksheet

_ROWS_A_SPAN = 16
_SURELY_FITS = 16_000
"""Texts of so many characters fit in a cell, whatever they are; longer ones are measured by the library."""
_column_name = lru_cache(maxsize=None)(xl_col_to_name)


class QuickSheet(Worksheet):  # type: ignore[misc]  # xlsxwriter carries no types
    """A worksheet with a shorter way for what most of its cells are: texts, numbers and days with a format, in rows without one.

    Everything else goes the library's own way. `tests/bridges/spreadsheets/test_quick_sheet.py` holds it to what the library writes.
    """

    def put_texts(self, row: int, texts: Sequence[tuple[int, str, Any]]) -> None:
        """Write texts into a row, as `write_string` does: column (from 0, ascending), text and format of each."""
        if not texts or self.constant_memory:
            return self._put_one_by_one(row, texts)
        self._check_dimensions(row, texts[0][0])
        self._check_dimensions(row, texts[-1][0])
        cells, index_of = self.table[row], self.str_table._get_shared_string_index  # noqa: SLF001 - as the library's own sheet does
        for column, text, look in texts:
            if len(text) > _SURELY_FITS:
                self._write_string(row, column, text, look)
            else:
                cells[column] = CellStringTuple(index_of(text), look)
        return None

    def _put_one_by_one(self, row: int, texts: Sequence[tuple[int, str, Any]]) -> None:
        for column, text, look in texts:
            self._write_string(row, column, text, look)

    def _write_rows(self) -> None:
        """Write the rows of the sheet."""
        if self.row_info or self.comments or self.constant_memory:
            super()._write_rows()
            return
        self.row_spans = self._spans()
        for row in sorted(row for row, cells in self.table.items() if cells):
            self._write_row(row, self.row_spans[row // _ROWS_A_SPAN])
            cells = self.table[row]
            for column in sorted(cells):
                self._write_quickly(row, column, cells[column])
            self._xml_end_tag("row")

    def _spans(self) -> dict[int, str]:
        """Return the first and last column, from 1, of every block of sixteen rows."""
        ends: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                first, last = ends.get(row // _ROWS_A_SPAN, (self.xls_colmax, 0))
                ends[row // _ROWS_A_SPAN] = (min(first, *cells), max(last, *cells))
        return {block: f"{first + 1}:{last + 1}" for block, (first, last) in ends.items()}

    def _write_quickly(self, row: int, column: int, cell: Any) -> None:  # noqa: ANN401 - a cell of xlsxwriter
        kind = type(cell)
        if not cell.format or kind not in (CellStringTuple, CellNumberTuple, CellDatetimeTuple):
            self._write_cell(row, column, cell)
            return
        opening = f'<c r="{_column_name(column)}{row + 1}" s="{cell.format._get_xf_index()}"'  # noqa: SLF001 - as the library's own sheet does
        if kind is CellStringTuple:
            self.fh.write(f'{opening} t="s"><v>{cell.string}</v></c>')
        else:
            self.fh.write(f"{opening}><v>{cell.number:.16G}</v></c>")
