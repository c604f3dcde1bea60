"""The coaches of a site receive no more people on a day than they can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.groups import by_site_and_day
from opstap.engine.shared import Reason

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem
    from opstap.engine.shared.reason import FactValue

NAME = "coach_capacity"


def violations(shifts: Sequence[Assignment], problem: Problem) -> Iterator[Violation]:
    """Yield the days on which a site has more people than its coaches can receive."""
    for (site, day), group in by_site_and_day(shifts).items():
        most = sum(coach.maximum for coach in problem.coaches_of[site] if coach.is_present_on(day))
        if len(group) > most:
            facts: dict[str, FactValue] = {"site": site, "day": day.isoformat(), "people": len(group), "most": most}
            yield Violation(NAME, Reason("rostering.over_coach", facts), group)
