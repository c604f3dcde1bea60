"""A day has at most eight hours; nine when the week has no more than five days of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.weeks import weeks
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem, Worker
    from opstap.engine.shared.reason import FactValue

NAME = "day_length"
_DAYS_FOR_NINE_HOURS = 5


def violations(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the shifts of more than eight hours in a week of six days or more."""
    for _, group in weeks(shifts, problem):
        for shift in group:
            minutes = problem.cell_by[shift.cell].demand.minutes
            if minutes > problem.rules.longest_day and len(group) > _DAYS_FOR_NINE_HOURS:
                facts: dict[str, FactValue] = {
                    "worker": worker.key,
                    "day": shift.day.isoformat(),
                    "minutes": minutes,
                    "most": problem.rules.longest_day,
                }
                yield Violation(NAME, Reason("rostering.day_too_long", facts, "Labour Act of 16 March 1971, art. 20"), (shift,))
