"""The linear program over whole paths: which mix of paths is cheapest, and what one more of each kind of shift is worth."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt.python import mathopt

from opstap.engine.rostering.shifts.diagram import Path
from opstap.engine.rostering.shifts.market import Market

Float = NDArray[np.float64]


class Master:
    """The paths known so far; a program that grows path by path and starts each time from where it ended.

    Every worker may also stay without a path for `penalty` points, so that there is an answer from the start.
    """

    def __init__(self, market: Market) -> None:
        self.market = market
        self.paths: list[tuple[int, Path]] = []
        self.known: set[tuple[int, bytes]] = set()
        self._shares: list[mathopt.Variable] = []
        self._model = mathopt.Model()
        self._open()
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def _open(self) -> None:
        market, model = self.market, self._model
        penalty = float(10_000 + market.missing.sum() + market.constant)
        self._one = [model.add_linear_constraint(lb=1.0, ub=1.0) for _ in market.diagrams]
        self._asked: dict[tuple[int, int], mathopt.LinearConstraint] = {}
        objective = model.objective
        for row in self._one:
            none = model.add_variable(lb=0.0)
            row.set_coefficient(none, 1.0)
            objective.set_linear_coefficient(none, penalty)
        for day, kind in zip(*np.nonzero(market.missing + market.extra), strict=True):
            people = float(market.people[day, kind])
            row = self._asked[int(day), int(kind)] = model.add_linear_constraint(lb=people, ub=people)
            for points, sign in ((market.missing[day, kind], 1.0), (market.extra[day, kind], -1.0)):
                slack = model.add_variable(lb=0.0)
                row.set_coefficient(slack, sign)
                objective.set_linear_coefficient(slack, float(points))

    def add(self, row: int, paths: Iterable[Path]) -> int:
        """Add the paths of a worker that are not known yet; return how many."""
        new = 0
        for path in paths:
            key = row, path.tobytes()
            if key in self.known:
                continue
            self.known.add(key)
            self.paths.append((row, path))
            share = self._model.add_variable(lb=0.0)
            self._shares.append(share)
            self._one[row].set_coefficient(share, 1.0)
            self._model.objective.set_linear_coefficient(share, self.market.alone(row, path))
            for day, choice in enumerate(path.tolist()):
                if choice and (asked := self._asked.get((day, choice - 1))):
                    asked.set_coefficient(share, 1.0)
            new += 1
        return new

    def solve(self) -> tuple[float, Float, Float]:
        """Return the points of the best mix, the price of each kind of shift (days, kinds), and the share of each path."""
        found = self._solver.solve()
        if found.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            msg = f"the linear program ended with {found.termination.reason.name}"
            raise RuntimeError(msg)
        duals, prices = found.dual_values(), np.zeros(self.market.people.shape)
        for where, row in self._asked.items():
            prices[where] = duals[row]
        values = found.variable_values()
        return found.objective_value() + self.market.constant, prices, np.array([values[share] for share in self._shares])

    def only(self, row: int, kept: int | None) -> None:
        """Let a worker have only the path with this number in `paths`, or all again."""
        for number, (owner, _) in enumerate(self.paths):
            if owner == row:
                self._shares[number].upper_bound = float("inf") if kept is None or number == kept else 0.0
