"""What the planner decided for a worker on a day stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem

NAME = "pins"


def violations(shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the decisions that are not followed."""
    on = {(shift.worker, shift.day): shift for shift in shifts}
    for pin in problem.pins:
        shift = on.get((pin.worker, pin.day))
        if not pin.agrees_with(shift):
            facts = {"worker": pin.worker, "day": pin.day.isoformat(), "site": pin.site or None, "function": pin.function or None}
            yield Violation(NAME, Reason("rostering.pin_not_kept", facts), (shift,) if shift else ())
