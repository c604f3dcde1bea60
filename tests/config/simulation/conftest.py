"""A few people of the demonstration's lists, in which a test lives some weeks."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from opstap.config.demonstration import FOLDER

PEOPLE = 40


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The demonstration with its first forty people."""
    for name in ("programma.json", "wijken.json", "leerwerkplekken.xlsx"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    rows = CalamineWorkbook.from_path(str(FOLDER / "werkzoekenden.xlsx")).get_sheet_by_index(0).to_python()[: PEOPLE + 1]
    with xlsxwriter.Workbook(str(tmp_path / "werkzoekenden.xlsx"), {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet("Werkzoekenden")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return tmp_path
