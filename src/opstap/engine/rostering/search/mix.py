"""The linear program over whole weeks at sites: which mix of paths is cheapest, and what each thing asked is then worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from opstap.engine.rostering.search.master import Master, Path
from opstap.engine.rostering.search.rise import Height, rise

Float = NDArray[np.float64]
_ROUNDS = 400
_BEST = 20
_SMOOTH = (0.7, 0.35, 0.0)
_NOTHING = 1e-4
_CLOSE = 0.02
"""Points under which the bound of the prices and the linear optimum are the same."""


class Mix:
    """The paths known so far; a program that grows path by path and starts each time from where it ended."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self._known: set[tuple[int, Path]] = set()
        self._model = model = mathopt.Model()
        self._one = [model.add_linear_constraint(lb=1.0, ub=1.0) for _ in master.workers]
        self._asked: dict[int, mathopt.LinearConstraint] = {}
        for row in np.nonzero(master.points)[0].tolist():
            self._asked[row] = model.add_linear_constraint(lb=float(master.asks[row]))
            lacking = model.add_variable(lb=0.0)
            self._asked[row].set_coefficient(lacking, 1.0)
            model.objective.set_linear_coefficient(lacking, float(master.points[row]))
        self._solver = mathopt.IncrementalSolver(model, mathopt.SolverType.GLOP)

    def add(self, paths: Mapping[int, Path]) -> int:
        """Add a path of some workers each; return how many are new."""
        new = [(row, path) for row, path in paths.items() if (row, path) not in self._known]
        self._known.update(new)
        for row, path in new:
            share = self._model.add_variable(lb=0.0)
            self._model.objective.set_linear_coefficient(share, self.master.alone(row, path))
            self._one[row].set_coefficient(share, 1.0)
            for step, site in enumerate(path):
                for at, factor in self.master.entries(row, step, site):
                    self._asked[at].set_coefficient(share, factor)
        return len(new)

    def solve(self) -> tuple[float, Float]:
        """Return the points of the best mix and the price of each row."""
        found = self._solver.solve()
        if found.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            msg = f"the linear program ended with {found.termination.reason.name}"
            raise RuntimeError(msg)
        duals, prices = found.dual_values(), np.zeros(len(self.master.points))
        for at, row in self._asked.items():
            prices[at] = duals[row]
        return float(found.objective_value()), np.clip(prices, 0.0, self.master.points)


def relax(master: Master, ceiling: float, until: float, clock: Callable[[], float]) -> Height:
    """Return the best bound of all prices tried, and its prices; `ceiling` is the cost of known weeks.

    The prices climb first, which takes them near; from the best paths seen the linear program then finds the exact ones. Its prices
    alone would jump to and fro, so everybody answers some between them and the best so far.
    """
    best = Height(-np.inf, np.where(np.arange(len(master.points)) < 2 * master.asked.minimum.size, master.points / 2, 0.0))

    def answer(prices: Float) -> tuple[float, Float]:
        found = master.answer(prices)
        return found.bound, found.lack

    rise(best, answer, master.points, ceiling, until, _ROUNDS, clock)
    mix = Mix(master)
    for known in _nearest(master, best.prices):
        mix.add(known)
    while clock() < until:
        value, prices = mix.solve()
        if not _ask_between(master, mix, best, prices) or value - best.bound < _CLOSE:
            break
    return best


def _ask_between(master: Master, mix: Mix, best: Height, prices: Float) -> bool:
    """Let everybody answer prices between the best ones and these, nearer to these while nothing comes of it; tell whether it did."""
    for smooth in _SMOOTH:
        asked = smooth * best.prices + (1 - smooth) * prices
        found = master.answer(asked)
        new, gained = mix.add(found.paths), found.bound - best.bound
        if gained > 0:
            best.bound, best.prices = found.bound, asked
        if new or gained > _NOTHING:
            return True
    return False


def _nearest(master: Master, prices: Float) -> list[dict[int, Path]]:
    """Return the paths to begin with: of each worker those that cost least under the prices."""
    found: list[dict[int, Path]] = [{} for _ in range(_BEST)]
    for row, paths in enumerate(master.paths):
        gain = master.priced(row, prices) - master.workers[row].own
        worth = [(alone + _along(gain, path), number, path) for number, path, alone in zip(count(), paths, paths.values(), strict=False)]
        for place, (_, _, path) in zip(found, sorted(worth), strict=False):
            place[row] = path
    return found


def _along(gain: Float, path: Path) -> float:
    return float(gain[np.arange(len(path)), np.array(path, np.int64)].sum())
