"""The quick worksheet writes what the library writes, byte for byte."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from opstap.bridges.spreadsheets.quick_sheet import QuickSheet

TEXTS = ("Yılmaz", "=1+1", "twee\nregels", " spatie ", "<b>&</b>", "x" * 32_767, "😀" * 20_000)


def written(kind: type[Worksheet], *, has_heights: bool) -> dict[str, bytes]:
    """Return the parts of a workbook with texts, numbers, days, gaps, empty rows and cells without a format."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2023, 9, 1)})  # noqa: DTZ001 - the library wants a moment without a zone
    look, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    page = book.add_worksheet("Mensen", kind)
    for row in (0, 3, 15, 16, 40):
        texts = [(column, text, look) for column, text in enumerate(TEXTS, start=row % 4)]
        if isinstance(page, QuickSheet):
            page.put_texts(row, texts)
        else:
            for column, text, format_ in texts:
                page.write_string(row, column, text, format_)
        page.write_number(row, 30, row / 3, look)
        page.write_datetime(row, 28, datetime(1970, 8, 3), day)  # noqa: DTZ001 - a day in a sheet has no zone
        page.write_string(row, 27, "zonder opmaak")
        page.write_formula(row, 33, "=1+1", look, 2)
    if has_heights:
        page.set_row(3, 30)
    page.put_texts(50, []) if isinstance(page, QuickSheet) else None
    book.close()
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("has_heights", [False, True])
def test_quick_sheet_writes_the_bytes_of_the_library(*, has_heights: bool) -> None:
    """Texts short and long, numbers, days, formulas, gaps and rows of a height of their own: every part of the file is the same."""
    assert written(QuickSheet, has_heights=has_heights) == written(Worksheet, has_heights=has_heights)
