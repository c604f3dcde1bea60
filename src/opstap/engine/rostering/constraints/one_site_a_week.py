"""A worker is at one site in a week: weeks at a site are the building block of a rotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.weeks import weeks
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem, Worker
    from opstap.engine.shared.reason import FactValue

NAME = "one_site_a_week"


def violations(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the weeks with shifts at more than one site."""
    for week, group in weeks(shifts, problem):
        sites = tuple(sorted({shift.site for shift in group}))
        if len(sites) > 1:
            facts: dict[str, FactValue] = {"worker": worker.key, "week": week + 1, "sites": sites}
            yield Violation(NAME, Reason("rostering.two_sites", facts), group)
