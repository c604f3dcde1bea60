"""Weeks at sites, proven: only steps that a roster cheap enough could still take are left open, and a whole program chooses among them.

Under the prices of the bound every worker has a best path; a path that alone costs more than the room between bound and limit cannot
be in a roster below the limit. What is left is small enough for a program of flows, one through the open steps of each worker.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.master import NEARLY, Master, Path, Prices, Weeks
from opstap.engine.rostering.search.program import Program

Float = NDArray[np.float64]
State = tuple[int, int, tuple[int, ...]]
"""The site (or their number: none), the weeks spent there, and the weeks of practice of each wish."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one state to the next by a week at `site`; `extra`: points that are not of the week itself."""

    before: State
    after: State
    site: int
    extra: float


@dataclass(frozen=True)
class Proven:
    """The best paths below a limit, empty when none were found, and the bound of everything below that limit."""

    paths: dict[int, Path]
    bound: float


def open_steps(worker: Weeks, cost: Float, room: float) -> list[list[Step]]:
    """Return per week the steps on a path that costs at most `room` more than the best one under the costs (weeks, sites + 1)."""
    steps, behind = _steps(worker, cost)
    ahead: dict[State, float] = {}
    kept: list[list[Step]] = [[] for _ in steps]
    if not steps:
        return kept
    last = {step.after for step in steps[-1]}
    ahead = dict.fromkeys(last, 0.0)
    most = min(behind[-1].values()) + room + NEARLY
    for week in range(len(steps) - 1, -1, -1):
        now: dict[State, float] = {}
        for step in steps[week]:
            if (rest := ahead.get(step.after)) is None:
                continue
            rest += step.extra + float(cost[week, step.site])
            if behind[week][step.before] + rest <= most:
                kept[week].append(step)
                now[step.before] = min(rest, now.get(step.before, INFINITE))
        ahead = now
    return kept


def _steps(worker: Weeks, cost: Float) -> tuple[list[list[Step]], list[dict[State, float]]]:
    """Return all steps per week, wishes that are not reached counted in the last, and the lowest cost up to every state."""
    nowhere, reach = len(worker.place), worker.points[1]
    begin = (nowhere, 1, (0,) * worker.goals)
    if worker.stay[0] >= 0:
        begin = (worker.stay[0], min(worker.stay[1], worker.rules[0]), (0,) * worker.goals)
    behind, steps = [{begin: 0.0}], []
    for week in range(len(cost)):
        after: dict[State, float] = {}
        found = []
        for state, value in behind[-1].items():
            for site in np.nonzero(cost[week] < INFINITE)[0].tolist():
                step = _step(worker, week, state, site)
                if week == len(cost) - 1 and (missing := sum(each < worker.rules[2] for each in step.after[2])):
                    step = Step(step.before, step.after, site, step.extra + reach * missing)
                found.append(step)
                total = value + step.extra + float(cost[week, site])
                after[step.after] = min(total, after.get(step.after, INFINITE))
        behind.append(after)
        steps.append(found)
    return steps, behind


def _step(worker: Weeks, week: int, state: State, to: int) -> Step:
    """Return the step to a site: what staying too long or leaving too soon costs, and what is practised there."""
    (site, length, practised), nowhere = state, len(worker.place)
    longest, shortest, practice = worker.rules
    extra, spent = 0.0, 1
    if to == site and to != nowhere:
        spent = min(length + 1, longest + 1)
        extra = worker.points[0] if length >= longest else 0.0
    elif site not in {to, nowhere} and length < shortest and week > 0:
        extra = worker.points[0] * (shortest - length)
    taught = int(worker.teaches[week, to])
    after = tuple(min(practice, weeks + (taught >> wish & 1)) for wish, weeks in enumerate(practised))
    return Step(state, (to, spent, after), to, extra)


@dataclass
class _Flows:
    """The program while it is built; `weeks`: the flag of (worker, week, site)."""

    master: Master
    program: Program = field(default_factory=Program)
    weeks: dict[tuple[int, int, int], int] = field(default_factory=dict)
    rows: list[tuple[list[int], list[float]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with one row per worker, which stays empty, and the rows of what is asked."""
        self.rows = [([], []) for _ in range(len(self.master.workers) + 3 * self.master.asked.minimum.size)]

    def add(self, row: int, steps: list[list[Step]]) -> None:
        """Add the flow of a worker through open steps, and a flag per week and site, which is what has to be whole."""
        worker = self.master.workers[row]
        into: dict[State, list[int]] = {}
        for week, found in enumerate(steps):
            out: defaultdict[State, list[int]] = defaultdict(list)
            arrive: defaultdict[State, list[int]] = defaultdict(list)
            by_site: defaultdict[int, list[int]] = defaultdict(list)
            for step in found:
                flow = self.program.amount(step.extra, 1.0)
                out[step.before].append(flow)
                arrive[step.after].append(flow)
                by_site[step.site].append(flow)
            for state, flows in out.items():
                came = into.get(state, [])
                total = 0.0 if week else 1.0
                self.program.row([*flows, *came], [1.0] * len(flows) + [-1.0] * len(came), total, total)
            for site, flows in by_site.items():
                flag = self.weeks[row, week, site] = self.program.flag(float(worker.own[week, site]))
                self.program.row([*flows, flag], [1.0] * len(flows) + [-1.0], 0.0, 0.0)
            into = dict(arrive)

    def ask(self) -> None:
        """Add the rows of what is asked."""
        master = self.master
        for (row, week, site), flag in self.weeks.items():
            for at, factor in master.entries_of_week(row, week, site):
                self.rows[at][0].append(flag)
                self.rows[at][1].append(factor)
        master.close(self.program, self.rows)


def prove(master: Master, prices: Prices, bound: float, most: float, seconds: float) -> Proven:
    """Return the best paths of all rosters that cost at most `most`; `prices` prove `bound`."""
    flows = _Flows(master)
    for row, worker in enumerate(master.workers):
        flows.add(row, open_steps(worker, master.priced(row, prices), most - bound))
    flows.ask()
    answer = flows.program.solve(seconds)
    if answer is None:
        return Proven({}, bound)
    paths: dict[int, list[int]] = {row: [len(worker.place)] * len(worker.weeks) for row, worker in enumerate(master.workers)}
    for (row, week, site), flag in flows.weeks.items():
        if answer.values[flag] > 1 / 2:
            paths[row][week] = site
    return Proven({row: tuple(path) for row, path in paths.items()}, max(bound, min(most, answer.bound)))
