"""Calendar quarters: their days, and how many lie between two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.engine.shared import Period

_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a year; `number` from 1 to 4."""

    year: int
    number: int

    def __post_init__(self) -> None:
        """Raise ValueError for a number outside 1 to 4."""
        if not 1 <= self.number <= 12 // _MONTHS:
            msg = f"a year has quarters 1 to 4, not {self.number}"
            raise ValueError(msg)

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter of a day."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def period(self) -> Period:
        """The days of the quarter."""
        return Period(date(self.year, _MONTHS * (self.number - 1) + 1, 1), self._first(self.next))

    def since(self, first: Quarter) -> int:
        """Return which quarter this is when `first` is the first: 1 for the same one."""
        return 4 * (self.year - first.year) + self.number - first.number + 1

    @staticmethod
    def _first(quarter: Quarter) -> date:
        return date(quarter.year, _MONTHS * (quarter.number - 1) + 1, 1)
