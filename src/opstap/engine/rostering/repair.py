"""A roster repaired: everything stays as published except what has to change, and the changes are few."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.feasible import clashes
from opstap.engine.rostering.groups import by_worker
from opstap.engine.rostering.limits import Limits
from opstap.engine.rostering.objective import CRITERIA, Objective
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.replan import impossible_shifts
from opstap.engine.rostering.result import Result
from opstap.engine.rostering.score import parts, worker_parts
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.market import market_of, unavoidable
from opstap.engine.rostering.search.mend import mend
from opstap.engine.shared import Refused, SolverStatus

REPAIR_ORDER = ("minimum", "moves", *(name for name in CRITERIA if name not in {"minimum", "moves"}))
"""In a repair only a minimum weighs more than leaving people where they are."""


def repair(problem: Problem, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> tuple[Assignment, ...]:
    """Return a roster for the changed problem close to `problem.published`; raises Refused when the decided shifts clash.

    Workers who lost a shift answer first, then everybody once, one at a time, moving only where it gains more than it disturbs.
    """
    chosen = limits or Limits(seconds=2.0)
    if reasons := clashes(problem):
        raise Refused(reasons[0])
    near = replace(problem, objective=Objective(REPAIR_ORDER))
    market = market_of(near)
    load = Load(market)
    hit = _place_published(near, load)
    generator, until = np.random.default_rng(problem.seed), clock() + chosen.seconds
    for row in [*hit, *(int(row) for row in generator.permutation(len(market.views)) if row not in hit)]:
        if clock() >= until and row not in hit:
            break
        _answer(load, row)
    shifts = mend(near, load.shifts())
    if violations := check_shifts(problem, shifts):
        raise Refused(violations[0].reason)
    return shifts


def repaired(problem: Problem, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> Result:
    """Return `repair` as a result: its cost in the planner's own order, above what nobody can avoid; nothing more is proven."""
    began = clock()
    shifts = repair(problem, limits, clock)
    counted, floor = parts(problem, shifts), unavoidable(market_of(problem))
    cost = sum(counted.values())
    status = SolverStatus.OPTIMAL if cost == floor else SolverStatus.FEASIBLE
    return Result(status, shifts, cost, floor, floor, counted, {}, {}, problem.seed, problem.digest(), seconds=clock() - began)


def _place_published(problem: Problem, load: Load) -> list[int]:
    """Put the published shifts that are still possible in the load; return the workers who lost one."""
    lost = set(impossible_shifts(problem, problem.published))
    kept = _whole(problem, [shift for shift in problem.published if shift not in lost])
    of = by_worker(kept)
    for row, view in enumerate(load.market.views):
        mine = of.get(view.worker.key, ())
        alone = sum(worker_parts(view.worker, mine, problem).values()) - view.constant
        load.put(row, view.options(mine), float(alone))
    gone = {shift.worker for shift in problem.published} - {shift.worker for shift in kept}
    hit = {shift.worker for shift in (*lost, *(set(problem.published) - set(kept)))} | gone
    return [row for row, worker in enumerate(problem.workers) if worker.key in hit]


def _whole(problem: Problem, shifts: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """Return the shifts without those that would break a rule by themselves; learners left alone stay, since others may come."""
    kept = tuple(shift for shift in sorted(shifts) if not _is_pinned_away(problem, shift))
    while True:
        broken = {
            violation.shifts[-1]
            for violation in check_shifts(problem, kept)
            if violation.shifts and violation.rule not in {"beside_skilled", "pins", "freeze"}
        }
        if not broken:
            return kept
        kept = tuple(shift for shift in kept if shift not in broken)


def _is_pinned_away(problem: Problem, shift: Assignment) -> bool:
    pin = problem.pin_on.get((shift.worker, shift.day))
    return pin is not None and not pin.agrees_with(shift)


def _answer(load: Load, row: int) -> None:
    """Let one worker answer all the others; keep what was when the answer is no better."""
    before = load.cost()
    options, alone = load.take(row)
    if not load.respond(row) or load.cost() > before:
        load.take(row)
        load.put(row, options, alone)
