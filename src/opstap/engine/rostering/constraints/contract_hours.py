"""Nobody works more in a week than the running account of the contract allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.weeks import minutes_of, weeks
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem, Worker
    from opstap.engine.shared.reason import FactValue

NAME = "contract_hours"


def violations(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the weeks with more hours than the account of the contract."""
    allowed = quotas(worker, problem)
    for week, group in weeks(shifts, problem):
        minutes = minutes_of(group, problem)
        if minutes > allowed[week]:
            facts: dict[str, FactValue] = {"worker": worker.key, "week": week + 1, "hours": minutes / 60, "most": allowed[week] / 60}
            yield Violation(NAME, Reason("rostering.over_contract", facts), group)
