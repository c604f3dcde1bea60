"""One shift of one worker, a fixed wish of the planner, and what a rule says that is broken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from opstap.engine.shared import Reason


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """This worker does this function at this site on this day, from `starts` (minutes after midnight)."""

    worker: str
    day: date
    site: str
    function: str
    starts: int

    @property
    def cell(self) -> tuple[str, str, date, int]:
        """The demand that it fills, as `Cell.key`."""
        return (self.site, self.function, self.day, self.starts)


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """The planner's decision for a worker on a day: this shift, or (site "") free."""

    worker: str
    day: date
    site: str = ""
    function: str = ""
    starts: int = 0

    @property
    def is_free(self) -> bool:
        """Whether the worker is to be free that day."""
        return not self.site

    def agrees_with(self, shift: Assignment | None) -> bool:
        """Tell whether the worker's shift of that day (None: free) is what was decided."""
        if shift is None or self.is_free:
            return shift is None and self.is_free
        return (shift.site, shift.function, shift.starts) == (self.site, self.function, self.starts)


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule that a roster breaks: its name, why, and the shifts that break it together."""

    rule: str
    reason: Reason
    shifts: tuple[Assignment, ...] = ()


by_day = attrgetter("day")
