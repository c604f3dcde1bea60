"""From a sheet with a recognised header to rows: each cell parsed, each problem kept with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from opstap.bridges.spreadsheets.cells import ERRORS, Cell, Grid, Source, as_text, cell_name, fold
from opstap.bridges.spreadsheets.columns import Column, Header, find_header
from opstap.bridges.spreadsheets.parsers.parsed import Context, Parsed
from opstap.bridges.spreadsheets.problems import CellProblem, FileRefused, Problem, Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow, SkippedRow

Row = TypeVar("Row")
_TOTALS = ("totaal", "total", "subtotaal", "eindtotaal", "som", "totaal aantal")
_FEWEST_COLUMNS = 2
_LOST_ROW_BREAKS = 2
_MOST_REMEMBERED = 4096
_EMPTY: Parsed[Any] = Parsed(None)
_SHORTEST_SWALLOWED = 100


@dataclass(slots=True)
class TableRow:
    """One row while it is being read: its parsed fields and the problems found so far."""

    sheet: str
    number: int
    raw: dict[str, str]
    fields: dict[str, Any]
    problems: list[CellProblem] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def add(self, column: str, code: str, severity: Severity, **facts: str | int | None) -> None:
        """Note a problem that shows only when the row is seen as a whole; `column` is the field at which it is reported."""
        header = self.headers.get(column, next(iter(self.raw), ""))
        cell = cell_name(self.number, self.places.get(column, 0))
        self.problems.append(CellProblem(cell, header, self.raw.get(header, ""), severity, Problem(f"spreadsheet.{code}", dict(facts))))


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its header, and per column the texts parsed so far."""

    grid: Grid
    header: Header
    known: dict[int, dict[str, Parsed[Any]]] = field(default_factory=dict)

    def rows(self, context: Context, skipped: list[SkippedRow]) -> Iterator[TableRow]:
        """Yield the data rows below the header; totals and repeated headers go to `skipped`, blank rows vanish."""
        for index in range(self.header.row + 1, len(self.grid.rows)):
            cells = self.grid.rows[index]
            texts = {place: text for place, cell in enumerate(cells) if (text := as_text(cell))}
            if not texts and not (self.grid.formulas and any((index, place) in self.grid.formulas for place in self.header.columns)):
                continue
            reason = self._no_data(texts)
            if reason:
                skipped.append(SkippedRow(self.grid.name, index + 1, Problem(reason), " ".join(texts.values())[:200]))
            else:
                yield self._row(index, cells, texts, context)

    def row_again(self, number: int, cells: Sequence[Cell], context: Context) -> TableRow:
        """Return one row of cells as if it stood at `number` below this header, whatever it looks like."""
        return self._row(number - 1, list(cells), {place: text for place, cell in enumerate(cells) if (text := as_text(cell))}, context)

    def _no_data(self, texts: dict[int, str]) -> str:
        first = fold(next(iter(texts.values()), ""))
        if first.startswith(_TOTALS) and len(texts) <= max(3, len(self.header.columns) // 3):
            return "spreadsheet.totals_row"
        repeated = sum(texts.get(place) == text for place, text in self.header.texts.items())
        return "spreadsheet.header_again" if repeated >= max(_FEWEST_COLUMNS, len(self.header.texts) - 1) else ""

    def _row(self, index: int, cells: list[Cell], texts: dict[int, str], context: Context) -> TableRow:
        raw = {header: texts.get(place, "") for place, header in self.header.texts.items()}
        row = TableRow(self.grid.name, index + 1, raw, {})
        for place, column in self.header.columns.items():
            cell = cells[place] if place < len(cells) and texts.get(place) not in ERRORS else None
            parsed = self._parse(place, column, cell, context) if cell is not None and cell != "" else _EMPTY
            says_nothing = parsed.value is None and parsed.problem is None and (index, place) not in self.grid.formulas
            row.fields[column.field] = column.blank if says_nothing else parsed.value
            row.headers[column.field] = self.header.texts[place]
            row.places[column.field] = place
            text = texts.get(place, "")
            if parsed.problem or self.grid.formulas or text.startswith("="):
                self._note(row, place, text, parsed)
            if text in ERRORS:
                self._add(row, place, text, "error_value", Severity.ERROR)
            if len(text) > _SHORTEST_SWALLOWED and str(cell).count("\n") > _LOST_ROW_BREAKS:
                self._add(row, place, text, "rows_in_cell")
        return row

    def _parse(self, place: int, column: Column, cell: Cell, context: Context) -> Parsed[Any]:
        """Return the parsed cell; a text that the column held before is not parsed again."""
        if not isinstance(cell, str):
            return column.parse(cell, context)
        known = self.known.setdefault(place, {})
        if cell not in known:
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            known[cell] = column.parse(cell, context)
        return known[cell]

    def _add(self, row: TableRow, place: int, text: str, code: str, severity: Severity = Severity.WARNING) -> None:
        """Tell of a cell whose text is strange, whatever its parser makes of it."""
        problem = Problem(f"spreadsheet.{code}")
        row.problems.append(CellProblem(cell_name(row.number, place), self.header.texts[place], text, severity, problem))

    def _note(self, row: TableRow, place: int, text: str, parsed: Parsed[Any]) -> None:
        """Keep what was wrong with the cell, and that it holds a formula."""
        header, cell = self.header.texts[place], cell_name(row.number, place)
        formula = self.grid.formulas.get((row.number - 1, place), text if text.startswith("=") else "")
        if formula:
            code = "spreadsheet.formula" if text and text != formula else "spreadsheet.formula_not_run"
            severity = Severity.WARNING if text else Severity.ERROR
            row.raw[header] = text or formula
            row.problems.append(CellProblem(cell, header, formula, severity, Problem(code, {"used": text})))
        if parsed.problem:
            row.problems.append(CellProblem(cell, header, text, parsed.severity, parsed.problem, parsed.proposal))


@dataclass(frozen=True, slots=True)
class Book:
    """A file with the sheets that were recognised in it."""

    filename: str
    source: Source
    tables: tuple[Table, ...]

    def reading(self, expected: Sequence[Column], make: Callable[[TableRow], ReadRow[Row]], context: Context) -> Reading[Row]:
        """Return every data row of the sheets as `make` turns it into a value, with what the file itself was like."""
        skipped: list[SkippedRow] = []
        rows = tuple(make(row) for table in self.tables for row in table.rows(context, skipped))
        missing = {label for table in self.tables for label in table.header.missing(expected)}
        return Reading(
            filename=self.filename,
            rows=rows,
            unknown_columns=tuple(dict.fromkeys(text for table in self.tables for text in table.header.unknown)),
            missing_columns=tuple(column.label for column in expected if column.label in missing),
            skipped=tuple(skipped),
            sheets=tuple(table.grid.name for table in self.tables),
            encoding=self.source.encoding,
            delimiter=self.source.delimiter,
        )


def find_tables(source: Source, expected: Sequence[Column], context: Context, *, fewest: int) -> tuple[Table, ...]:
    """Return the sheets whose header names at least `fewest` of the expected columns and half of what the best sheet names."""
    tables = [Table(grid, find_header(grid, expected, context.limits.header_rows)) for grid in source.grids]
    best = max((table.header.score for table in tables), default=0.0)
    return tuple(table for table in tables if table.header.score >= max(float(fewest), best / 2))


def refuse_without_header(expected: Sequence[Column], source: Source) -> FileRefused:
    """Return the refusal of a file in which no header row was recognised; it names what was looked for and what was seen."""
    rows = [[text for cell in row if (text := as_text(cell))] for grid in source.grids for row in grid.rows]
    seen = next(filter(None, rows), None)
    if seen is None:
        return FileRefused("spreadsheet.file_empty")
    labels = tuple(column.label for column in expected[:8])
    return FileRefused("spreadsheet.no_header", expected=labels, seen=", ".join(seen)[:200])


def row_again(cells: Mapping[str, str], expected: Sequence[Column], context: Context, *, sheet: str, number: int) -> TableRow:
    """Return one row read anew from its texts under their headers, after somebody corrected some of them."""
    grid = Grid(sheet, [list(cells)])
    return Table(grid, find_header(grid, expected, 1)).row_again(number, list(cells.values()), context)
