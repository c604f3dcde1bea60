"""Any file that a person may bring, taken apart into sheets; recognised by its content, not by its name."""

from __future__ import annotations

from pathlib import Path, PurePath

from opstap.bridges.spreadsheets.archives import ZIP_MAGIC
from opstap.bridges.spreadsheets.cells import Source
from opstap.bridges.spreadsheets.delimited import read_delimited
from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.problems import FileRefused
from opstap.bridges.spreadsheets.workbooks import read_workbook

_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_KINDS_REFUSED = {
    b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"{\\rt": "RTF", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip",
}  # fmt: skip
_HTML_STARTS = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<div")


def open_source(file: Path | bytes, filename: str, limits: ReadLimits) -> Source:
    """Return the sheets of a workbook or text file given as a path or as bytes; raises FileRefused with the reason."""
    data = _bytes_of(file, limits)
    if len(data) > limits.max_bytes:
        raise FileRefused("spreadsheet.file_too_large", limit_megabytes=limits.max_bytes // 1_000_000)
    if not data.strip():
        raise FileRefused("spreadsheet.file_empty")
    if data.startswith((ZIP_MAGIC, _OLE_MAGIC)):
        return read_workbook(data, limits, is_zip=data.startswith(ZIP_MAGIC))
    for magic, kind in _KINDS_REFUSED.items():
        if data.startswith(magic):
            raise FileRefused("spreadsheet.wrong_type", kind=kind)
    if data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_HTML_STARTS):
        raise FileRefused("spreadsheet.wrong_type", kind="HTML")
    return read_delimited(data, PurePath(filename).stem, limits)


def _bytes_of(file: Path | bytes, limits: ReadLimits) -> bytes:
    if isinstance(file, bytes):
        return file
    try:
        with file.open("rb") as stream:
            return stream.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        raise FileRefused("spreadsheet.file_missing", file=file.name) from error
    except OSError as error:
        raise FileRefused("spreadsheet.file_closed", file=file.name) from error
