"""Several workers answer at once: their weeks at sites, days and shifts as one program in whole numbers, all the rest as it is.

Weeks at sites are a flow through (site, weeks spent there), so that the program without whole numbers lies close to the true one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.problem import DAYS_IN_WEEK
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.program import Program
from opstap.engine.rostering.search.view import View

Int = NDArray[np.int64]
Free = Mapping[int, frozenset[int]]
"""Workers by row, with the weeks in which they may be given something else."""

State = tuple[int, int]


@dataclass
class Model:
    """The program while it is built. `taken`: per free worker the variable of each option in the free weeks.

    `skilled`, `learners` and `crowds` count what stays.
    """

    load: Load
    free: Free
    skilled: Int
    learners: Int
    crowds: Int
    program: Program = field(default_factory=Program)
    taken: dict[int, dict[int, int]] = field(default_factory=dict)
    stays: dict[int, Int] = field(default_factory=dict)


def answer_together(load: Load, free: Free, seconds: float, nodes: int | None = None) -> dict[int, Int] | None:
    """Return new options for these workers beside all that stays, the best found in so many nodes; None when nothing was found."""
    model = model_of(load, free)
    for row in free:
        _add_worker(model, row)
    _add_demands(model)
    answer = model.program.solve(seconds, nodes)
    if answer is None:
        return None
    chosen = {row: [option for option, flag in taken.items() if answer.values[flag] > 0.5] for row, taken in model.taken.items()}  # noqa: PLR2004 - 0 or 1
    return {row: np.sort(np.concatenate([model.stays[row], np.array(options, np.int64)])) for row, options in chosen.items()}


def week_of(view: View, options: Int) -> Int:
    """Return the week of each option."""
    return _place_of(view, options) % (view.problem.weeks * DAYS_IN_WEEK) // DAYS_IN_WEEK


def site_of(view: View, options: Int) -> Int:
    """Return the local site of each option."""
    return _place_of(view, options) // (view.problem.weeks * DAYS_IN_WEEK)


def _place_of(view: View, options: Int) -> Int:
    return np.searchsorted(view.starts, options, side="right").astype(np.int64) - 1


def model_of(load: Load, free: Free) -> Model:
    """Return the program still empty, with what stays counted."""
    model = Model(load, free, load.skilled.copy(), load.learners.copy(), load.crowds.copy())
    for row, weeks in free.items():
        view, options = load.market.views[row], load.chosen[row]
        leaves = np.isin(week_of(view, options), list(weeks))
        model.stays[row] = options[~leaves]
        cells, learns = view.cells[options[leaves]], view.learns[options[leaves]]
        np.add.at(model.skilled, cells[~learns], -1)
        np.add.at(model.learners, cells[learns], -1)
        np.add.at(model.crowds, load.market.crowd[cells], -1)
    return model


def _add_worker(model: Model, row: int) -> None:
    """Add a worker's weeks at sites, days and shifts, stays, wishes and burdens."""
    view, program = model.load.market.views[row], model.program
    taken = model.taken[row] = {}
    at: dict[State, int] = {}
    for week in sorted(model.free[row]):
        if not view.quotas[week]:
            continue
        for site in range(len(view.sites)):
            first = (site * view.problem.weeks + week) * DAYS_IN_WEEK
            low, high = int(view.starts[first]), int(view.starts[first + DAYS_IN_WEEK])
            if low < high:
                taken |= {option: program.flag(float(view.own[option])) for option in range(low, high)}
                at[week, site] = program.flag()
                _add_week(program, view, taken, at[week, site], first)
        _add_decided(program, view, taken, week)
    add_stays(model, row, at)
    for goal in range(view.goals):
        _add_wish(model, row, goal, at)
    _add_burdens(model, row)


def _add_week(program: Program, view: View, taken: dict[int, int], here: int, first: int) -> None:
    """Add that a day has one shift and the week at most its quota, and at least one shift, when the worker is here."""
    everything = range(int(view.starts[first]), int(view.starts[first + DAYS_IN_WEEK]))
    flags = [taken[option] for option in everything]
    quota = float(view.quotas[first // DAYS_IN_WEEK % view.problem.weeks])
    for day in range(first, first + DAYS_IN_WEEK):
        today = [taken[option] for option in range(int(view.starts[day]), int(view.starts[day + 1]))]
        if today:
            program.row([*today, here], [*[1.0] * len(today), -1.0], most=0.0)
    program.row([*flags, here], [*(float(view.units[option]) for option in everything), -quota], most=0.0)
    program.row([*flags, here], [*[1.0] * len(flags), -1.0], least=0.0)


def _add_decided(program: Program, view: View, taken: dict[int, int], week: int) -> None:
    """Add that the worker works on the days that were decided."""
    for day in range(week * DAYS_IN_WEEK, (week + 1) * DAYS_IN_WEEK):
        if view.must[day]:
            rows = [site * view.problem.weeks * DAYS_IN_WEEK + day for site in range(len(view.sites))]
            flags = [taken[option] for row in rows for option in range(int(view.starts[row]), int(view.starts[row + 1]))]
            program.row(flags, [1.0] * len(flags), least=1.0)


def add_stays(model: Model, row: int, at: dict[State, int]) -> None:
    """Add the flow through (site, weeks there) from the first free week to the last: what it costs, with all that follows from its end."""
    view, program = model.load.market.views[row], model.program
    fixed = dict(zip(week_of(view, model.stays[row]).tolist(), site_of(view, model.stays[row]).tolist(), strict=True))
    nowhere, weeks = len(view.sites), [int(week) for week in np.nonzero(view.quotas > 0)[0]]
    free = [step for step, week in enumerate(weeks) if week in model.free[row]]
    if not free:
        return
    visited = [fixed.get(week, nowhere) for week in weeks]
    begins, _ = _walk(view, _beginning(view), visited[: free[0]], 0)
    entering: dict[State, list[int]] = {begins: []}
    for step in range(free[0], free[-1] + 1):
        week, is_free = weeks[step], step in free
        targets = [nowhere, *(site for site in range(nowhere) if (week, site) in at)] if is_free else [visited[step]]
        reached: defaultdict[State, list[int]] = defaultdict(list)
        for state, before in entering.items():
            leaving = []
            for to in targets:
                after, points = _step(view, state, to, is_first=step == 0)
                if step == free[-1]:
                    points += _walk(view, after, visited[step + 1 :], step + 1)[1]
                leaving.append(program.amount(points, 1.0))
                reached[after].append(leaving[-1])
            balance = 0.0 if before else 1.0
            program.row([*leaving, *before], [*[1.0] * len(leaving), *[-1.0] * len(before)], balance, balance)
        for site in targets if is_free else ():
            if site != nowhere:
                arrivals = [flow for state, flows in reached.items() if state[0] == site for flow in flows]
                program.row([*arrivals, at[week, site]], [*[1.0] * len(arrivals), -1.0], 0.0, 0.0)
        entering = dict(reached)


def _beginning(view: View) -> State:
    stay = view.worker.stay
    if stay and stay[0] in view.sites:
        return view.sites.index(stay[0]), min(stay[1], view.problem.rules.longest_stay)
    return len(view.sites), 1


def _walk(view: View, state: State, visited: Sequence[int], first: int) -> tuple[State, float]:
    """Return where these sites lead from (site, weeks there), the `first` step being so far from the beginning, and the points."""
    total = 0.0
    for step, to in enumerate(visited, first):
        state, points = _step(view, state, to, is_first=step == 0)
        total += points
    return state, total


def _step(view: View, state: State, to: int, *, is_first: bool) -> tuple[State, float]:
    """Return where a week at `to` leads from (site, weeks there), and the points of a stay too long or too short."""
    rules, nowhere = view.problem.rules, len(view.sites)
    site, length = state
    points = float(view.problem.objective.points["variety"])
    if to == site:
        if to == nowhere:
            return state, 0.0
        return (site, min(length + 1, rules.longest_stay)), points if length >= rules.longest_stay else 0.0
    left_early = site != nowhere and not is_first and length < rules.shortest_stay
    return (to, 1), points * (rules.shortest_stay - length) if left_early else 0.0


def _add_wish(model: Model, row: int, goal: int, at: dict[State, int]) -> None:
    """Add that a wish is reached by enough weeks with enough days of practice; weeks that stay count as they are."""
    view, program, taken = model.load.market.views[row], model.program, model.taken[row]
    rules, stays = view.problem.rules, model.stays[row]
    practised = Counter(week_of(view, stays[view.goal[stays] == goal]).tolist())
    lacking = rules.practice_weeks - sum(days >= rules.practice_days for days in practised.values())
    if lacking <= 0:
        return
    weeks = []
    for (week, site), here in at.items():
        first = (site * view.problem.weeks + week) * DAYS_IN_WEEK
        options = [o for o in range(int(view.starts[first]), int(view.starts[first + DAYS_IN_WEEK])) if view.goal[o] == goal]
        if len(options) >= rules.practice_days:
            weeks.append(program.flag())
            program.row([*(taken[o] for o in options), weeks[-1]], [*[1.0] * len(options), -float(rules.practice_days)], least=0.0)
            program.row([here, weeks[-1]], [1.0, -1.0], least=0.0)
    reached = program.flag(-float(view.problem.objective.points["learning"]))
    program.row([*weeks, reached], [*[1.0] * len(weeks), -float(lacking)], least=0.0)


def _add_burdens(model: Model, row: int) -> None:
    market, program = model.load.market, model.program
    view, taken, stays = market.views[row], model.taken[row], model.stays[row]
    if not market.unfair_points:
        return
    for burden, carried in enumerate(view.burdens):
        flags = [flag for option, flag in taken.items() if carried[option]]
        if flags:
            above = program.amount(float(market.unfair_points))
            left = float(market.share[burden, row] - carried[stays].sum())
            program.row([*flags, above], [*[1.0] * len(flags), -1.0], most=left)


def _add_demands(model: Model) -> None:
    """Add what every demand and crowd that somebody may fill asks, beside all that stays."""
    market, program = model.load.market, model.program
    skilled, learners, crowds = (defaultdict[int, list[int]](list) for _ in range(3))
    for row, taken in model.taken.items():
        view = market.views[row]
        for option, flag in taken.items():
            cell = int(view.cells[option])
            (learners if view.learns[option] else skilled)[cell].append(flag)
            crowds[int(market.crowd[cell])].append(flag)
    for cell in sorted({*skilled, *learners}):
        _add_demand(model, cell, skilled[cell], learners[cell])
    for crowd, flags in crowds.items():
        left = int(market.room[crowd] - model.crowds[crowd])
        if len(flags) > left:
            program.row(flags, [1.0] * len(flags), most=float(left))


def _add_demand(model: Model, cell: int, skilled: list[int], learners: list[int]) -> None:
    market, program = model.load.market, model.program
    able, learning = int(model.skilled[cell]), int(model.learners[cell])
    everybody = [*skilled, *learners]
    add_missing(program, int(market.minimum[cell]) - able, skilled, market.missing_points)
    add_missing(program, int(market.wanted[cell]) - able - learning, everybody, market.wanted_points)
    left = int(market.maximum[cell]) - able - learning
    if len(everybody) > left:
        program.row(everybody, [1.0] * len(everybody), most=float(left))
    if learners or learning:
        guides = float(market.guides)
        program.row([*learners, *skilled], [*[1.0] * len(learners), *[-guides] * len(skilled)], most=guides * able - learning)


def add_missing(program: Program, lacking: int, flags: list[int], points: int) -> None:
    """Add the points of everybody who lacks."""
    if lacking > 0 and flags and points:
        short = program.amount(float(points))
        program.row([*flags, short], [1.0] * (len(flags) + 1), least=float(lacking))
