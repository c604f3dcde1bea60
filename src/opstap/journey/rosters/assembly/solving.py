"""A roster that is found: in a killable child process, checked without solver, with what its prices say."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opstap.engine.rostering.child import SolverFailed, roster_in_child
from opstap.engine.rostering.explain import scarcities
from opstap.engine.rostering.limits import Limits
from opstap.engine.rostering.result import Result
from opstap.engine.shared import Refused, SolverStatus
from opstap.journey.rosters.assembly.problem import Input

log = logging.getLogger("opstap.rosters")


@dataclass(frozen=True)
class Found:
    """A checked roster with its problem."""

    given: Input
    result: Result

    @property
    def scarce(self) -> list[dict[str, Any]]:
        """What is scarce, most first, as it is stored: the advice as a reason with names."""
        problem, result, names = self.given.problem, self.result, self.given.names
        return [
            {
                "name": names[each.name],
                "is_coach": each.is_coach,
                "points": round(each.points_a_week),
                "advice": names.said(each.advice).as_json(),
            }
            for each in scarcities(problem, result.prices, result.room_prices)
        ]


def find(given: Input, seconds: float, on_progress: Callable[[float], None], *, is_repair: bool = False) -> Found:
    """Return the roster; raises `Refused` with names when none is possible, or when the child was stopped."""
    try:
        result = roster_in_child(given.problem, Limits(seconds=seconds), on_progress, is_repair=is_repair)
    except SolverFailed as failed:
        log.warning("roster failed: %s", failed)
        raise Refused(failed.reason) from failed
    if result.status is SolverStatus.INFEASIBLE:
        raise Refused(given.names.said(result.reasons[0]))
    return Found(given, result)
