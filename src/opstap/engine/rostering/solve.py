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
from opstap.engine.rostering.search.ascent import Ascent, Everybody, climb
from opstap.engine.rostering.search.crew import crew_of, fill, roster_of, worth_of
from opstap.engine.rostering.search.crew_kernel import Roster, Worth
from opstap.engine.rostering.search.improve import Team, first_roster, improve_team
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.market import Market, market_of, unavoidable
from opstap.engine.rostering.search.mend import mend
from opstap.engine.rostering.search.polish import polish
from opstap.engine.rostering.search.prices import layout_of
from opstap.engine.shared import Reason, SolverStatus

__all__ = ["Limits", "solve"]

Progress = Callable[[float, str], None]
"""Called with the share that is done, from 0 to 1, and the name of the step."""


@dataclass(frozen=True)
class _Shares:
    """Shares of the time after which the first climb, the search, the polishing and the bound end; the rest is for the check."""

    climb: float
    search: float
    polish: float
    bound: float


_OF_FEW, _OF_MANY = _Shares(0.12, 0.8, 0.96, 1.0), _Shares(0.2, 0.7, 0.88, 0.94)

_TRUST = 0.7
"""How much of the prices a roster that begins anew believes."""

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
    search = _Search(run, Team(market, crew_of(market), run.limits.threads), Load(market), generator)
    run.tell(0.0, "first")
    if not search.begin():
        return _infeasible(run, (Reason("rostering.pins_leave_nothing"),))
    run.tell(0.05, "bound")
    ascent = search.first_climb()
    run.tell(search.shares.climb, "search")
    is_complete = search.improve(ascent)
    run.tell(search.shares.search, "polish")
    is_complete &= search.polish(ascent)
    run.tell(search.shares.polish, "bound")
    ascent = search.climb(search.shares.bound, ascent)
    run.note("bound", ascent.bound)
    return _result(run, market, mend(problem, search.load.shifts()), ascent, is_complete=is_complete)


@dataclass
class _Search:
    """The steps of a run; the best roster so far is in the load."""

    run: _Run
    team: Team
    load: Load
    generator: np.random.Generator

    @property
    def shares(self) -> _Shares:
        """How the time is divided."""
        return _OF_MANY if self.team.is_large else _OF_FEW

    def begin(self) -> bool:
        """Leave a first roster in the load; False when pins leave none."""
        started = self._started(self._free_of_charge())
        if started is None:
            return False
        fill(self.load, started)
        self.run.note("first", self.load.cost())
        return True

    def climb(self, share: float, start: Ascent | None = None) -> Ascent:
        """Return the bound climbed until so much of the time is gone."""
        everybody = Everybody(self.team.market, self.team.crew, self.team.threads)
        return climb(everybody, self.load.cost(), self.run.until(share), self.run.limits.climbs, start=start, clock=self.run.clock)

    def first_climb(self) -> Ascent:
        """Return the bound climbed twice: the second time towards the better roster that the first prices led to."""
        ascent = self.climb(self.shares.climb / 2)
        guided = self._started(worth_of(self.team.market, ascent.prices), _TRUST)
        if guided is not None:
            self._keep(guided)
        self.run.note("guided", self.load.cost())
        ascent = self.climb(self.shares.climb, ascent)
        self.run.note("bound", ascent.bound)
        return ascent

    def improve(self, ascent: Ascent) -> bool:
        """Leave the best roster that the search finds in the load; return whether all rounds were done before the clock ended it."""
        run, worth = self.run, worth_of(self.team.market, ascent.prices)
        roster, rounds, until = roster_of(self.load), run.limits.rounds, run.until(self.shares.search)
        done = improve_team(self.team, roster, worth, self.generator, rounds=rounds, until=until, clock=run.clock)
        self._keep(roster)
        run.note("search", self.load.cost())
        return done == rounds

    def polish(self, ascent: Ascent) -> bool:
        """Leave a roster that is no worse in the load; return whether all rounds were done, or nothing was left to gain."""
        rounds, until = max(1, self.run.limits.rounds // _ROUNDS_A_PROGRAM), self.run.until(self.shares.polish)
        done = polish(self.load, self.team, self.generator, rounds=rounds, until=until, enough=ascent.bound, clock=self.run.clock)
        self.run.note("polish", self.load.cost())
        return done == rounds

    def _started(self, worth: Worth, trust: float = 0.0) -> Roster | None:
        roster = roster_of(Load(self.team.market))
        return roster if first_roster(self.team, roster, worth, self.generator, trust) else None

    def _keep(self, roster: Roster) -> None:
        """Leave the roster in the load when it is better."""
        before = self.load.snapshot()
        cost = self.load.cost()
        fill(self.load, roster)
        if self.load.cost() >= cost:
            self.load.restore(before)

    def _free_of_charge(self) -> Worth:
        return worth_of(self.team.market, np.zeros(layout_of(self.team.market).size))


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
