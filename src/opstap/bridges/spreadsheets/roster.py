"""The workbook of an employers' association: workers, demand, coaches and absences, read from the habits of those who keep it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from opstap.bridges.spreadsheets import roster_columns as columns
from opstap.bridges.spreadsheets.cells import Source
from opstap.bridges.spreadsheets.columns import Column
from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.parsers.parsed import Context
from opstap.bridges.spreadsheets.problems import Severity
from opstap.bridges.spreadsheets.reading import Reading, ReadRow
from opstap.bridges.spreadsheets.sources import open_source
from opstap.bridges.spreadsheets.tables import Book, TableRow, find_tables, refuse_without_header

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A worker. `hours` a week by contract; `days` weekdays, 0 is Monday; `until` is the first day after the contract."""

    number: str
    hours: float
    days: tuple[int, ...]
    last_name: str = ""
    first_name: str = ""
    age: int | None = None
    birth_date: date | None = None
    education: str | None = None
    status: str | None = None
    skills: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    limits: tuple[str, ...] | None = ()
    licences: tuple[str, ...] = ()
    neighbourhood: str | None = None
    municipality: str | None = None
    travel_mode: str | None = None
    email: str | None = None
    phone: str | None = None
    street: str | None = None
    postcode: str | None = None
    hired_on: date | None = None
    until: date | None = None

    @property
    def full_name(self) -> str:
        """First name and last name."""
        return f"{self.first_name} {self.last_name}".strip() or self.number


@dataclass(frozen=True, slots=True)
class DemandRow:
    """What a site asks for a function on some weekdays; hours in minutes after midnight."""

    member: str
    site: str
    function: str
    days: tuple[int, ...]
    starts: int
    ends: int
    minimum: int
    wanted: int
    maximum: int
    pause: int = 0


@dataclass(frozen=True, slots=True)
class CoachRow:
    """A coach at a site, the weekdays, and how many workers at the same time."""

    site: str
    name: str
    days: tuple[int, ...]
    maximum: int
    member: str = ""


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days on which a worker is away, `until` is the first day back."""

    number: str
    starts_on: date
    until: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SiteRow:
    """Where a site lies, whether it is a shop at the coast, when its organisation is a member, when it is closed."""

    site: str
    member: str = ""
    municipality: str | None = None
    neighbourhood: str | None = None
    is_seaside_shop: str | None = None
    member_from: date | None = None
    member_until: date | None = None
    closed_from: date | None = None
    closed_until: date | None = None


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """What a function asks of a body, its licences, and whether nobody likes it."""

    function: str
    demands: tuple[str, ...] | None = ()
    licences: tuple[str, ...] = ()
    is_unloved: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift that was published."""

    number: str
    day: date
    site: str
    function: str
    starts: int


@dataclass(frozen=True, slots=True)
class RosterReading:
    """Every sheet of the workbook; a sheet that is not there has no rows."""

    workers: Reading[WorkerRow]
    demands: Reading[DemandRow]
    coaches: Reading[CoachRow]
    absences: Reading[AbsenceRow]
    sites: Reading[SiteRow]
    functions: Reading[FunctionRow]

    @property
    def all(self) -> tuple[Reading[Any], ...]:
        """The sheets in the order in which they are read."""
        return (self.workers, self.demands, self.coaches, self.absences, self.sites, self.functions)


class _Sheets:
    """Hands out the sheets of a file, each to the first kind that it names the needed columns of."""

    def __init__(self, source: Source, filename: str, context: Context) -> None:
        self._source, self._filename, self._context = source, filename, context
        self._free = list(source.grids)

    def read(self, expected: Sequence[Column], needed: frozenset[str], make: Callable[[TableRow], ReadRow[Row]]) -> Reading[Row]:
        """Return the rows of every free sheet whose header names the needed fields."""
        tables = find_tables(Source(tuple(self._free)), expected, self._context, fewest=len(needed))
        mine = tuple(table for table in tables if needed <= {column.field for column in table.header.columns.values()})
        taken = {table.grid.name for table in mine}
        self._free = [grid for grid in self._free if grid.name not in taken]
        return Book(self._filename, self._source, mine).reading(expected, make, self._context)


def read_roster_input(file: Path | bytes, *, filename: str, on: date | None, limits: ReadLimits | None = None) -> RosterReading:
    """Return what the workbook says; raises FileRefused when it cannot be read, or lists no workers or no demand."""
    context = Context(on, limits or ReadLimits())
    source = open_source(file, filename, context.limits)
    sheets = _Sheets(source, filename, context)
    workers = sheets.read(columns.WORKERS_COLUMNS, frozenset({"number", "hours", "days"}), _maker(WorkerRow))
    demands = sheets.read(columns.DEMANDS_COLUMNS, frozenset({"site", "function", "minimum", "days"}), _maker(DemandRow))
    for reading, expected in ((workers, columns.WORKERS_COLUMNS), (demands, columns.DEMANDS_COLUMNS)):
        if not reading.sheets:
            raise refuse_without_header(expected, source)
    return RosterReading(
        workers,
        demands,
        sheets.read(columns.COACHES_COLUMNS, frozenset({"site", "name", "maximum"}), _maker(CoachRow)),
        sheets.read(columns.ABSENCES_COLUMNS, frozenset({"number", "starts_on", "last_day"}), _maker(AbsenceRow)),
        sheets.read(columns.SITES_COLUMNS, frozenset({"site", "municipality"}), _maker(SiteRow)),
        sheets.read(columns.FUNCTIONS_COLUMNS, frozenset({"function"}), _maker(FunctionRow)),
    )


def read_shifts(file: Path | bytes, *, filename: str, limits: ReadLimits | None = None) -> Reading[ShiftRow]:
    """Return the shifts of a roster that was written before; raises FileRefused when no sheet lists shifts."""
    context = Context(None, limits or ReadLimits())
    source = open_source(file, filename, context.limits)
    needed = frozenset({"number", "day", "site", "function", "starts"})
    reading = _Sheets(source, filename, context).read(columns.SHIFTS_COLUMNS, needed, _maker(ShiftRow))
    if not reading.sheets:
        raise refuse_without_header(columns.SHIFTS_COLUMNS, source)
    return reading


_LAST_DAYS = {"last_day": "until", "member_last_day": "member_until", "closed_last_day": "closed_until"}
_HAVE_DEFAULT = frozenset({"limits", "demands"})


def _maker(kind: type[Row]) -> Callable[[TableRow], ReadRow[Row]]:
    """Return what turns a row of a sheet into a value; a row without something that it needs is kept with its problem, as no value."""
    known = {item.name: item.default for item in fields(kind)}  # type: ignore[arg-type] # kind is a dataclass
    needed = [name for name, default in known.items() if default is MISSING]

    def make(row: TableRow) -> ReadRow[Row]:
        values = {name: value for name, value in _half_open(row).items() if name in known and (value is not None or name in _HAVE_DEFAULT)}
        missing = [name for name in needed if values.get(name) is None]
        for name in missing:
            row.add(_shown(name), "roster_cell_missing", Severity.ERROR)
        if not missing and _falls(values):
            row.add("minimum" if "minimum" in values else "starts_on", "roster_numbers_fall", Severity.ERROR)
            missing.append("minimum")
        return ReadRow(row.sheet, row.number, row.raw, None if missing else kind(**values), tuple(row.problems))

    return make


_RISING = (("minimum", "wanted", "maximum"), ("starts", "ends"), ("starts_on", "until"))


def _falls(values: dict[str, Any]) -> bool:
    """Tell whether numbers, hours or days that must rise do not."""
    for names in _RISING:
        present = [values[name] for name in names if name in values]
        if present != sorted(present):
            return True
    return False


def _half_open(row: TableRow) -> dict[str, Any]:
    """Return the fields with every last day turned into the first day after it."""
    values = dict(row.fields)
    for last, until in _LAST_DAYS.items():
        if values.get(last) is not None:
            values[until] = values[last] + timedelta(days=1)
    return values


def _shown(name: str) -> str:
    return next((last for last, until in _LAST_DAYS.items() if until == name), name)
