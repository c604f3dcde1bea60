"""A site takes no more people for a function than its maximum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.groups import by_cell
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem
    from opstap.engine.shared.reason import FactValue

NAME = "maximum"


def violations(shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the demands with more people than their maximum."""
    for key, group in by_cell(shifts).items():
        most = problem.cell_by[key].demand.maximum
        if len(group) > most:
            facts: dict[str, FactValue] = {
                "site": key[0],
                "function": key[1],
                "day": key[2].isoformat(),
                "people": len(group),
                "most": most,
            }
            yield Violation(NAME, Reason("rostering.over_maximum", facts), group)
