"""The model that others would take: everybody's weeks, days and shifts as booleans, given to CP-SAT at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from opstap.engine.rostering.problem import DAYS_IN_WEEK
from opstap.engine.rostering.score import worker_parts
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.view import View

Int = NDArray[np.int64]
Linear = cp_model.LinearExpr | cp_model.IntVar | int


@dataclass(frozen=True)
class Solved:
    """New paths by row (empty when none was found), whether they are proven best, and the bound on the whole roster's cost.

    The bound is minus infinity when nothing was found: the solver then says 0, whatever the costs are.
    """

    paths: dict[int, tuple[Int, float]]
    is_proven: bool
    bound: float


@dataclass
class _Model:
    """The model while it is built. `taken`: one boolean per free worker and option; `costs`: the terms of the objective."""

    load: Load
    rows: list[int]
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    taken: dict[int, list[cp_model.IntVar]] = field(default_factory=dict)
    costs: list[Linear] = field(default_factory=list)

    def flag(self) -> cp_model.IntVar:
        """Return a new boolean."""
        return self.model.new_bool_var("")


def solve_together(load: Load, rows: list[int], seconds: float, *, seed: int = 0, threads: int = 1) -> Solved:
    """Return the best paths of these workers beside all the others as they are in the load, found in so many seconds."""
    before = {row: load.take(row) for row in rows}
    built = _Model(load, rows)
    for row in rows:
        _add_worker(built, row)
    _add_demand(built)
    fixed = load.cost() - sum(_nobody_missing(load))
    for row in rows:
        load.put(row, *before[row])
    built.model.minimize(sum(built.costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers, solver.parameters.random_seed = seconds, threads, seed
    status = solver.solve(built.model)
    bound = -math.inf if status == cp_model.UNKNOWN else fixed + solver.best_objective_bound
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved({}, is_proven=False, bound=bound)
    paths = {row: _path(load, row, [o for o, flag in enumerate(built.taken[row]) if solver.value(flag)]) for row in rows}
    return Solved(paths, status == cp_model.OPTIMAL, bound)


def _nobody_missing(load: Load) -> tuple[float, float]:
    """Return what is missing while the free workers are out: the model counts it itself."""
    market = load.market
    missing = np.maximum(0, market.minimum - load.skilled).sum() * market.missing_points
    wanted = np.maximum(0, market.wanted - load.skilled - load.learners).sum() * market.wanted_points
    return float(missing), float(wanted)


def _path(load: Load, row: int, chosen: list[int]) -> tuple[Int, float]:
    view = load.market.views[row]
    options = np.array(chosen, np.int64)
    parts = worker_parts(view.worker, view.shifts(options), view.problem)
    return options, float(sum(parts.values()) - view.constant)


def _add_worker(built: _Model, row: int) -> None:
    """Add a worker's weeks at sites, days and shifts, stays and wishes."""
    view, model = built.load.market.views[row], built.model
    taken = [built.flag() for _ in view.cells]
    built.taken[row] = taken
    built.costs += [int(view.own[option]) * flag for option, flag in enumerate(taken)]
    weeks = view.problem.weeks
    at = [[built.flag() for _ in view.sites] for _ in range(weeks)]
    for week in range(weeks):
        model.add_at_most_one(at[week])
        for site in range(len(view.sites)):
            _add_week(built, row, at[week][site], (site * weeks + week) * DAYS_IN_WEEK, int(view.quotas[week]))
    for day in np.nonzero(view.must)[0]:
        model.add(sum(flag for flag, cell in zip(taken, view.cells, strict=True) if _offset(view, int(cell)) == day) == 1)
    _add_stays(built, view, at)
    _add_wishes(built, row)
    _add_burdens(built, row)


def _offset(view: View, cell: int) -> int:
    return (view.problem.cells[cell].day - view.problem.start).days


def _add_week(built: _Model, row: int, here: cp_model.IntVar, first: int, quota: int) -> None:
    view, taken, model = built.load.market.views[row], built.taken[row], built.model
    low, high = int(view.starts[first]), int(view.starts[first + DAYS_IN_WEEK])
    for day in range(DAYS_IN_WEEK):
        model.add(sum(taken[int(view.starts[first + day]) : int(view.starts[first + day + 1])]) <= here)
    model.add(sum(int(view.units[option]) * taken[option] for option in range(low, high)) <= quota * here)
    model.add(sum(taken[low:high]) >= here)


def _add_stays(built: _Model, view: View, at: list[list[cp_model.IntVar]]) -> None:
    """Add the points of weeks too long at a site, and of stays too short."""
    points, rules = view.problem.objective.points["variety"], view.problem.rules
    active = [week for week in range(view.problem.weeks) if view.quotas[week] > 0]
    for site, key in enumerate(view.sites):
        before = min(view.worker.stay[1], rules.longest_stay) if view.worker.stay and view.worker.stay[0] == key else 0
        line: list[Linear] = [*[1] * before, *(at[week][site] for week in active)]
        for last in range(max(rules.longest_stay, before), len(line)):
            built.costs.append(points * _at_least(built, sum(line[last - rules.longest_stay : last + 1]) - rules.longest_stay))
        for first in range(before, len(line) - 1):
            came: Linear = line[first - 1] if first else 0
            for later in range(first + 1, min(first + rules.shortest_stay, len(line))):
                built.costs.append(points * _at_least(built, line[first] - came - line[later]))


def _at_least(built: _Model, amount: Linear) -> cp_model.IntVar:
    flag = built.flag()
    built.model.add(flag >= amount)
    return flag


def _add_wishes(built: _Model, row: int) -> None:
    view, taken, model = built.load.market.views[row], built.taken[row], built.model
    rules, points = view.problem.rules, view.problem.objective.points["learning"]
    week_of = [view.problem.week_of(view.problem.cells[cell].day) for cell in view.cells]
    for goal in range(view.goals):
        practised = []
        for week in range(view.problem.weeks):
            shifts = [taken[option] for option in np.nonzero(view.goal == goal)[0] if week_of[option] == week]
            if len(shifts) >= rules.practice_days:
                practised.append(built.flag())
                model.add(sum(shifts) >= rules.practice_days * practised[-1])
        reached = built.flag()
        model.add(sum(practised) >= rules.practice_weeks * reached)
        built.costs.append(points * (1 - reached))


def _add_burdens(built: _Model, row: int) -> None:
    view, market, taken = built.load.market.views[row], built.load.market, built.taken[row]
    if not market.unfair_points or not len(view.cells):
        return
    for burden in range(len(market.share)):
        carried = [taken[option] for option in np.nonzero(view.burdens[burden])[0]]
        if carried:
            above = built.model.new_int_var(0, len(carried), "")
            built.model.add(sum(carried) - above <= int(market.share[burden, row]))
            built.costs.append(market.unfair_points * above)


def _add_demand(built: _Model) -> None:
    """Add what every demand and crowd asks, beside the workers who stay."""
    load, market, model = built.load, built.load.market, built.model
    skilled: dict[int, list[cp_model.IntVar]] = {}
    learners: dict[int, list[cp_model.IntVar]] = {}
    crowds: dict[int, list[cp_model.IntVar]] = {}
    for row in built.rows:
        view = market.views[row]
        for flag, cell, learns in zip(built.taken[row], view.cells.tolist(), view.learns.tolist(), strict=True):
            (learners if learns else skilled).setdefault(cell, []).append(flag)
            crowds.setdefault(int(market.crowd[cell]), []).append(flag)
    for cell in range(len(market.minimum)):
        can, learn = sum(skilled.get(cell, [])), sum(learners.get(cell, []))
        there, learning = int(load.skilled[cell]), int(load.learners[cell])
        _add_missing(built, int(market.minimum[cell]) - there, can, market.missing_points)
        _add_missing(built, int(market.wanted[cell]) - there - learning, can + learn, market.wanted_points)
        if cell in skilled or cell in learners:
            model.add(can + learn <= int(market.maximum[cell]) - there - learning)
            model.add(learn + learning <= market.guides * (can + there))
    for crowd, flags in crowds.items():
        model.add(sum(flags) <= int(market.room[crowd] - load.crowds[crowd]))


def _add_missing(built: _Model, lacking: int, filled: Linear, points: int) -> None:
    if lacking > 0 and points:
        short = built.model.new_int_var(0, lacking, "")
        built.model.add(short + filled >= lacking)
        built.costs.append(points * short)
