"""How much of a stranger's file the reader is willing to unpack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on what is read. Sizes in bytes, `max_cells` per sheet, `max_text` in characters per cell."""

    max_bytes: int = 25_000_000
    max_unpacked_bytes: int = 250_000_000
    max_cells: int = 5_000_000
    max_rows: int = 100_000
    max_text: int = 2_000
    max_name: int = 120
    header_rows: int = 30


LARGEST_TEXT, LARGEST_WORKBOOK = 300_000, 120_000
"""Bytes of a list of about a thousand rows: what can be read while somebody waits for the page."""
_ZIP_MAGIC = b"PK"


def is_long(data: bytes) -> bool:
    """Tell whether a file is too long to be read while somebody waits for the page."""
    return len(data) > (LARGEST_WORKBOOK if data.startswith(_ZIP_MAGIC) else LARGEST_TEXT)
