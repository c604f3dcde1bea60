"""A program in whole numbers, built row by row and given to HiGHS as OR-Tools carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

Float = NDArray[np.float64]
_USABLE = (mathopt.TerminationReason.OPTIMAL, mathopt.TerminationReason.FEASIBLE)


@dataclass(frozen=True)
class Answer:
    """The values of the variables, what they cost, the bound below which no answer lies, and whether the limits did not matter."""

    values: Float
    cost: float
    bound: float
    is_proven: bool


@dataclass
class Program:
    """Variables from 0 to `highest`, each with a cost, whole or not; rows of factors between two limits."""

    costs: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[Sequence[int], Sequence[float]]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def flag(self, cost: float = 0.0) -> int:
        """Add a variable that is 0 or 1; return its number."""
        return self._add(cost, 1.0, is_whole=True)

    def amount(self, cost: float = 0.0, highest: float = np.inf) -> int:
        """Add a variable that need not be whole; return its number."""
        return self._add(cost, highest, is_whole=False)

    def _add(self, cost: float, highest: float, *, is_whole: bool) -> int:
        self.costs.append(cost)
        self.highest.append(highest)
        self.whole.append(is_whole)
        return len(self.costs) - 1

    def row(self, variables: Sequence[int], factors: Sequence[float], least: float = -np.inf, most: float = np.inf) -> None:
        """Add a row: the sum of factors times variables (each once) lies from `least` to `most`."""
        self.rows.append((variables, factors))
        self.least.append(least)
        self.most.append(most)

    def solve(self, seconds: float, nodes: int | None = None, near: float | None = None) -> Answer | None:
        """Return the best answer found in so many nodes of the search tree, or None; the seconds only guard against a hard case.

        `near`: points within which an answer is as good as the best; without it, a ten thousandth of its cost.
        """
        limits = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.01, seconds)), node_limit=nodes)
        if near is not None:
            limits.absolute_gap_tolerance, limits.relative_gap_tolerance = near, 0.0
        found = mathopt.solve(mathopt.Model.from_model_proto(self._proto()), mathopt.SolverType.HIGHS, params=limits)
        if found.termination.reason not in _USABLE or not found.has_primal_feasible_solution():
            return None
        by_number = {variable.id: value for variable, value in found.variable_values().items()}
        values = np.array([by_number[number] for number in range(len(self.costs))])
        is_proven = found.termination.reason is mathopt.TerminationReason.OPTIMAL
        return Answer(values, float(found.objective_value()), float(found.termination.objective_bounds.dual_bound), is_proven)

    def _proto(self) -> model_pb2.ModelProto:
        proto = model_pb2.ModelProto()
        variables, constraints, matrix = proto.variables, proto.linear_constraints, proto.linear_constraint_matrix
        variables.ids.extend(range(len(self.costs)))
        variables.lower_bounds.extend([0.0] * len(self.costs))
        variables.upper_bounds.extend(self.highest)
        variables.integers.extend(self.whole)
        costly = [number for number, cost in enumerate(self.costs) if cost]
        proto.objective.linear_coefficients.ids.extend(costly)
        proto.objective.linear_coefficients.values.extend([self.costs[number] for number in costly])
        constraints.ids.extend(range(len(self.rows)))
        constraints.lower_bounds.extend(self.least)
        constraints.upper_bounds.extend(self.most)
        for number, (columns, factors) in enumerate(self.rows):
            pairs = sorted(zip(columns, factors, strict=True))
            matrix.row_ids.extend([number] * len(pairs))
            matrix.column_ids.extend([column for column, _ in pairs])
            matrix.coefficients.extend([float(factor) for _, factor in pairs])
        return proto
