"""A workbook made ready for work: frozen header, filter, widths, colours, and print set-up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from opstap.bridges.spreadsheets.output import Badge, OutputCell, OutputSheet, Tone
from opstap.bridges.spreadsheets.quick_sheet import QuickSheet

_NO_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
_BASE = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
_TONES: dict[Tone, dict[str, Any]] = {
    Tone.MET: {"bg_color": "#DDF3E4", "font_color": "#0B5A2A"},
    Tone.NOT_MET: {"bg_color": "#FBE0DD", "font_color": "#8A1C12"},
    Tone.UNKNOWN: {"bg_color": "#FFF1C9", "font_color": "#6B4A00"},
    Tone.UNTIL: {"bg_color": "#DCEBFA", "font_color": "#0B4475"},
    Tone.HEADING: {"bold": True, "font_size": 13},
}
_HEADER = {**_BASE, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1, "border_color": "#FFFFFF"}
_LONGEST_CELL = 32_767  # the limit of the file format
_READ_ME_WIDTH = 110
_A4 = 9


def write_workbook(path: Path, sheets: Sequence[OutputSheet], *, title: str, at: datetime) -> None:
    """Write the sheets as one xlsx file, whole or not at all; `at` is written as the moment of creation."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {**_NO_GUESSING, "in_memory": True})
    book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
    formats = _Formats(book)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name, QuickSheet), sheet, formats)
    book.close()
    path.write_bytes(stream.getvalue())


class _Formats:
    """The few formats of the workbook, made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter carries no types
        """Make the formats in the book."""
        self.text = book.add_format(_BASE)
        self.day = book.add_format({**_BASE, "num_format": "dd/mm/yyyy", "align": "left"})
        self.header = book.add_format(_HEADER)
        self.intro = book.add_format({**_BASE, "text_wrap": False, "italic": True})
        self.tones = {tone: book.add_format(_BASE | look) for tone, look in _TONES.items()}


def _write_sheet(page: QuickSheet, sheet: OutputSheet, formats: _Formats) -> None:
    """Write one sheet: the intro, the header, the rows."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer("&L&A&R&P / &N")
    if not sheet.columns:
        _write_text(page, sheet, formats)
        return
    for index, line in enumerate(sheet.intro):
        page.write_string(index, 0, line, formats.intro)
    top = len(sheet.intro)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(top, place, column.title, formats.header)
    for index, row in enumerate(sheet.rows, start=top + 1):
        _write_row(page, index, row, formats)
    if not sheet.rows and sheet.empty:
        page.write_string(top + 1, 0, sheet.empty, formats.intro)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, top + max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.repeat_rows(top)


def _write_text(page: QuickSheet, sheet: OutputSheet, formats: _Formats) -> None:
    """Write a sheet of text: the intro as headings and lines, then rows of two cells (label, value)."""
    page.set_portrait()
    page.set_column(0, 0, _READ_ME_WIDTH)
    page.hide_gridlines(2)
    for index, line in enumerate(sheet.intro):
        heading = line.startswith("# ")
        page.write_string(index, 0, line.removeprefix("# "), formats.tones[Tone.HEADING] if heading else formats.text)


def _write_row(page: QuickSheet, row: int, cells: Sequence[OutputCell], formats: _Formats) -> None:
    """Write the cells by their kind; text is always written as text, whatever it begins with."""
    texts: list[tuple[int, str, Any]] = []
    for column, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            texts.append((column, cell[:_LONGEST_CELL], formats.text))
        elif isinstance(cell, Badge):
            texts.append((column, cell.text, formats.tones[cell.tone]))
        elif isinstance(cell, date):
            page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats.day)  # noqa: DTZ001 - a day in a sheet has no zone
        else:
            page.write_number(row, column, cell, formats.text)
    page.put_texts(row, texts)
