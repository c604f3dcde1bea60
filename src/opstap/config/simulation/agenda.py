"""What is to happen on which day, in the order in which it was planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

Happening = Callable[[date], None]
_SATURDAY = 5


class Agenda:
    """Happenings per day; what falls in a weekend happens on the Monday after."""

    def __init__(self) -> None:
        """Start empty."""
        self._days: dict[date, list[Happening]] = defaultdict(list)

    def put(self, on: date, happening: Happening) -> None:
        """Plan something for a day, or for the Monday after."""
        weekday = on.weekday()
        self._days[on + timedelta(days=max(7 - weekday, 0) if weekday >= _SATURDAY else 0)].append(happening)

    def play(self, on: date) -> None:
        """Let happen what is planned for the day, also what is planned for it meanwhile."""
        while self._days[on]:
            self._days[on].pop(0)(on)
        del self._days[on]
