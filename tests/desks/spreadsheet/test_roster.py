"""The roster without a server: the association's workbook in, an explained roster out; and every mistake in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from opstap.bridges.spreadsheets.roster import read_shifts
from opstap.desks.spreadsheet.command import DONE, REFUSED, main

LAVORO = Path(__file__).parents[3] / "demo" / "oostende" / "lavoro.xlsx"
SHEETS = [
    "Lees mij", "Per werknemer", "Per vestiging", "Per dag", "Niet ingevuld", "Leren", "Waarom niet daar", "Puntenblad", "Schaars",
    "Rijen met problemen",
]  # fmt: skip
WORKERS, DEMANDS, WEEKS = 25, 53, 2


def roster(out: Path, *more: str, file: Path = LAVORO, start: str = "2023-09-04") -> int:
    """Run the command as a planner would, for two weeks, with little time to search."""
    return main(["roster", "--input", str(file), "--from", start, "--weeks", str(WEEKS), "--out", str(out), "--seconds", "3", *more])


def table(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    """Return the rows of a sheet by their heading."""
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result file made of the workbook of the demo."""
    out = tmp_path_factory.mktemp("uit") / "rooster.xlsx"
    assert roster(out) == DONE
    return out


@pytest.fixture(scope="module")
def book(made: Path) -> openpyxl.Workbook:
    """The result, opened."""
    return openpyxl.load_workbook(made)


def test_workbook_has_every_sheet(book: openpyxl.Workbook) -> None:
    """By worker, by site, by day, the reasons and the score."""
    assert book.sheetnames == SHEETS


def test_sheets_agree_on_the_shifts(book: openpyxl.Workbook) -> None:
    """The hours by worker are the shifts by day: 7.6 hours each."""
    shifts, weeks = table(book, "Per dag"), table(book, "Per werknemer")
    hours = sum(float(str(row["Uren"] or 0)) for row in weeks)
    assert (len(weeks), round(hours / 7.6)) == (WORKERS * WEEKS, len(shifts))


def test_every_shift_says_why(book: openpyxl.Workbook) -> None:
    """No shift without a reason."""
    assert [row for row in table(book, "Per dag") if not row["Waarom"]] == []


def test_saturdays_are_explained(book: openpyxl.Workbook) -> None:
    """Nobody's contract has Saturday, so the shops miss three each Saturday; the sheet says what would change it."""
    rows = [row for row in table(book, "Niet ingevuld") if row["Dag"] == "zaterdag"]
    causes = {"dezelfde regel houdt de meesten tegen: weekdagen van het contract" in str(row["Oorzaak"]) for row in rows}
    assert (sum(int(str(row["Mensen tekort"])) for row in rows), causes) == (3 * WEEKS, {True})


def test_score_adds_up(book: openpyxl.Workbook) -> None:
    """The rules add up to the total, and the proof is not above it."""
    rows = {str(row["Regel"]): int(str(row["Punten"])) for row in table(book, "Puntenblad")}
    total, bound = rows.pop("Totaal"), rows.pop("Geen enkel rooster komt hieronder")
    floor = rows.pop("Waarvan niemand kan vermijden")
    assert (sum(rows.values()), floor <= bound <= total) == (total, True)


def test_why_not_there_names_people_not_keys(book: openpyxl.Workbook) -> None:
    """A worker who never works somewhere reads why, for every kind of work."""
    rows = table(book, "Waarom niet daar")
    assert [row for row in rows if not row["Waarom niet daar"]] == []


def test_what_was_assumed_is_listed(book: openpyxl.Workbook) -> None:
    """Four sites are not on the map, and ten wishes are skills already: a person can mend both."""
    told = [str(row["Wat er mis is"]) for row in table(book, "Rijen met problemen")]
    assert (sum("niet bekend waar" in text for text in told), sum("kan dit al" in text for text in told)) == (4, 10)


def test_published_roster_is_read_again(made: Path, tmp_path: Path) -> None:
    """The sheet by day of an earlier result is the published roster of the next: changes are listed, and few."""
    again = tmp_path / "opnieuw.xlsx"
    assert roster(again, "--published", str(made), "--order", "moves,minimum,wanted,hours") == DONE
    book = openpyxl.load_workbook(again)
    before, after = (read_shifts(file, filename=file.name).values for file in (made, again))
    told = [str(value) for row in table(book, "Wijzigingen") for value in row.values() if value]
    assert (told, set(before) ^ set(after)) == (["Niets verschilt van wat gepubliceerd was."], set())


def absent_too(tmp_path: Path, number: int, first: date, last: date) -> Path:
    """The workbook of the demo with one absence more."""
    book = openpyxl.load_workbook(LAVORO)
    book["Afwezigheden"].append([number, first, last, "ziekte"])
    changed = tmp_path / "ziek.xlsx"
    book.save(changed)
    return changed


def test_absence_is_repaired_and_replacements_are_ranked(made: Path, book: openpyxl.Workbook, tmp_path: Path) -> None:
    """One worker falls ill for a week: their shifts go, few others move, and who could take over stands in a list with its cost."""
    ill = next(row for row in table(book, "Per dag") if str(row["Datum"]).startswith("2023-09-04"))
    number, again = int(str(ill["Nummer"])), tmp_path / "hersteld.xlsx"
    changed = absent_too(tmp_path, number, date(2023, 9, 4), date(2023, 9, 8))
    assert roster(again, "--published", str(made), "--repair", file=changed) == DONE
    result = openpyxl.load_workbook(again)
    first_week = {f"2023-09-0{day}" for day in range(4, 9)}
    left = [row for row in table(result, "Per dag") if row["Nummer"] == str(number) and str(row["Datum"])[:10] in first_week]
    ranks = [row["Rang"] for row in table(result, "Vervangingen") if row["Rang"]]
    moved = {row["Nummer"] for row in table(result, "Wijzigingen")} - {str(number)}
    assert (left, bool(table(result, "Vervangingen")), set(ranks) <= {1, 2, 3, 4, 5}, len(moved) <= 5) == ([], True, True, True)


def test_repair_needs_what_was_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A repair of nothing is refused with what to give."""
    assert (roster(tmp_path / "uit.xlsx", "--repair"), "--published" in capsys.readouterr().err) == (REFUSED, True)


MISTAKES: list[tuple[Sequence[str], str]] = [
    (("--order", "minimum,geluk"), "geluk"),
    (("--order", "minimum,minimum"), "minimum"),
    (("--weeks", "99"), "99"),
]


@pytest.mark.parametrize(("words", "told"), MISTAKES)
def test_mistake_on_the_command_line_is_told(words: Sequence[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that cannot be used gets a sentence that names it."""
    assert (roster(tmp_path / "uit.xlsx", *words), told in capsys.readouterr().err) == (REFUSED, True)


@pytest.mark.parametrize(("start", "told"), [("2023-09-05", "maandag"), ("gisteren", "gisteren")])
def test_day_that_is_no_monday_is_told(start: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A roster begins on a Monday."""
    assert (roster(tmp_path / "uit.xlsx", start=start), told in capsys.readouterr().err) == (REFUSED, True)


def test_result_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A result is a workbook or text files."""
    assert (roster(tmp_path / "uit.pdf"), "uit.pdf" in capsys.readouterr().err) == (REFUSED, True)


def test_workbook_without_demand_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook that lists only workers says what is looked for."""
    book = openpyxl.load_workbook(LAVORO)
    for name in ("Vraag", "Coaches", "Afwezigheden"):
        del book[name]
    short = tmp_path / "half.xlsx"
    book.save(short)
    assert (roster(tmp_path / "uit.xlsx", file=short), "half.xlsx" in capsys.readouterr().err) == (REFUSED, True)


def test_demand_is_as_long_as_the_sheet() -> None:
    """Every row of the demand is used, every coach and every absence."""
    from opstap.bridges.spreadsheets.roster import read_roster_input  # noqa: PLC0415 - only this test reads without planning

    reading = read_roster_input(LAVORO, filename=LAVORO.name, on=None)
    counts = tuple(len(sheet.values) for sheet in reading.all)
    assert counts == (WORKERS, DEMANDS, 7, 25, 0, 0)
