"""Days and shifts, solved: a bound from whole paths, a roster from a dive, then the proof or the search in what the bound leaves open."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

import numpy as np

from opstap.engine.rostering.shifts.bound import relax, within
from opstap.engine.rostering.shifts.choose import choose
from opstap.engine.rostering.shifts.dive import dive
from opstap.engine.rostering.shifts.improve import improve
from opstap.engine.rostering.shifts.market import Market, market_of
from opstap.engine.rostering.shifts.master import Master
from opstap.engine.rostering.shifts.problem import Roster, ShiftProblem
from opstap.engine.rostering.shifts.run import Clock, Run
from opstap.engine.shared import SolverStatus

_BOUND, _DIVE, _PROOF, _SEARCH = 0.4, 0.6, 0.45, 0.6
"""Shares of the time after which the bound and the dive end, and shares of what is left then for a first proof and for one search."""

_DIVES = 4
_FEW_ARCS, _QUICK_SECONDS = 2_500, 0.5
_NEARLY = 1e-5


@dataclass(frozen=True)
class ShiftResult:
    """A roster whose cost is never below `bound`; `stuck`: the workers whose own rules leave no path at all, then INFEASIBLE.

    `steps`: (what, seconds, cost, bound) as they were reached.
    """

    status: SolverStatus
    roster: Roster
    cost: int
    bound: int
    stuck: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)
    steps: tuple[tuple[str, float, int, int], ...] = field(default=(), compare=False)


def solve(problem: ShiftProblem, seconds: float = 60.0, seed: int = 0, clock: Clock = time.monotonic) -> ShiftResult:
    """Return the roster with the fewest points: OPTIMAL when proven, TIMED_OUT when the clock ended it, INFEASIBLE when there is none."""
    began = clock()
    market = market_of(problem)
    if stuck := tuple(worker.key for worker, diagram in zip(problem.workers, market.diagrams, strict=True) if diagram.is_empty):
        return ShiftResult(SolverStatus.INFEASIBLE, {}, 0, 0, stuck, clock() - began)
    run = _first(market, began, seconds, seed, clock)
    while not run.is_over:
        _prove(run, seed)
        improve(run, run.clock() + run.left(_SEARCH))
    status = SolverStatus.OPTIMAL if run.bound >= run.cost else SolverStatus.TIMED_OUT
    return ShiftResult(status, market.roster(run.paths), run.cost, min(run.bound, run.cost), (), clock() - began, tuple(run.steps))


def _first(market: Market, began: float, seconds: float, seed: int, clock: Clock) -> Run:
    """Return the run after the bound and the dive."""
    generator, master = np.random.default_rng(seed), Master(market)
    proof, shares = relax(master, {}, began + seconds * _BOUND, clock, generator)
    dives = [dive(master, shares, began + seconds * _DIVE, clock, generator)]
    while len(dives) < _DIVES and clock() < began + seconds * _DIVE / 2 and market.cost(dives[-1]) - proof.bound >= 1:
        dives.append(dive(master, np.pad(shares, (0, len(master.paths) - len(shares))), began + seconds * _DIVE, clock, generator))
    paths = min(dives, key=market.cost)
    bound = math.ceil(proof.bound - _NEARLY * max(1.0, abs(proof.bound)))
    run = Run(market, proof, paths, market.cost(paths), bound, began + seconds, clock, generator, began)
    run.note("dive")
    return run


def _prove(run: Run, seed: int) -> None:
    """Ask for a roster at the bound itself; when there is none the bound rises, by more points at a time while that goes quickly.

    When little is open below the best roster, all of it is asked at once.
    """
    until, step = run.clock() + run.left(_PROOF), 1
    while not run.is_over and run.clock() < until:
        started, target = run.clock(), min(run.cost - 1, run.bound + step - 1)
        everything = within(run.market, run.proof, run.cost - 1)
        if sum(diagram.arcs for diagram in everything) <= _FEW_ARCS:
            target = run.cost - 1
        diagrams = everything if target == run.cost - 1 else within(run.market, run.proof, target)
        found = choose(run.market, diagrams, run.bound, target, seconds=until - started, seed=seed)
        run.take(found.paths)
        run.bound = max(run.bound, min(found.bound, target + 1))
        run.note("proof")
        if not found.is_none:
            break
        step = step * 2 if run.clock() - started < _QUICK_SECONDS else 1
