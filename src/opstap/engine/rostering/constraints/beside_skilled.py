"""A learner works beside somebody who can do the function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.groups import by_cell
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem
    from opstap.engine.shared.reason import FactValue

NAME = "beside_skilled"


def violations(shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the demands with more learners than those who can may guide."""
    for key, group in by_cell(shifts).items():
        learners = tuple(shift for shift in group if problem.worker_by[shift.worker].is_learning(shift.function))
        skilled = len(group) - len(learners)
        if len(learners) > skilled * problem.rules.learners_per_skilled:
            facts: dict[str, FactValue] = {
                "site": key[0],
                "function": key[1],
                "day": key[2].isoformat(),
                "learners": len(learners),
                "skilled": skilled,
            }
            yield Violation(NAME, Reason("rostering.learner_alone", facts), learners)
