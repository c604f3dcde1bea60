"""Minutes after midnight as people write them."""

from __future__ import annotations


def clock(minutes: int) -> str:
    """Return "08:05" for 485."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
