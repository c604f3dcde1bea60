"""Making a roster in a process of its own, which can be killed; what comes back is checked here, without a solver."""

from __future__ import annotations

from collections.abc import Callable

from opstap.engine.matching.child import SolverFailed, compute_in_child
from opstap.engine.matching.limits import Limits as ProcessLimits
from opstap.engine.rostering.check import check
from opstap.engine.rostering.limits import Limits
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.result import Result
from opstap.engine.shared import Reason, Refused, SolverStatus

__all__ = ["SolverFailed", "roster_in_child"]

TASK = "opstap.engine.rostering.child:roster_task"
_STARTUP = 60.0
"""Seconds beside the search: a first run compiles its kernel."""


def roster_in_child(problem: Problem, limits: Limits, on_progress: Callable[[float], None], *, is_repair: bool = False) -> Result:
    """Return a new roster, or with `is_repair` the published one changed as little as possible; raises SolverFailed.

    `on_progress` is called in this process with the share that is done.
    """
    within = ProcessLimits(seconds=limits.seconds + _STARTUP)
    result: Result = compute_in_child((problem, limits, is_repair), within, on_progress, TASK)
    if violations := check(problem, result):
        details = "; ".join(violation.reason.code for violation in violations[:10])
        raise SolverFailed(Reason("rosters.result_rejected", {"rule": violations[0].rule}), details)
    return result


def roster_task(given: tuple[Problem, Limits, bool], within: ProcessLimits, tell: Callable[[float], None]) -> Result:
    """Return the roster of a task; runs in the child."""
    from opstap.engine.rostering.repair import repaired  # noqa: PLC0415 - the parent needs no solver
    from opstap.engine.rostering.solve import solve  # noqa: PLC0415 - as above

    del within
    problem, limits, is_repair = given
    if not is_repair:
        return solve(problem, limits, lambda share, _step: tell(share))
    try:
        return repaired(problem, limits)
    except Refused as refused:
        return Result(SolverStatus.INFEASIBLE, (), 0, 0, 0, {}, {}, {}, problem.seed, problem.digest(), (refused.reason,))
