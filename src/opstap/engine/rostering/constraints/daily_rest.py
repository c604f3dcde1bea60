"""Between two days of work lie eleven hours of rest; for a minor twelve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem, Worker
    from opstap.engine.shared.reason import FactValue

NAME = "daily_rest"
MINUTES_A_DAY = 24 * 60


def violations(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the pairs of shifts on following days with too little rest between them."""
    for one, other in pairwise(shifts):
        rest = rest_between(one, other, problem)
        needed = problem.rules.minor_daily_rest if worker.is_minor_on(other.day) else problem.rules.daily_rest
        if (other.day - one.day).days == 1 and rest < needed:
            facts: dict[str, FactValue] = {"worker": worker.key, "day": other.day.isoformat(), "hours": rest / 60, "least": needed / 60}
            yield Violation(NAME, Reason("rostering.rest_too_short", facts, "Labour Act of 16 March 1971, art. 38ter"), (one, other))


def rest_between(one: Assignment, other: Assignment, problem: Problem) -> int:
    """Return the minutes from the end of a shift to the start of a later one."""
    days = (other.day - one.day).days
    return days * MINUTES_A_DAY + other.starts - problem.cell_by[one.cell].demand.ends
