"""OpenDocument sheets, as LibreOffice writes them."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.bridges.spreadsheets.corpus import ON

from opstap.bridges.spreadsheets.people import read_people
from opstap.bridges.spreadsheets.problems import FileRefused

SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
KIND = "application/vnd.oasis.opendocument.spreadsheet"
REST_OF_SHEET = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def row(*texts: str, repeated: int = 1) -> str:
    """Return one row of text cells."""
    cells = (f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def sheet(*rows: str) -> bytes:
    """Return an OpenDocument file of one sheet."""
    names = " ".join(f'xmlns:{name}="{SPACE}{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="L">{"".join(rows)}</table:table></office:spreadsheet></office:body>'
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", KIND)
        packed.writestr("content.xml", f'<?xml version="1.0"?><office:document-content {names}>{body}</office:document-content>')
        packed.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{SPACE}manifest:1.0">{entry}</manifest:manifest>')
    return stream.getvalue()


def test_ods_people() -> None:
    """People are read, and the million empty rows that LibreOffice notes at the end cost nothing."""
    data = sheet(row("Naam", "Voornaam", "Gemeente"), row("Haddad", "Ahmed", "Oostende"), REST_OF_SHEET)
    reading = read_people(data, filename="lijst.ods", on=ON)

    assert [(line.number, line.value and line.value.full_name) for line in reading.rows] == [(2, "Ahmed Haddad")]


def test_ods_row_repeated_a_million_times() -> None:
    """A row that says to be repeated a million times is refused, not unrolled."""
    data = sheet(row("Naam", "Voornaam", "Gemeente"), row("Haddad", "Ahmed", "Oostende", repeated=1_048_576))
    with pytest.raises(FileRefused) as refused:
        read_people(data, filename="lijst.ods", on=ON)

    assert refused.value.problem.code == "spreadsheet.too_many_rows"
