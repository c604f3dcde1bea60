"""In every seven days of work lies a rest of 35 hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.constraints.daily_rest import rest_between
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem, Worker
    from opstap.engine.shared.reason import FactValue

NAME = "weekly_rest"
_DAYS = 6


def violations(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the runs of shifts over more than seven days without a rest of 35 hours."""
    run: list[Assignment] = []
    for shift in shifts:
        if run and rest_between(run[-1], shift, problem) >= problem.rules.weekly_rest:
            run = []
        run.append(shift)
        if (shift.day - run[0].day).days >= _DAYS:
            facts: dict[str, FactValue] = {"worker": worker.key, "day": run[0].day.isoformat(), "hours": problem.rules.weekly_rest / 60}
            yield Violation(NAME, Reason("rostering.no_weekly_rest", facts, "Labour Act of 16 March 1971, art. 38ter"), tuple(run))
            run = []
