"""The numbers of working-time law and of the association, as they hold for the weeks that are planned; every one can be changed.

Sources: facts of working time in Belgium (Labour Act of 16 March 1971; Work Deal of 3 October 2022 for the notice of variable hours).
Numbers marked "to be confirmed" are an administrator's to change.
"""

from __future__ import annotations

from dataclasses import dataclass

from opstap.engine.shared import Period

HOUR = 60
FULL_TIME_WEEK = 38 * HOUR
STANDARD_DAY = FULL_TIME_WEEK // 5
"""Minutes of a full-time day: 7 hours 36 minutes."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits in minutes unless the name says otherwise. `seaside_periods`: when shops at the coast may open on Sunday.

    `notice_working_days`: variable hours are told so many working days ahead (to be confirmed: 7 since 20 November 2022).
    `practice_days` in a week make it a week of practice; `practice_weeks` reach the goal. `longest_stay` and `shortest_stay`
    in weeks at one site. `learners_per_skilled`: a learner works beside somebody who can, so many for one.
    """

    longest_day: int = 8 * HOUR
    longest_day_of_five: int = 9 * HOUR
    longest_week: int = FULL_TIME_WEEK
    shortest_shift: int = 3 * HOUR
    work_without_break: int = 6 * HOUR
    shortest_break: int = 15
    daily_rest: int = 11 * HOUR
    weekly_rest: int = 35 * HOUR
    earliest_start: int = 6 * HOUR
    latest_end: int = 20 * HOUR
    minor_longest_day: int = 8 * HOUR
    minor_daily_rest: int = 12 * HOUR
    minor_break_after: int = 270
    minor_short_break: int = 30
    minor_long_break: int = 60
    longest_way: int = 45
    notice_working_days: int = 7
    extra_sundays: int = 13
    seaside_periods: tuple[Period, ...] = ()
    practice_days: int = 2
    practice_weeks: int = 2
    learners_per_skilled: int = 1
    longest_stay: int = 4
    shortest_stay: int = 2

    def __post_init__(self) -> None:
        """Raise ValueError for a number that no roster can be made with."""
        for name in ("longest_day", "longest_week", "practice_days", "practice_weeks", "longest_stay", "shortest_stay"):
            if getattr(self, name) < 1:
                msg = f"{name} must be at least 1"
                raise ValueError(msg)
        if self.shortest_stay > self.longest_stay:
            raise ValueError("the shortest stay at a site cannot be longer than the longest")
