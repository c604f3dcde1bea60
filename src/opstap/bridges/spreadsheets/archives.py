"""Zip containers (xlsx, ods, xlsb) weighed before anything is unpacked: a bomb is refused by its uncompressed size."""

from __future__ import annotations

import io
import zipfile
import zlib

from opstap.bridges.spreadsheets.limits import ReadLimits
from opstap.bridges.spreadsheets.problems import FileRefused

ZIP_MAGIC = b"PK\x03\x04"
_SLICE = 1 << 16
_LOCAL_HEADER = 30
_DEEPEST = 3
_LARGEST_TEXT, _LARGEST_WORKBOOK = 300_000, 120_000
"""Bytes of a list of about a thousand rows: what can be read while somebody waits for the page."""


def is_long(data: bytes) -> bool:
    """Tell whether a file is too long to be read while somebody waits for the page."""
    return len(data) > (_LARGEST_WORKBOOK if data.startswith(ZIP_MAGIC) else _LARGEST_TEXT)


def weigh(data: bytes, limits: ReadLimits) -> zipfile.ZipFile:
    """Return the archive when its promised and its real uncompressed size stay within the limits, nested archives included.

    Raises FileRefused: "spreadsheet.unpacks_too_large" or "spreadsheet.unreadable".
    """
    archive = _open(data)
    _measure(data, archive, limits.max_unpacked_bytes, 1)
    return archive


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        # zipfile raises NotImplementedError for an archive that says it needs a newer version of the format than it knows
        raise FileRefused("spreadsheet.unreadable") from error


def _too_large(budget: int) -> FileRefused:
    return FileRefused("spreadsheet.unpacks_too_large", limit_megabytes=max(1, budget // 1_000_000))


def _measure(data: bytes, archive: zipfile.ZipFile, budget: int, depth: int) -> int:
    """Return the unpacked size in bytes; the promise of the directory is checked first, then each entry is unpacked and dropped."""
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > budget or sum(entry.compress_size for entry in entries) > len(data):
        raise _too_large(budget)
    size = 0
    for entry in entries:
        size += _measure_entry(data, entry, budget - size, depth)
        if size > budget:
            raise _too_large(budget)
    return size


def _measure_entry(data: bytes, entry: zipfile.ZipInfo, budget: int, depth: int) -> int:
    """Return the real size of one entry (plus what is nested in it), unpacking in chunks and never beyond the budget."""
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    skipped = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    begin = entry.header_offset + _LOCAL_HEADER + skipped
    packed = data[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return len(packed) + _measure_nested(packed, budget - len(packed), depth)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise FileRefused("spreadsheet.unreadable")
    size, head = _inflate(packed, budget)
    nested = zlib.decompress(packed, -zlib.MAX_WBITS) if head == ZIP_MAGIC else b""
    return size + _measure_nested(nested, budget - size, depth)


def _inflate(packed: bytes, budget: int) -> tuple[int, bytes]:
    """Return the unpacked size and the first four bytes; one slice unpacks to 66 MB at most, and none beyond the budget follows."""
    size, head = 0, b""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for begin in range(0, len(packed), _SLICE):
            chunk = unpacker.decompress(packed[begin : begin + _SLICE])
            size += len(chunk)
            head = head or chunk[:4]
            if size > budget:
                raise _too_large(budget)
    except zlib.error as error:
        raise FileRefused("spreadsheet.unreadable") from error
    return size, head


def _measure_nested(data: bytes, budget: int, depth: int) -> int:
    """Return the size of an archive inside the archive; too deep counts as too large."""
    if not data.startswith(ZIP_MAGIC):
        return 0
    if depth >= _DEEPEST:
        raise _too_large(budget)
    return _measure(data, _open(data), budget, depth + 1)
