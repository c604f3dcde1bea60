"""The workbook of an association as strangers keep it: other headings, hours in every habit, rows that cannot be used."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

import openpyxl
import pytest

from opstap.bridges.spreadsheets.cells import Cell
from opstap.bridges.spreadsheets.parsers.clock import parse_clock, parse_weekdays
from opstap.bridges.spreadsheets.parsers.parsed import Context
from opstap.bridges.spreadsheets.problems import FileRefused
from opstap.bridges.spreadsheets.roster import DemandRow, RosterReading, read_roster_input, read_shifts

WORKERS = [
    ["Personeelsnummer", "Familienaam", "Voornaam", "Contracturen", "Werkdagen", "Vaardigheden"],
    ["7", "Test", "An", "38", "ma-vr", "inpakker"],
]
DEMAND = [
    ["Werkplek", "Functie", "Dagen", "Begin", "Einde", "Pauze", "Min", "Gewenst", "Max"],
    ["Loods", "inpakker", "ma-wo", "8u", "16.06", "30", "1", "2", "3"],
]


def reading(**sheets: list[list[str]]) -> RosterReading:
    """Read a workbook made of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    file = io.BytesIO()
    book.save(file)
    return read_roster_input(file.getvalue(), filename="rooster.xlsx", on=None)


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("08:00", 480),
        ("8u30", 510),
        ("8.30", 510),
        ("16h", 960),
        ("9", 540),
        (time(9, 30), 570),
        (0.5, 720),
        (timedelta(hours=8), 480),
        ("", None),
    ],
)
def test_clock_is_read_in_every_habit(cell: Cell, minutes: int | None) -> None:
    """An hour of the day, however it is written."""
    assert parse_clock(cell, Context()).value == minutes


@pytest.mark.parametrize("cell", ["25:00", "8:75", "half negen", "-1"])
def test_clock_that_is_none_is_refused(cell: str) -> None:
    """Something else is not guessed."""
    parsed = parse_clock(cell, Context())
    assert (parsed.value, parsed.problem and parsed.problem.code) == (None, "spreadsheet.clock_unreadable")


@pytest.mark.parametrize(
    ("cell", "days"), [("ma,wo,vr", (0, 2, 4)), ("ma-vr", (0, 1, 2, 3, 4)), ("za", (5,)), ("ma vm, di nm", (0, 1)), ("", None)]
)
def test_weekdays_are_read(cell: str, days: tuple[int, ...] | None) -> None:
    """Weekdays in the words of the half-days."""
    assert parse_weekdays(cell, Context()).value == days


def test_other_headings_are_understood() -> None:
    """A demand over three days under other headings."""
    found = reading(Mensen=WORKERS, Werk=[[*DEMAND[0], "Lid"], [*DEMAND[1], "Lid A"]])
    expected = DemandRow("Lid A", "Loods", "inpakker", (0, 1, 2), 480, 966, 1, 2, 3, 30)
    assert (found.demands.values, [row.full_name for row in found.workers.values]) == ((expected,), ["An Test"])


def test_row_that_lacks_something_is_kept_with_its_problem() -> None:
    """Without hours a worker is not used, and the row says so."""
    found = reading(Mensen=[*WORKERS, ["8", "Test", "Bo", "", "ma", ""]], Werk=DEMAND)
    problems = [(row.number, problem.problem.code) for row in found.workers.rows for problem in row.problems]
    assert (len(found.workers.values), problems) == (1, [(3, "spreadsheet.roster_cell_missing")])


@pytest.mark.parametrize(("place", "value"), [(6, "5"), (4, "07:00")])
def test_numbers_that_fall_are_refused(place: int, value: str) -> None:
    """A minimum above what is wanted, or an end before the start."""
    wrong = [*DEMAND[1], "Lid A"]
    wrong[place] = value
    found = reading(Mensen=WORKERS, Werk=[[*DEMAND[0], "Lid"], wrong])
    codes = [problem.problem.code for row in found.demands.rows for problem in row.problems]
    assert (found.demands.values, codes) == ((), ["spreadsheet.roster_numbers_fall"])


def test_last_day_becomes_the_first_day_after() -> None:
    """An absence of one day ends the next."""
    absences = [["Nr", "Van", "Tot", "Reden"], ["7", "04/09/2023", "04/09/2023", "verlof"]]
    found = reading(Mensen=WORKERS, Werk=DEMAND, Weg=absences)
    assert [(row.starts_on, row.until) for row in found.absences.values] == [(date(2023, 9, 4), date(2023, 9, 5))]


def test_file_without_workers_is_refused() -> None:
    """A workbook of something else is refused with what was looked for."""
    with pytest.raises(FileRefused) as refusal:
        reading(Blad=[["Kleur", "Maat"], ["rood", "M"]])
    assert refusal.value.problem.code == "spreadsheet.no_header"


def test_file_without_shifts_is_no_published_roster() -> None:
    """A list of people is no roster."""
    file = b"Naam;Voornaam\nTest;An\n"
    with pytest.raises(FileRefused) as refusal:
        read_shifts(file, filename="lijst.csv")
    assert refusal.value.problem.code == "spreadsheet.no_header"
