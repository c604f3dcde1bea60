"""Half-open periods of days: `[start, until)`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to but not including `until`; `until` None means without end."""

    start: date
    until: date | None = None

    def __post_init__(self) -> None:
        """Raise ValueError when the period ends before it starts."""
        if self.until is not None and self.until < self.start:
            msg = f"a period cannot end ({self.until}) before it starts ({self.start})"
            raise ValueError(msg)

    def __contains__(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.start <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the periods share at least one day."""
        return self.start < (other.until or date.max) and other.start < (self.until or date.max)

    def common(self, other: Period) -> Period | None:
        """Return the days that both periods have, or None when there are none."""
        start = max(self.start, other.start)
        until = min(self.until or date.max, other.until or date.max)
        return Period(start, None if until == date.max else until) if start < until else None

    @property
    def days(self) -> int | None:
        """Number of days, or None without end."""
        return None if self.until is None else (self.until - self.start).days
