"""The soft rules counted from the shifts alone: the cases of each criterion, and the points that they cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.fairness import BURDENS, shares
from opstap.engine.rostering.groups import by_worker
from opstap.engine.rostering.people import Worker
from opstap.engine.rostering.problem import CRITERIA, Cell, Problem
from opstap.engine.rostering.rules import STANDARD_DAY
from opstap.engine.rostering.stays import stays_of
from opstap.engine.rostering.weeks import weeks


def parts(problem: Problem, shifts: Sequence[Assignment]) -> dict[str, int]:
    """Return the points of each criterion; their sum is the cost of the roster."""
    found = dict.fromkeys(CRITERIA, 0)
    of = by_worker(shifts)
    for worker in problem.workers:
        for name, cost_of in worker_parts(worker, of.get(worker.key, ()), problem).items():
            found[name] += cost_of
    points = problem.objective.points
    missing, wanted = shortages(problem, shifts)
    found["minimum"] = points["minimum"] * sum(missing.values())
    found["wanted"] = points["wanted"] * sum(wanted.values())
    found["fairness"] = points["fairness"] * sum(excess(problem, shifts).values())
    return found


def cost(problem: Problem, shifts: Sequence[Assignment]) -> int:
    """Return all points of the roster."""
    return sum(parts(problem, shifts).values())


def worker_parts(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> dict[str, int]:
    """Return the points that depend on one worker's shifts alone: hours, learning, variety, travel and moves."""
    points = problem.objective.points
    return {
        "hours": _hours(worker, shifts, problem),
        "learning": points["learning"] * len(unreached(worker, shifts, problem)),
        "variety": points["variety"] * (sum(stay.too_long + stay.too_short for stay in stays_of(worker, shifts, problem))),
        "travel": sum(travel_points(worker.key, shift.site, problem) for shift in shifts),
        "moves": points["moves"] * len(moved_days(worker, shifts, problem)),
    }


def hour_points(minutes: int, problem: Problem) -> int:
    """Return the points of so many minutes of contract not filled."""
    return problem.objective.points["hours"] * minutes // STANDARD_DAY


def travel_points(worker: str, site: str, problem: Problem) -> int:
    """Return the points of one way to the site; a way that is not known costs nothing."""
    return problem.objective.points["travel"] * problem.minutes.get((worker, site), 0) // 60


def shortages(problem: Problem, shifts: Sequence[Assignment]) -> tuple[dict[Cell, int], dict[Cell, int]]:
    """Return the people missing under the minimum (who can do it) and under what is wanted (learners too), where any are missing."""
    skilled: Counter[tuple[str, str, date, int]] = Counter()
    everybody: Counter[tuple[str, str, date, int]] = Counter()
    for shift in shifts:
        everybody[shift.cell] += 1
        skilled[shift.cell] += not problem.worker_by[shift.worker].is_learning(shift.function)
    missing = {cell: cell.demand.minimum - skilled[cell.key] for cell in problem.cells if skilled[cell.key] < cell.demand.minimum}
    wanted = {cell: cell.demand.wanted - everybody[cell.key] for cell in problem.cells if everybody[cell.key] < cell.demand.wanted}
    return missing, wanted


def practice_weeks(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> dict[str, tuple[int, ...]]:
    """Return for each wish the weeks in which it is practised on enough days."""
    found: dict[str, tuple[int, ...]] = dict.fromkeys(worker.wishes, ())
    for week, group in weeks(shifts, problem):
        practised = Counter(shift.function for shift in group)
        for wish in worker.wishes:
            if practised[wish] >= problem.rules.practice_days:
                found[wish] += (week,)
    return found


def unreached(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> tuple[str, ...]:
    """Return the wishes that are not practised for enough weeks."""
    practised = practice_weeks(worker, shifts, problem)
    return tuple(wish for wish in worker.wishes if len(practised[wish]) < problem.rules.practice_weeks)


def excess(problem: Problem, shifts: Sequence[Assignment]) -> dict[tuple[str, str], int]:
    """Return, by (burden, worker), how many Saturdays or shifts of unloved work lie above the worker's share."""
    share = shares(problem)
    carried: Counter[tuple[str, str]] = Counter()
    for shift in shifts:
        cell = problem.cell_by[shift.cell]
        for name, is_burden in BURDENS.items():
            carried[name, shift.worker] += is_burden(cell, problem)
    return {key: count - share[key] for key, count in carried.items() if count > share[key]}


def moved_days(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> tuple[date, ...]:
    """Return the days on which the worker's shift differs from what is published; none when nothing is published, or to the worker."""
    if not problem.published or worker.key in problem.untold:
        return ()
    on = {shift.day: shift for shift in shifts}
    return tuple(day for day in problem.dates if problem.published_on.get((worker.key, day)) != on.get(day))


def _hours(worker: Worker, shifts: Sequence[Assignment], problem: Problem) -> int:
    due = sum(hour_points(minutes, problem) for minutes in quotas(worker, problem))
    return due - sum(hour_points(problem.cell_by[shift.cell].demand.minutes, problem) for shift in shifts)
