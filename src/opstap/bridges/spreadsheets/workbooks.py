"""Workbooks (xlsx, xlsb, xls, ods) read by calamine; formulas are found, never executed."""

from __future__ import annotations

import html
import io
import re
import zipfile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from opstap.bridges.spreadsheets.archives import weigh
from opstap.bridges.spreadsheets.cells import ERRORS, Cell, Grid, Source, column_index
from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.problems import FileRefused

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?name=\"([^\"]*)\"[^>]*?r:id=\"([^\"]*)\"")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"(Id|Target)=\"([^\"]*)\"")
_CELL = re.compile(rb"<c [^>]*?r=\"([A-Z]{1,3})")
_LAST_ROW = re.compile(rb"<row [^>]*?r=\"(\d+)\"")
_FORMULA = re.compile(rb"<c [^>]*?r=\"([A-Z]{1,3})(\d+)\"[^>]*>\s*<f(?:\s[^>]*?)?(?:/>|>(.*?)</f>)", re.DOTALL)
_ERROR = re.compile(rb"<c (?=[^>]*\bt=\"e\")[^>]*?r=\"([A-Z]{1,3})(\d+)\"[^>]*><v>(#[A-Z0-9/!?]+)</v>")
"""A cell that holds an error and no formula, as is left when values are pasted."""

Formulas = dict[tuple[int, int], str]


def read_workbook(data: bytes, limits: ReadLimits, *, is_zip: bool) -> Source:
    """Return all sheets with their cells from A1 on; raises FileRefused when it is too large, protected or broken."""
    formulas = _formulas_by_sheet(weigh(data, limits), limits) if is_zip else {}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = tuple(_grid(workbook.get_sheet_by_name(name), formulas.get(name, {}), limits) for name in workbook.sheet_names)
    except PasswordError as error:
        raise FileRefused("spreadsheet.password") from error
    except CalamineError as error:
        raise FileRefused("spreadsheet.password" if b"E\x00n\x00c\x00r\x00y\x00p\x00t" in data else "spreadsheet.unreadable") from error
    return Source(grids)


def _grid(sheet: CalamineSheet, formulas: Formulas, limits: ReadLimits) -> Grid:
    if sheet.total_height > limits.max_rows:
        raise FileRefused("spreadsheet.too_many_rows", limit=limits.max_rows)
    rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)] if sheet.total_height else []
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill_down(rows, top, bottom, left, right)
    for (row, column), text in formulas.items():
        if text in ERRORS and row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return Grid(sheet.name, rows, {spot: text for spot, text in formulas.items() if text not in ERRORS})


def _fill_down(rows: list[list[Cell]], top: int, bottom: int, left: int, right: int) -> None:
    """Repeat a value that is merged over several rows: it holds for each of them; a cell merged sideways keeps its one value."""
    if left != right:
        return
    for row in range(top + 1, min(bottom + 1, len(rows))):
        rows[row][left] = rows[top][left]


def _formulas_by_sheet(archive: zipfile.ZipFile, limits: ReadLimits) -> dict[str, Formulas]:
    """Return per sheet name where formulas stand; refuses a sheet whose corner lies beyond what would be kept in memory."""
    try:
        book, relations = (archive.read(f"xl/{part}").decode("utf-8", "replace") for part in ("workbook.xml", "_rels/workbook.xml.rels"))
    except KeyError:
        return {}
    targets = {}
    for relation in _RELATION.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(relation))
        targets[attributes.get("Id", "")] = attributes.get("Target", "").removeprefix("/xl/")
    found = {}
    for name, relation_id in _SHEET.findall(book):
        path = f"xl/{targets.get(relation_id, '')}"
        if path.endswith(".xml") and path in archive.NameToInfo:
            found[html.unescape(name)] = _scan(archive.read(path), limits)
    return found


def _scan(xml: bytes, limits: ReadLimits) -> Formulas:
    width = max((column_index(letters.decode()) for letters in set(_CELL.findall(xml))), default=0) + 1
    height = max(map(int, _LAST_ROW.findall(xml)), default=0)
    if width * height > limits.max_cells:
        raise FileRefused("spreadsheet.sheet_too_wide", limit=limits.max_cells)
    found = {}
    if b't="e"' in xml:
        found = {(int(row) - 1, column_index(letters.decode())): text.decode() for letters, row, text in _ERROR.findall(xml)}
    if b"<f" in xml:
        for letters, row, text in _FORMULA.findall(xml):
            found[int(row) - 1, column_index(letters.decode())] = "=" + html.unescape(text.decode("utf-8", "replace"))
    return found
