"""What was published for the days of the notice stays, unless the planner decides otherwise or it became impossible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.frozen import frozen_days
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem
    from opstap.engine.shared.reason import FactValue

NAME = "freeze"


def violations(shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the days of the notice that differ from what is published."""
    on = {(shift.worker, shift.day): shift for shift in shifts}
    for worker, day in frozen_days(problem):
        was, now = problem.published_on.get((worker, day)), on.get((worker, day))
        if was != now:
            facts: dict[str, FactValue] = {"worker": worker, "day": day.isoformat(), "notice": problem.rules.notice_working_days}
            found = tuple(shift for shift in (was, now) if shift)
            yield Violation(NAME, Reason("rostering.within_notice", facts, "Act of 3 October 2022 (to be confirmed)"), found)
