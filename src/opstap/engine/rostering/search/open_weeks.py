"""Weeks at sites, proven: only steps that a roster cheap enough could still take are left open, and a whole program chooses among them.

Under the prices of the bound every worker has a best path; a path that alone costs more than the room between bound and limit cannot
be in a roster below the limit. What is left is small enough for a program of flows, one through the open steps of each worker.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.master import NEARLY, Master, Path, Weeks
from opstap.engine.rostering.search.program import Answer, Program
from opstap.engine.rostering.search.rise import Height
from opstap.engine.rostering.search.weeks_kernel import behind_and_through, unroll

Float = NDArray[np.float64]
Int = NDArray[np.int64]
_FURTHER = 4
_WHOLE = 0.9
"""Points are whole: an answer this near to its bound is the best."""


@dataclass(frozen=True)
class Steps:
    """Steps of a worker in the order of weeks: from state `before` to state `after` by a week at `site`.

    A state is the site (or their number: none), the weeks spent there, and the weeks of practice of each wish. `extra`: the points
    that are not of the week itself. `starts` (weeks + 1): where each week begins; `begin`: the first state, of so many `states`.
    """

    week: Int
    before: Int
    after: Int
    site: Int
    extra: Float
    starts: Int
    begin: int
    states: int

    def _walked(self, cost: Float) -> tuple[Float, Float, float]:
        rest, through = np.empty((len(self.starts), self.states)), np.empty(len(self.week))
        points = self.extra + cost[self.week, self.site]
        best = behind_and_through(self.week, self.before, self.after, points, self.begin, rest, through)
        return rest, through, best

    def rest(self, cost: Float) -> Float:
        """Return what is still to come behind every state at the best (weeks + 1, states) under costs (weeks, sites + 1)."""
        return self._walked(cost)[0]

    def follow(self, cost: Float, rest: Float, state: int, week: int) -> list[int]:
        """Return the sites of the best weeks from a state before a week on; `rest`: what `rest` returned for these costs."""
        sites = []
        for now in range(week, len(cost)):
            steps = np.arange(self.starts[now], self.starts[now + 1])
            steps = steps[self.before[steps] == state]
            points = self.extra[steps] + cost[now, self.site[steps]] + rest[now + 1, self.after[steps]]
            best = int(steps[np.argmin(points)])
            sites.append(int(self.site[best]))
            state = int(self.after[best])
        return sites

    def within(self, cost: Float, room: float) -> Steps:
        """Return the steps on a path that costs at most `room` more than the best one under the costs (weeks, sites + 1)."""
        _, through, best = self._walked(cost)
        kept = through <= best + room + NEARLY
        week = self.week[kept]
        starts = np.searchsorted(week, np.arange(len(self.starts)))
        return Steps(week, self.before[kept], self.after[kept], self.site[kept], self.extra[kept], starts, self.begin, self.states)


def steps_of(worker: Weeks) -> Steps:
    """Return all steps of a worker."""
    (longest, shortest, practice), (variety, reach) = worker.rules, worker.points
    lengths, codes = longest + 1, (practice + 1) ** worker.goals
    site, length = worker.stay if worker.stay[0] >= 0 else (len(worker.place), 1)
    begin = (site * lengths + min(length, longest) - 1) * codes
    found = unroll(worker.own < INFINITE, worker.teaches, worker.goals, begin, longest, shortest, variety, practice, reach)
    return Steps(*found, np.searchsorted(found[0], np.arange(len(worker.own) + 1)), begin, (len(worker.place) + 1) * lengths * codes)


@dataclass
class Flows:
    """The program while it is built. `moves`: of the flow of each step its worker, its week and site, and the state after it."""

    master: Master
    program: Program = field(default_factory=Program)
    moves: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)
    rows: defaultdict[int, tuple[list[int], list[float]]] = field(default_factory=lambda: defaultdict(lambda: ([], [])))

    def add(self, row: int, steps: Steps, begin: int, weeks: range, *, whole: int, ending: Float) -> None:
        """Add the flow of a worker from state `begin` on through some weeks, in whole numbers before the week `whole`.

        `ending`: the points of every state in which the last of these weeks ends.
        """
        into: dict[int, list[int]] = {begin: []}
        for week in weeks:
            is_whole = week < whole
            out, arrive, by_site = (defaultdict[int, list[int]](list) for _ in range(3))
            for step in range(int(steps.starts[week]), int(steps.starts[week + 1])):
                before, after = int(steps.before[step]), int(steps.after[step])
                points = float(steps.extra[step]) + (float(ending[after]) if week == weeks[-1] else 0.0)
                if before in into and points < INFINITE:
                    flow = self._share(points, is_whole=is_whole)
                    site = int(steps.site[step])
                    self.moves[flow] = row, week, site, after
                    out[before].append(flow)
                    arrive[after].append(flow)
                    by_site[site].append(flow)
            for state, came in into.items():
                total = 0.0 if week != weeks[0] else 1.0
                self.program.row([*out[state], *came], [1.0] * len(out[state]) + [-1.0] * len(came), total, total)
            self._add_sites(row, week, by_site, is_whole=is_whole)
            into = dict(arrive)

    def _add_sites(self, row: int, week: int, by_site: dict[int, list[int]], *, is_whole: bool) -> None:
        """Add what the week costs at each site, and what it gives."""
        for site, flows in by_site.items():
            here = self._share(float(self.master.workers[row].own[week, site]), is_whole=is_whole)
            self.program.row([*flows, here], [1.0] * len(flows) + [-1.0], 0.0, 0.0)
            for at, factor in self.master.entries(row, week, site):
                self.rows[at][0].append(here)
                self.rows[at][1].append(factor)

    def _share(self, points: float, *, is_whole: bool) -> int:
        return self.program.flag(points) if is_whole else self.program.amount(points, 1.0)

    def solve(self, seconds: float, nodes: int | None = None, near: float = _WHOLE) -> Answer | None:
        """Add what is asked, and return the best answer or one within `near` points of it, None when there was no time."""
        for at in np.nonzero(self.master.points)[0].tolist():
            variables, factors = self.rows[at]
            lacking = self.program.amount(float(self.master.points[at]))
            self.program.row([*variables, lacking], [*factors, 1.0], least=float(self.master.asks[at]))
        return self.program.solve(seconds, nodes, near)

    def taken(self, answer: Answer) -> list[tuple[int, int, int, int]]:
        """Return (worker, week, site, state after) of the steps that the answer takes for more than half."""
        return [move for flow, move in self.moves.items() if answer.values[flow] > 1 / 2]


def prove(master: Master, best: Height, paths: dict[int, Path], until: float, clock: Callable[[], float]) -> tuple[dict[int, Path], float]:
    """Return the best weeks known, and the bound of all: `best` has the prices that prove one, `paths` are weeks known so far.

    Points are whole, so the bound is rounded up. All below a limit is searched whole: the best found there is the best of all; when
    nothing is there the bound lies above the limit, which is then raised.
    """
    room = master.cost(paths) - best.bound
    steps = [steps_of(worker).within(master.priced(row, best.prices), room) for row, worker in enumerate(master.workers)]
    known, reach = math.ceil(best.bound - NEARLY * max(1.0, abs(best.bound))), 1
    while known < (cost := round(master.cost(paths))) and clock() < until:
        limit = min(known + reach, cost - 1)
        found = _below(master, best, steps, limit, until - clock())
        if found is None:
            break
        answer, other = found
        paths = min(paths, other, key=master.cost)
        above = math.ceil(answer.bound - NEARLY * max(1.0, abs(answer.bound)))
        known = max(known, min(limit + 1, above))
        reach *= _FURTHER
        if not answer.is_proven:
            break
    return paths, min(known, master.cost(paths))


def _below(master: Master, best: Height, steps: list[Steps], limit: int, seconds: float) -> tuple[Answer, dict[int, Path]] | None:
    """Return the best through all steps that weeks of at most `limit` points could take, and its paths."""
    flows = Flows(master)
    for row, mine in enumerate(steps):
        opened = mine.within(master.priced(row, best.prices), limit - best.bound)
        weeks = range(len(master.workers[row].weeks))
        flows.add(row, opened, mine.begin, weeks, whole=len(weeks), ending=np.zeros(mine.states))
    answer = flows.solve(seconds)
    if answer is None:
        return None
    paths = {row: [len(worker.place)] * len(worker.weeks) for row, worker in enumerate(master.workers)}
    for row, week, site, _ in flows.taken(answer):
        paths[row][week] = site
    return answer, {row: tuple(path) for row, path in paths.items()}
