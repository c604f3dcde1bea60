"""Sheets written for people: nothing runs, nothing is lost, and a spreadsheet program can open it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from opstap.bridges.spreadsheets.output import Badge, OutputColumn, OutputSheet, Tone, as_delimited, write_sheets

AT = datetime(2023, 9, 1, 9, 30, tzinfo=UTC)
READ_ME = OutputSheet("Lees mij", (), (), intro=("# Kop", "gewone regel"))
DANGEROUS = ('=HYPERLINK("http://example.be","klik")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1+1")
TABLE = OutputSheet(
    "Mensen",
    (OutputColumn("Naam", 24), OutputColumn("Geboren"), OutputColumn("Plaatsen"), OutputColumn("Regio")),
    (("Yılmaz Yasmina", date(1970, 8, 3), 2, Badge("voldaan", Tone.MET)), ("=1+1", None, 0, Badge("onbekend", Tone.UNKNOWN))),
)


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    """The two sheets, written and read back by another library."""
    write_sheets(tmp_path / "uit.xlsx", (READ_ME, TABLE), title="Voorstel", at=AT)
    return openpyxl.load_workbook(tmp_path / "uit.xlsx")


def test_workbook_cells(book: openpyxl.Workbook) -> None:
    """Texts, days, numbers and badges come back as they were given."""
    rows = list(book["Mensen"].iter_rows(values_only=True))

    assert rows == [
        ("Naam", "Geboren", "Plaatsen", "Regio"),
        ("Yılmaz Yasmina", datetime(1970, 8, 3), 2, "voldaan"),  # noqa: DTZ001 - a cell of a sheet has no time zone
        ("=1+1", None, 0, "onbekend"),
    ]


def test_workbook_no_formulas(book: openpyxl.Workbook) -> None:
    """A text that begins with "=" is written as a text."""
    assert book["Mensen"]["A3"].data_type == "s"


def test_workbook_ready_for_work(book: openpyxl.Workbook) -> None:
    """The header is frozen and filtered, columns have their width, and badges their colour."""
    page = book["Mensen"]

    assert (page.freeze_panes, page.auto_filter.ref, page.column_dimensions["A"].width > 23) == ("B2", "A1:D3", True)
    assert (page["D2"].fill.fgColor.rgb, page["D3"].fill.fgColor.rgb) == ("FFDDF3E4", "FFFFF1C9")
    assert (page.print_title_rows, page.page_setup.orientation) == ("$1:$1", "landscape")


def test_workbook_same_bytes_for_same_moment(tmp_path: Path) -> None:
    """The same sheets at the same moment are the same cells and properties."""
    for name in ("een.xlsx", "twee.xlsx"):
        write_sheets(tmp_path / name, (READ_ME, TABLE), title="Voorstel", at=AT)
    parts = []
    for name in ("een.xlsx", "twee.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as packed:
            parts.append({part: packed.read(part) for part in packed.namelist()})

    assert parts[0] == parts[1]


@pytest.mark.parametrize("text", DANGEROUS)
def test_delimited_no_formulas(text: str) -> None:
    """A text that a spreadsheet would run gets an apostrophe in front; nothing of it is lost."""
    sheet = OutputSheet("Mensen", (OutputColumn("Naam"),), ((text,),))
    rows = list(csv.reader(io.StringIO(as_delimited(sheet).decode("utf-8-sig"), newline=""), delimiter=";"))

    assert rows == [["Naam"], ["'" + text]]


def test_delimited_telephone_stays() -> None:
    """A telephone number begins with "+" and is no formula."""
    assert (
        as_delimited(OutputSheet("M", (OutputColumn("Gsm"),), (("+32 478 12 34 56",),))).decode("utf-8-sig")
        == "Gsm\r\n+32 478 12 34 56\r\n"
    )


def test_write_csv_beside(tmp_path: Path) -> None:
    """Under the name that was asked stand the proposals; the other sheets stand beside it."""
    written = write_sheets(tmp_path / "uit.csv", (READ_ME, TABLE), title="Voorstel", at=AT)

    assert [path.name for path in written] == ["uit-lees-mij.csv", "uit.csv"]
    assert (tmp_path / "uit.csv").read_text(encoding="utf-8-sig").splitlines()[1] == "Yılmaz Yasmina;03/08/1970;2;voldaan"


def test_write_zip(tmp_path: Path) -> None:
    """An archive holds one text file per sheet."""
    write_sheets(tmp_path / "uit.zip", (READ_ME, TABLE), title="Voorstel", at=AT)
    with zipfile.ZipFile(tmp_path / "uit.zip") as packed:
        assert packed.namelist() == ["lees-mij.csv", "mensen.csv"]
