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
