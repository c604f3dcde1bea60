"""The field's codes as the machine room counts with them: half-days as bits, levels of Dutch as ranks."""

from __future__ import annotations

from collections.abc import Iterable

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HALF_DAYS = tuple(f"{day}_{part}" for day in WEEKDAYS for part in ("am", "pm"))
"""The 14 half-days of a week in order; the index is the bit in a half-day mask."""

DUTCH_LEVELS = ("none", "A1", "A2", "B1", "B2", "C1", "native")
"""Levels of Dutch in rising order; the index is the rank."""

LIMITS = ("lifting", "standing", "heights", "outdoors", "crowds", "dust")
"""What work can ask of a body, and what a person may not be able to do."""

INSTRUMENTS = ("work_learning_place", "community_service", "work_experience", "lavoro_vop", "imw")

TRAVEL_MODES = ("walk", "bike", "public_transport", "car")


def half_day_mask(codes: Iterable[str]) -> int:
    """Return the bit mask of the half-day codes; raises ValueError for an unknown code."""
    return sum(1 << index for index in {HALF_DAYS.index(code) for code in codes})


def half_day_codes(mask: int) -> tuple[str, ...]:
    """Return the half-day codes of a mask, in the order of the week."""
    return tuple(code for index, code in enumerate(HALF_DAYS) if mask >> index & 1)


def dutch_rank(level: str) -> int:
    """Return the rank (0 to 6) of a level of Dutch; raises ValueError for an unknown level."""
    return DUTCH_LEVELS.index(level)
