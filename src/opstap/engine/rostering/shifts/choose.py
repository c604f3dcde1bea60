"""The best whole paths inside given diagrams, by CP-SAT: every arc of a diagram is a yes or no, and each worker walks through once.

With the diagrams that a bound has thinned this is small, and "there is none" proves that the bound can be raised.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from opstap.engine.rostering.shifts.diagram import Diagram, Path
from opstap.engine.rostering.shifts.market import Market

_NEARLY = 1e-6


@dataclass(frozen=True)
class Choice:
    """`paths` per worker, empty when none was found; `bound`: no paths in these diagrams cost less; `is_none`: proven that none fit."""

    paths: dict[int, Path]
    bound: int
    is_none: bool


@dataclass
class _Model:
    """A model while it is built: the choices of each worker per day, who may take a kind on a day, and the points."""

    market: Market
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    taken: list[dict[tuple[int, int], cp_model.IntVar]] = field(default_factory=list)
    takers: defaultdict[tuple[int, int], list[cp_model.IntVar]] = field(default_factory=lambda: defaultdict(list))
    points: list[cp_model.LinearExprT] = field(default_factory=list)

    def add_worker(self, row: int, diagram: Diagram) -> None:
        """Add the walk of a worker through a diagram."""
        into: defaultdict[int, list[cp_model.IntVar]] = defaultdict(list)
        by_choice: defaultdict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for day in range(len(diagram.first) - 1):
            for node in range(int(diagram.first[day]), int(diagram.first[day + 1])):
                out = []
                for choice, to in enumerate(diagram.follow[node].tolist()):
                    if to >= 0:
                        arc = self.model.new_bool_var("")
                        out.append(arc)
                        into[to].append(arc)
                        by_choice[day, choice].append(arc)
                self.model.add(sum(out) == (sum(into[node]) if node else 1))
        self._add_choices(row, by_choice)

    def _add_choices(self, row: int, by_choice: dict[tuple[int, int], list[cp_model.IntVar]]) -> None:
        taken, on_day = {}, defaultdict(list)
        for (day, choice), arcs in by_choice.items():
            one = arcs[0]
            if len(arcs) > 1:
                one = self.model.new_bool_var("")
                self.model.add(sum(arcs) == one)
            taken[day, choice] = one
            on_day[day].append(one)
            if points := int(self.market.own[row, day, choice]):
                self.points.append(points * one)
            if choice:
                self.takers[day, choice - 1].append(one)
        for choices in on_day.values():
            self.model.add_exactly_one(choices)
        self.taken.append(taken)

    def add_asked(self) -> None:
        """Add the people asked, with the points of those missing and too many."""
        market = self.market
        for day, kind in zip(*(axis.tolist() for axis in np.nonzero(market.missing + market.extra)), strict=True):
            takers, people = self.takers[day, kind], int(market.people[day, kind])
            missing = self.model.new_int_var(0, people, "")
            extra = self.model.new_int_var(0, max(0, len(takers) - people), "")
            self.model.add(sum(takers) + missing - extra == people)
            self.points += [int(market.missing[day, kind]) * missing, int(market.extra[day, kind]) * extra]


def choose(market: Market, diagrams: Sequence[Diagram], least: int, most: int, *, seconds: float, seed: int) -> Choice:
    """Return the best paths in the diagrams that cost together from `least`, below which none can lie, to `most` points."""
    if any(diagram.is_empty for diagram in diagrams) or most < least:
        return Choice({}, most + 1, is_none=True)
    built = _Model(market)
    for row, diagram in enumerate(diagrams):
        built.add_worker(row, diagram)
    built.add_asked()
    total = sum(built.points) + market.constant
    built.model.add_linear_constraint(total, least, most)
    built.model.minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.01, seconds)
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = seed
    status = solver.solve(built.model)
    if status == cp_model.INFEASIBLE:
        return Choice({}, most + 1, is_none=True)
    bound = max(least, math.ceil(solver.best_objective_bound - _NEARLY))
    return Choice(_paths(solver, built) if status in {cp_model.OPTIMAL, cp_model.FEASIBLE} else {}, bound, is_none=False)


def _paths(solver: cp_model.CpSolver, built: _Model) -> dict[int, Path]:
    found = {}
    for row, taken in enumerate(built.taken):
        path = np.zeros(built.market.problem.days, np.int8)
        for (day, choice), variable in taken.items():
            if solver.value(variable):
                path[day] = choice
        found[row] = path
    return found
