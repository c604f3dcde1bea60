"""Workbooks: sheets, formulas, merged cells, and files that are refused before they can do harm."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.bridges.spreadsheets.corpus import AHMED, HEADER, ON, YASMINA, Rows, delimited, people_of, problems_of, workbook

from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.people import read_people
from opstap.bridges.spreadsheets.places import read_places
from opstap.bridges.spreadsheets.problems import FileRefused, Severity

PLACES = (("Organisatie", "Functie", "Aantal plaatsen", "Van", "Tot"), ("Stad", "kok", "2", "1/9/2023", "31/12/2023"))


def archive(**entries: bytes) -> bytes:
    """Return a zip with the entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return stream.getvalue()


def refusal_of(data: bytes, limits: ReadLimits | None = None) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(FileRefused) as refused:
        read_people(data, filename="lijst.xlsx", on=ON, limits=limits)
    return refused.value.problem.code


def test_workbook_same_people_as_text(two_people: Rows) -> None:
    """A list gives the same people as a workbook and as a text file."""
    assert people_of(workbook(Lijst=two_people)).values == people_of(delimited(two_people)).values


def test_workbook_picks_the_sheets_with_people(two_people: Rows) -> None:
    """The sheets whose header names people are read, all of them; a cover and a code list are not."""
    data = workbook(
        Voorblad=(("Stad Oostende",), ("september",)), Codes=(("code", "betekenis"), ("LL", "leefloon")), A=two_people, B=(HEADER, YASMINA)
    )
    reading = people_of(data)

    assert (reading.sheets, len(reading.values)) == (("A", "B"), 3)


def test_workbook_formula_is_never_run(two_people: Rows) -> None:
    """A formula without a value is an error of its cell: the value is not known, and the formula's text is kept."""
    reading = people_of(workbook(Lijst=(*two_people, ("=1+1", "Demir", "=CONCATENATE(A1)", *AHMED[3:]))))
    third = reading.rows[2]

    assert (third.value and third.value.client_number, third.raw["Klantnummer"]) == (None, "=1+1")
    assert [(found.cell, found.severity, found.problem.code) for found in third.problems] == [
        ("A4", Severity.ERROR, "spreadsheet.formula_not_run"),
        ("C4", Severity.ERROR, "spreadsheet.formula_not_run"),
    ]


def test_workbook_formula_with_value() -> None:
    """A formula whose last value is in the file gives that value, with a warning."""
    data = workbook(Lijst=(HEADER, ("=1+1", *AHMED[1:])))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")
    reading = people_of(archive(**parts))

    assert reading.values[0].client_number == "2"
    assert problems_of(reading) == [("A2", "spreadsheet.formula", None)]


def test_workbook_merged_downwards() -> None:
    """A value merged over several rows holds for each of them."""
    book = openpyxl.Workbook()
    page = book.active
    for row in (PLACES[0], *(("Stad", function, "1", "1/9/2023", "31/12/2023") for function in ("kok", "tuinier", "poetser"))):
        page.append(row)
    page.merge_cells("A2:A4")
    stream = io.BytesIO()
    book.save(stream)
    places = read_places(stream.getvalue(), filename="plaatsen.xlsx", on=ON).places

    assert [place.organisation for place in places.values] == ["Stad"] * 3


def test_places_last_day_becomes_half_open() -> None:
    """The day under "Tot" is the last day in the sheet; in a row it is the first day after."""
    (place,) = read_places(workbook(Plaatsen=PLACES), filename="plaatsen.xlsx", on=ON).places.values

    assert (place.starts_on, place.until, place.capacity) == (date(2023, 9, 1), date(2024, 1, 1), 2)


def test_places_unusable_rows() -> None:
    """A place that ends before it starts, or without a function or a count, is kept as a row with its reason."""
    rows = (PLACES[0], ("Stad", "kok", "2", "1/9/2023", "31/8/2022"), ("Stad", "", "2", "", ""), ("Stad", "kok", "", "", ""))
    reading = read_places(workbook(Plaatsen=rows), filename="plaatsen.xlsx", on=ON).places

    assert [row.value for row in reading.rows] == [None, None, None]
    assert [found.problem.code.partition(".")[2] for row in reading.rows for found in row.problems] == [
        "place_ends_before_start",
        "place_without_function",
        "place_without_capacity",
    ]


def test_places_and_mentors_from_two_sheets() -> None:
    """Mentors are read from the sheet that lists them, whatever its name."""
    mentors = (("Organisatie", "Naam mentor", "Opleiding op", "Max"), ("Stad", "An Maes", "26/03/2023", "3"), ("Stad", "Piet Jans", "", ""))
    reading = read_places(workbook(Blad1=PLACES, Blad2=mentors), filename="plaatsen.xlsx", on=ON)

    assert [(mentor.name, mentor.certified_on, mentor.capacity) for mentor in reading.mentors.values] == [
        ("An Maes", date(2023, 3, 26), 3),
        ("Piet Jans", None, None),
    ]


def test_bomb_promised() -> None:
    """A workbook that promises more than the limit is refused before a byte of it is unpacked."""
    bomb = archive(**{"xl/workbook.xml": b"0" * 2_000_000})

    assert refusal_of(bomb, ReadLimits(max_unpacked_bytes=1_000_000)) == "spreadsheet.unpacks_too_large"


def test_bomb_that_lies() -> None:
    """A workbook that promises little and unpacks to much is refused while it is weighed."""
    bomb = bytearray(archive(**{"a.xml": b"0" * 2_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = bomb.index(signature) + offset
        bomb[place : place + 4] = (100).to_bytes(4, "little")

    assert refusal_of(bytes(bomb), ReadLimits(max_unpacked_bytes=1_000_000)) == "spreadsheet.unpacks_too_large"


def test_bomb_nested() -> None:
    """Archives in archives count with what they unpack to."""
    inner = archive(**{"a.xml": b"0" * 2_000_000})

    assert refusal_of(archive(**{"inner.zip": inner}), ReadLimits(max_unpacked_bytes=1_000_000)) == "spreadsheet.unpacks_too_large"


def test_far_corner() -> None:
    """A single cell in the last corner of a sheet does not make a grid of billions of cells."""
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)

    assert refusal_of(stream.getvalue()) == "spreadsheet.sheet_too_wide"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "spreadsheet.file_empty"),
        (b" \r\n ", "spreadsheet.file_empty"),
        (b"%PDF-1.7 ...", "spreadsheet.wrong_type"),
        (b"<html><table><tr><td>Naam</td></tr></table></html>", "spreadsheet.wrong_type"),
        (b"\x7fELF\x00\x01\x02\x00\x03\x00\x00\x00\x04", "spreadsheet.not_a_list"),
        (b"PK\x03\x04 broken", "spreadsheet.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "spreadsheet.unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "spreadsheet.password"),
        (b"een;twee\r\ndrie;vier\r\n", "spreadsheet.no_header"),
    ],
)
def test_file_refused(data: bytes, code: str) -> None:
    """A file that is no list is refused with what it is and what to do."""
    assert refusal_of(data) == code


def test_file_too_large_or_too_long() -> None:
    """A file beyond the bounds is refused by its size."""
    rows = (HEADER, *(AHMED for _ in range(10)))

    assert refusal_of(delimited(rows), ReadLimits(max_bytes=100)) == "spreadsheet.file_too_large"
    assert refusal_of(delimited(rows), ReadLimits(max_rows=5)) == "spreadsheet.too_many_rows"
    assert refusal_of(workbook(Lijst=rows), ReadLimits(max_rows=5)) == "spreadsheet.too_many_rows"


def test_file_missing(tmp_path: Path) -> None:
    """A path that is not there, or is a folder, is refused by its name."""
    with pytest.raises(FileRefused) as missing:
        read_people(tmp_path / "lijst.xlsx", filename="lijst.xlsx", on=ON)
    with pytest.raises(FileRefused) as folder:
        read_people(tmp_path, filename="map", on=ON)

    assert (missing.value.problem.code, folder.value.problem.code) == ("spreadsheet.file_missing", "spreadsheet.file_closed")


def test_archive_of_a_newer_format_is_refused() -> None:
    """An archive that says it needs a version of the format that nobody here knows is a damaged workbook, not a crash."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    data = bytearray(whole.getvalue())
    data[data.index(b"PK\x01\x02") + 6] = 99

    assert refusal_of(bytes(data)) == "spreadsheet.unreadable"


def test_header_over_two_rows_is_one_header() -> None:
    """A column name that is split over two rows is read whole, and a heading above a group of columns does not stand in the way."""
    upper = ("Klant-", "Achter-", "Voor-", "Geboorte-", "Bereiken", "", "Waar", "", "")
    lower = ("nummer", "naam", "naam", "datum", *HEADER[4:])
    assert people_of(workbook(Lijst=[upper, lower, AHMED, YASMINA])).values == people_of(workbook(Lijst=[HEADER, AHMED, YASMINA])).values


def test_header_far_below_empty_rows_is_found() -> None:
    """Empty rows above the header do not count as rows that were searched."""
    read = people_of(workbook(Lijst=[*([()] * 60), ("Lijst van september",), HEADER, AHMED]))
    assert [(row.number, row.value.last_name) for row in read.rows if row.value] == [(63, "Haddad")]


def test_cells_that_show_an_error_are_named_and_left_open() -> None:
    """An error of the spreadsheet is never a name or a day: the cell is named with what to do, in a workbook as in a text file."""
    row = ("18194395", "#NAAM?", "Ahmed", "#N/A", *AHMED[4:])
    for reading in (people_of(workbook(Lijst=[HEADER, row])), people_of(delimited([HEADER, row]))):
        person = reading.rows[0].value
        assert person is not None
        assert (person.last_name, person.first_name, person.birth_date) == ("", "Ahmed", None)
        assert problems_of(reading) == [("B2", "spreadsheet.error_value", None), ("D2", "spreadsheet.error_value", None)]


def test_pasted_error_of_a_workbook_is_named() -> None:
    """A cell of the kind "error" without a formula, as pasting values leaves it, is not silently empty."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(Lijst=[HEADER, AHMED])))
    cell = book["Lijst"]["D2"]
    cell.value, cell.data_type = "#REF!", "e"
    stream = io.BytesIO()
    book.save(stream)
    assert problems_of(people_of(stream.getvalue())) == [("D2", "spreadsheet.error_value", None)]


def test_workbook_without_any_cell_is_said_to_be_empty() -> None:
    """Who sends an empty workbook reads that it is empty, not which column names were looked for."""
    assert refusal_of(workbook(Lijst=[], Ook=[])) == "spreadsheet.file_empty"
