"""A worker has one shift a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem, Worker

NAME = "one_shift_a_day"


def violations(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the days with more than one shift."""
    del problem
    for one, other in pairwise(shifts):
        if one.day == other.day:
            yield Violation(NAME, Reason("rostering.two_shifts", {"worker": worker.key, "day": one.day.isoformat()}), (one, other))
