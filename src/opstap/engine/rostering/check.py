"""The only judge: a roster against every hard rule, and its own figures counted again. Knows no solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.constraints import ROSTER_RULES, SHIFT_RULES, WORKER_RULES
from opstap.engine.rostering.groups import by_worker
from opstap.engine.rostering.score import parts
from opstap.engine.shared import Reason, SolverStatus

if TYPE_CHECKING:
    from opstap.engine.rostering.problem import Problem
    from opstap.engine.rostering.result import Result


def check_shifts(problem: Problem, shifts: Sequence[Assignment]) -> tuple[Violation, ...]:
    """Return everything in the roster that breaks a hard rule; empty for a roster that may be published."""
    unknown = tuple(_unknown(problem, shifts))
    return unknown or (*_alone(problem, shifts), *_of_workers(problem, shifts), *_together(problem, shifts))


def check(problem: Problem, result: Result) -> tuple[Violation, ...]:
    """Return what is wrong with a result: broken rules, and figures that do not follow from its shifts."""
    if result.status is SolverStatus.INFEASIBLE:
        return ()
    return (*check_shifts(problem, result.shifts), *_figures(problem, result))


def _unknown(problem: Problem, shifts: Sequence[Assignment]) -> Iterator[Violation]:
    """Yield shifts of a worker, or in a demand, that the problem does not have; no other rule can judge them."""
    for shift in shifts:
        if shift.worker not in problem.worker_by or shift.cell not in problem.cell_by:
            facts = {"site": shift.site, "function": shift.function, "day": shift.day.isoformat()}
            yield Violation("demand", Reason("rostering.no_such_demand", facts), (shift,))


def _alone(problem: Problem, shifts: Sequence[Assignment]) -> Iterator[Violation]:
    for shift in sorted(shifts):
        worker, cell = problem.worker_by[shift.worker], problem.cell_by[shift.cell]
        for rule in SHIFT_RULES:
            if not rule.holds(worker, cell, problem):
                yield Violation(rule.NAME, rule.reason(worker, cell, problem), (shift,))


def _of_workers(problem: Problem, shifts: Sequence[Assignment]) -> Iterator[Violation]:
    for key, group in by_worker(shifts).items():
        for rule in WORKER_RULES:
            yield from rule.violations(problem.worker_by[key], group, problem)


def _together(problem: Problem, shifts: Sequence[Assignment]) -> Iterator[Violation]:
    for rule in ROSTER_RULES:
        yield from rule.violations(shifts, problem)


def _figures(problem: Problem, result: Result) -> Iterator[Violation]:
    counted = parts(problem, result.shifts)
    if dict(result.parts) != counted or result.cost != sum(counted.values()):
        yield Violation("cost", Reason("rostering.cost_differs", {"told": result.cost, "counted": sum(counted.values())}))
    if result.bound > result.cost or (result.status is SolverStatus.OPTIMAL) != (result.bound == result.cost):
        yield Violation("bound", Reason("rostering.bound_differs", {"cost": result.cost, "bound": result.bound}))
