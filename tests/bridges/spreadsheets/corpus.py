"""Lists as strangers bring them, made here: nothing in this corpus is a file that someone once had."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import openpyxl

from opstap.bridges.spreadsheets.people import PersonRow, read_people
from opstap.bridges.spreadsheets.reading import Reading

ON = date(2023, 9, 1)
HEADER = ("Klantnummer", "Naam", "Voornaam", "Geboortedatum", "Gsm", "E-mail", "Gemeente", "Inkomen", "Beschikbaar")
AHMED = ("18194395", "Haddad", "Ahmed", "30/05/1984", "0481 32 28 59", "ahmed@example.be", "Oostende", "Leefloon", "ma vm, do vm")
YASMINA = ("57866880", "Yılmaz", "Yasmina", "03.08.1970", "+32 470 71 19 03", "", "Bredene", "WW", "voltijds")

Rows = Sequence[Sequence[object]]


def delimited(rows: Rows, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return the rows as a text file."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding, errors="replace")


def workbook(**sheets: Rows) -> bytes:
    """Return the rows as an xlsx workbook, a sheet per name; a text that begins with "=" becomes a formula without a value."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def people_of(data: bytes, filename: str = "lijst.csv") -> Reading[PersonRow]:
    """Return what the reader makes of a list of job seekers on 1 September 2023."""
    return read_people(data, filename=filename, on=ON)


def problems_of(reading: Reading[PersonRow]) -> list[tuple[str, str, str | None]]:
    """Return cell, code and proposal of every problem."""
    return [(found.cell, found.problem.code, found.proposal) for row in reading.rows for found in row.problems]
