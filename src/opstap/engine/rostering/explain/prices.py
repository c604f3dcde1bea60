"""What is scarce: which skill, and whose coach; and whom to train next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opstap.engine.rostering.problem import Problem, Worker
from opstap.engine.shared import Reason

_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Scarcity:
    """A function, or the coaches of a site: what one more person or seat would be worth in points a week, and what to do."""

    name: str
    is_coach: bool
    points_a_week: float
    advice: Reason


def scarcities(
    problem: Problem, prices: Mapping[tuple[str, str, date, int], float], room_prices: Mapping[tuple[str, date], float]
) -> tuple[Scarcity, ...]:
    """Return what is scarce, most first. Prices are those of the bound: what the model would pay for one more."""
    skills: defaultdict[str, float] = defaultdict(float)
    rooms: defaultdict[str, float] = defaultdict(float)
    for key, price in prices.items():
        if _somebody_could_come(problem, key[0], key[2]):
            skills[key[1]] += price
    for (site, _), price in room_prices.items():
        rooms[site] += price
    found = [Scarcity(name, False, total / problem.weeks, _advice(problem, name)) for name, total in skills.items() if total > 0]
    found += [
        Scarcity(site, True, total / problem.weeks, Reason("rostering.advice_coach", {"site": site})) for site, total in rooms.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.points_a_week, each.name)))


def _somebody_could_come(problem: Problem, site: str, day: date) -> bool:
    """Tell whether a coach and some worker's contract allow work there that day: else training would not help."""
    is_open = any(coach.is_present_on(day) for coach in problem.coaches_of[site]) and day not in problem.public_holidays
    return is_open and any(worker.is_employed_on(day) for worker in problem.workers)


def _advice(problem: Problem, function: str) -> Reason:
    wishing = [worker for worker in problem.workers if function in worker.wishes and not _is_kept_away(problem, worker, function)]
    if not wishing:
        return Reason("rostering.advice_hire", {"function": function})
    return Reason("rostering.advice_train", {"function": function, "people": tuple(worker.key for worker in wishing)[:_MOST_NAMES]})


def _is_kept_away(problem: Problem, worker: Worker, function: str) -> bool:
    return bool(problem.function_by[function].demands & worker.limits)
