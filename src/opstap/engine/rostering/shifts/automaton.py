"""The rules of one worker as a machine that reads one day after the other: its states and how a day's choice changes them.

A state is four numbers packed into one: what is being done (a day off, or which kind of shift as which day of a run), the time used,
the weekends worked, and the shifts of each kind that could reach its limit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.shifts.problem import Contract, Kind, ShiftProblem

Int = NDArray[np.int64]
DAY_OFF = 0
"""The first choice of a day; choice 1 is the first kind of shift."""


@dataclass(frozen=True)
class Automaton:
    """`follow` (activities, choices): the next activity or -1. `is_rest` (activities). `units` (choices): the time of a choice.

    `counter` (choices): which counter a choice moves, or -1; `limits` and `powers` (counters): how far, and its step in the code.
    `sizes`: activities, times, weekends + 1, codes of counters. `open_days` (days, choices): 1 where the choice may be taken.
    `least`: the time that must be used. `begin`: the state before the first day.
    """

    follow: Int
    is_rest: Int
    units: Int
    counter: Int
    limits: Int
    powers: Int
    sizes: tuple[int, int, int, int]
    open_days: Int
    least: int
    begin: int

    @property
    def states(self) -> int:
        """Number of codes of states, reachable or not."""
        return math.prod(self.sizes)


def automaton_of(problem: ShiftProblem, contract: Contract) -> Automaton:
    """Return the machine of a worker."""
    unit = reduce(math.gcd, (kind.minutes for kind in problem.kinds)) or 1
    most = contract.most_minutes // unit
    units = np.array([0, *(kind.minutes // unit for kind in problem.kinds)], np.int64)
    follow, is_rest = _activities(problem.kinds, contract)
    limited = [number for number, kind in enumerate(problem.kinds, 1) if _may_bind(kind, contract, problem.days)]
    limits = [contract.most_of[problem.kinds[number - 1].key] for number in limited]
    counter = np.full(len(units), -1, np.int64)
    counter[limited] = np.arange(len(limited))
    powers = [math.prod(limit + 1 for limit in limits[:number]) for number in range(len(limits) + 1)]
    open_days = np.ones((problem.days, len(units)), np.int64)
    open_days[:, 1:] = [contract.most_of.get(kind.key, 0) > 0 for kind in problem.kinds]
    open_days[sorted(contract.days_off), 1:] = 0
    sizes = (len(follow), most + 1, contract.most_weekends + 1, powers[-1])
    begin = (len(follow) - 1) * math.prod(sizes[1:])
    return Automaton(
        follow, is_rest, units, counter, np.array([*limits, 0], np.int64), np.array(powers, np.int64), sizes, open_days,
        -(-contract.least_minutes // unit), begin,
    )  # fmt: skip


def _may_bind(kind: Kind, contract: Contract, days: int) -> bool:
    """Tell whether the limit of a kind may matter: neither the days nor the time reach it before."""
    limit = contract.most_of.get(kind.key, 0)
    return 0 < limit < min(days, contract.most_minutes // kind.minutes if kind.minutes else days)


def _activities(kinds: Sequence[Kind], contract: Contract) -> tuple[Int, Int]:
    """Return what may follow what, and which activities are rest.

    Activities: per kind a day 1, 2, … of a run; then the same for the run that began before the first day; then a day 1, 2, … of
    rest, and last what came before the first day: rest long enough, or work long enough, since that is not known.
    """
    longest, rest = max(0, contract.longest_run), max(1, contract.shortest_rest)
    runs = len(kinds) * longest
    before, size = 2 * runs + rest, 2 * runs + rest + 1
    follow = np.full((size, len(kinds) + 1), -1, np.int64)
    number = {kind.key: at for at, kind in enumerate(kinds)}
    for at, kind in enumerate(kinds):
        barred = {number[key] for key in kind.not_followed_by}
        for opened, first in enumerate((0, runs)):
            for day in range(1, longest + 1):
                now = first + at * longest + day - 1
                if opened or day >= contract.shortest_run:
                    follow[now, DAY_OFF] = 2 * runs
                if day < longest:
                    for other in set(range(len(kinds))) - barred:
                        follow[now, 1 + other] = first + other * longest + day
    for day in range(1, rest + 1):
        follow[2 * runs + day - 1, DAY_OFF] = 2 * runs + min(day, rest - 1)
    starts = np.arange(len(kinds)) * longest
    if longest:
        follow[2 * runs + rest - 1, 1:] = starts
        follow[before, 1:] = runs + starts
    follow[before, DAY_OFF] = 2 * runs + rest - 1
    is_rest = np.zeros(size, np.int64)
    is_rest[2 * runs :] = 1
    return follow, is_rest
