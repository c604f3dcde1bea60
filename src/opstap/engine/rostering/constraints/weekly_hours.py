"""A week has at most 38 hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.weeks import minutes_of, weeks
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem, Worker
    from opstap.engine.shared.reason import FactValue

NAME = "weekly_hours"


def violations(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the weeks with too many hours."""
    for week, group in weeks(shifts, problem):
        minutes = minutes_of(group, problem)
        if minutes > problem.rules.longest_week:
            facts: dict[str, FactValue] = {
                "worker": worker.key,
                "week": week + 1,
                "hours": minutes / 60,
                "most": problem.rules.longest_week / 60,
            }
            yield Violation(NAME, Reason("rostering.week_too_long", facts, "Labour Act of 16 March 1971, art. 19"), group)
