"""Making a roster: a first one at once, a bound from prices, a search that the prices guide, and the checker's word at the end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version

import numpy as np

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.feasible import clashes
from opstap.engine.rostering.limits import Limits
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.result import Result
from opstap.engine.rostering.score import parts
from opstap.engine.rostering.search.ascent import Ascent, climb
from opstap.engine.rostering.search.improve import construct, guidance_of, improve
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.market import Market, market_of, unavoidable
from opstap.engine.rostering.search.mend import mend
from opstap.engine.rostering.search.polish import polish
from opstap.engine.rostering.search.prices import layout_of
from opstap.engine.shared import Reason, SolverStatus

__all__ = ["Limits", "solve"]

Progress = Callable[[float, str], None]
"""Called with the share that is done, from 0 to 1, and the name of the step."""

_FIRST_CLIMB, _SEARCH, _POLISH = 0.15, 0.5, 0.95
"""Shares of the time after which the first climb, the search and the polishing end; the rest is for the bound."""

_STARTS = 4
"""The search begins so often anew, since where it ends depends on where it begins; the last part of the time goes on from the best."""

_ROUNDS_A_PROGRAM = 150
"""One program in whole numbers for so many rounds of the search."""


@dataclass
class _Run:
    """One run while it goes on."""

    problem: Problem
    limits: Limits
    tell: Progress
    clock: Callable[[], float]
    began: float
    steps: list[tuple[str, float, float]] = field(default_factory=list)

    def until(self, share: float) -> float:
        """Return the moment at which so much of the time is gone."""
        return self.began + self.limits.seconds * share

    def note(self, what: str, value: float) -> None:
        """Keep what was reached, and when."""
        self.steps.append((what, self.clock() - self.began, value))


def solve(
    problem: Problem, limits: Limits | None = None, on_progress: Progress | None = None, clock: Callable[[], float] = time.monotonic
) -> Result:
    """Return a roster that keeps every hard rule, its cost, and a bound below which no roster of this problem can come.

    OPTIMAL: the bound is reached. FEASIBLE: within `gap` of it, found by all rounds of the search. TIMED_OUT: the same, but the
    clock ended the search. INFEASIBLE: what was decided beforehand cannot stand together, with the rules that clash.
    """
    run = _Run(problem, limits or Limits(), on_progress or (lambda _share, _step: None), clock, clock())
    if reasons := clashes(problem):
        return _infeasible(run, reasons)
    generator = np.random.default_rng(problem.seed)
    market = market_of(problem)
    load = Load(market)
    run.tell(0.0, "first")
    if not construct(load, generator):
        return _infeasible(run, (Reason("rostering.pins_leave_nothing"),))
    run.note("first", load.cost())
    run.tell(0.05, "bound")
    ascent = _first_climb(run, load, generator)
    run.note("bound", ascent.bound)
    is_complete = _search(run, load, ascent, generator)
    run.tell(_SEARCH, "polish")
    is_complete &= _polish(run, load, ascent, generator)
    run.tell(_POLISH, "bound")
    ascent = climb(market, load.cost(), run.until(1.0), run.limits.climbs, start=ascent, clock=clock)
    run.note("bound", ascent.bound)
    return _result(run, market, mend(problem, load.shifts()), ascent, is_complete=is_complete)


def _first_climb(run: _Run, load: Load, generator: np.random.Generator) -> Ascent:
    """Return the bound climbed twice: the second time towards the better roster that the first prices led to."""
    market, clock = load.market, run.clock
    ascent = climb(market, load.cost(), run.until(_FIRST_CLIMB / 2), run.limits.climbs, clock=clock)
    guided = Load(market)
    if construct(guided, generator, guidance_of(load, ascent.prices)) and guided.cost() < load.cost():
        load.restore(guided.snapshot())
    run.note("guided", load.cost())
    return climb(market, load.cost(), run.until(_FIRST_CLIMB), run.limits.climbs, start=ascent, clock=clock)


def _search(run: _Run, load: Load, ascent: Ascent, generator: np.random.Generator) -> bool:
    """Leave the best roster that the search finds in the load; return whether all rounds were done before the clock ended it."""
    run.tell(_FIRST_CLIMB, "search")
    guidance = guidance_of(load, ascent.prices)
    rounds, began, done = max(1, run.limits.rounds // (_STARTS + 1)), run.clock(), 0
    slot = max(0.0, run.until(_SEARCH) - began) / (_STARTS + 1)
    for start in range(_STARTS):
        other = Load(load.market)
        if construct(other, generator, guidance):
            done += improve(other, guidance, generator, rounds=rounds, until=began + slot * (start + 1), clock=run.clock)
            if other.cost() < load.cost():
                load.restore(other.snapshot())
        run.note("search", load.cost())
        run.tell(_FIRST_CLIMB + (_SEARCH - _FIRST_CLIMB) * (start + 1) / (_STARTS + 1), "search")
    done += improve(load, guidance, generator, rounds=rounds, until=run.until(_SEARCH), clock=run.clock)
    run.note("search", load.cost())
    return done == rounds * (_STARTS + 1)


def _polish(run: _Run, load: Load, ascent: Ascent, generator: np.random.Generator) -> bool:
    """Leave a roster that is no worse in the load; return whether all rounds were done, or nothing was left to gain."""
    rounds, until = max(1, run.limits.rounds // _ROUNDS_A_PROGRAM), run.until(_POLISH)
    guidance = guidance_of(load, ascent.prices)
    done = polish(load, guidance, generator, rounds=rounds, until=until, enough=ascent.bound, clock=run.clock)
    run.note("polish", load.cost())
    return done == rounds


def _result(run: _Run, market: Market, shifts: tuple[Assignment, ...], ascent: Ascent, *, is_complete: bool) -> Result:
    if violations := check_shifts(run.problem, shifts):
        return _infeasible(run, tuple(dict.fromkeys(violation.reason for violation in violations)))
    counted = parts(run.problem, shifts)
    cost, floor = sum(counted.values()), unavoidable(market)
    bound = min(cost, max(floor, math.ceil(ascent.bound - 1e-6 * max(1.0, abs(ascent.bound)))))
    unproven = SolverStatus.FEASIBLE if is_complete else SolverStatus.TIMED_OUT
    status = SolverStatus.OPTIMAL if bound == cost else unproven
    prices, rooms = _prices(market, ascent)
    return Result(
        status, shifts, cost, bound, floor, counted, prices, rooms, run.problem.seed, run.problem.digest(),
        versions=_versions(), seconds=run.clock() - run.began, steps=tuple(run.steps),
    )  # fmt: skip


def _prices(market: Market, ascent: Ascent) -> tuple[dict[tuple[str, str, date, int], float], dict[tuple[str, date], float]]:
    """Return what one more who can is worth per demand, and one more seat with the coaches per site and day; only above zero."""
    minimum, wanted, _, _, room, _ = layout_of(market).split(ascent.prices)
    worth, cells = minimum + wanted, market.problem.cells
    by_cell = {cell.key: round(float(worth[cell.index]), 3) for cell in cells if worth[cell.index] > 0}
    rooms = {(cell.demand.site, cell.day): round(float(room[market.crowd[cell.index]]), 3) for cell in cells}
    return by_cell, {key: price for key, price in rooms.items() if price > 0}


def _infeasible(run: _Run, reasons: tuple[Reason, ...]) -> Result:
    problem = run.problem
    return Result(
        SolverStatus.INFEASIBLE, (), 0, 0, 0, {}, {}, {}, problem.seed, problem.digest(), reasons,
        versions=_versions(), seconds=run.clock() - run.began,
    )  # fmt: skip


@cache
def _versions() -> dict[str, str]:
    """Return the versions that a replay needs to give the same roster."""
    return {name: version(name) for name in ("numpy", "numba", "ortools")}
