"""Text files with delimiters: encoding and delimiter are found, not asked."""

from __future__ import annotations

import codecs
import csv
import io

from opstap.bridges.spreadsheets.cells import Cell, Grid, Source
from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.problems import FileRefused

DELIMITERS = (";", ",", "\t", "|")
_SAMPLE_LINES = 40
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_delimited(data: bytes, name: str, limits: ReadLimits) -> Source:
    """Return the text file as one sheet; raises FileRefused when it is no text or its quotation marks never close."""
    text, encoding = decode(data)
    lines = text.splitlines()
    declared = lines[0].strip() if lines else ""
    if declared.lower().startswith("sep=") and len(declared) == len("sep=;"):
        delimiter = declared[-1]
        text = "\n".join(["", *lines[1:]])
    else:
        delimiter = find_delimiter(lines)
    return Source((Grid(name, _records(text, delimiter, limits)),), encoding, delimiter)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: UTF-8, UTF-16 or UTF-32 when it is that, else Windows-1252."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding), encoding
    zeros_even, zeros_odd = data[:2000:2].count(0), data[1:2000:2].count(0)
    if zeros_even or zeros_odd:
        if max(zeros_even, zeros_odd) * 4 < len(data[:2000]) or min(zeros_even, zeros_odd) * 10 > max(zeros_even, zeros_odd):
            raise FileRefused("spreadsheet.not_a_list")
        encoding = "utf-16-be" if zeros_even > zeros_odd else "utf-16-le"
        return _decoded(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").replace("\ufffd", "?"), "windows-1252"


def _decoded(data: bytes, encoding: str) -> str:
    """Return the text of a file that announced its encoding, with "?" for what is broken in it."""
    return data.decode(encoding, errors="replace").replace("\ufffd", "?")


def find_delimiter(lines: list[str]) -> str:
    """Return the delimiter under which most sample lines fall apart into the same, largest number of fields."""
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip()]
    return max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: list[str], delimiter: str) -> tuple[int, int]:
    try:
        widths = [len(fields) for fields in csv.reader(sample, delimiter=delimiter)]
    except csv.Error:
        return 0, 0
    several = [width for width in widths if width > 1]
    if not several:
        return 0, 0
    common = max(set(several), key=lambda width: (several.count(width), width))
    return several.count(common) * (common - 1), common


def _records(text: str, delimiter: str, limits: ReadLimits) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for record in reader:
            rows.append(list(record))
            if len(rows) > limits.max_rows:
                raise FileRefused("spreadsheet.too_many_rows", limit=limits.max_rows)
    except csv.Error as error:
        raise FileRefused("spreadsheet.quote_open", line=reader.line_num) from error
    return rows
