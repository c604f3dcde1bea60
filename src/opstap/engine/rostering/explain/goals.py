"""Wishes to learn: practised in which weeks; and when not enough, the cause and the smallest change."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.engine.rostering.constraints import WORK_RULES
from opstap.engine.rostering.problem import Problem, Worker
from opstap.engine.rostering.score import practice_weeks
from opstap.engine.rostering.verdict import Scene
from opstap.engine.shared import Reason
from opstap.engine.shared.reason import FactValue


@dataclass(frozen=True, slots=True)
class Goal:
    """A wish of a worker, the weeks (from 0) in which it is practised, and, when that is not enough, cause and change."""

    worker: str
    function: str
    weeks: tuple[int, ...]
    is_reached: bool
    cause: Reason | None = None
    change: Reason | None = None


def goals(scene: Scene) -> tuple[Goal, ...]:
    """Return every wish of every worker, in the order of the problem."""
    found = []
    for worker in scene.problem.workers:
        practised = practice_weeks(worker, scene.of.get(worker.key, ()), scene.problem)
        for wish in worker.wishes:
            is_reached = len(practised[wish]) >= scene.problem.rules.practice_weeks
            cause, change = (None, None) if is_reached else _cause(scene, worker, wish, len(practised[wish]))
            found.append(Goal(worker.key, wish, practised[wish], is_reached, cause, change))
    return tuple(found)


def _cause(scene: Scene, worker: Worker, wish: str, weeks: int) -> tuple[Reason, Reason]:
    problem = scene.problem
    cells = [cell for cell in problem.cells if cell.demand.function == wish]
    if not cells:
        return Reason("rostering.goal_no_work", {"function": wish}), Reason("rostering.change_find_site", {"function": wish})
    first = {cell.demand: cell for cell in cells}.values()
    for rule in WORK_RULES:
        if not any(rule.holds(worker, cell, problem) for cell in first):
            cell = next(iter(first))
            return rule.reason(worker, cell, problem), Reason("rostering.change_other_wish", {"function": wish})
    if not _can_guide(problem, wish):
        return Reason("rostering.goal_no_guide", {"function": wish}), Reason("rostering.change_bring_guide", {"function": wish})
    facts: dict[str, FactValue] = {"function": wish, "weeks": weeks, "needed": problem.rules.practice_weeks}
    return Reason("rostering.goal_no_room", facts), Reason("rostering.change_pin_learning", {"function": wish})


def _can_guide(problem: Problem, function: str) -> bool:
    return any(function in worker.skills for worker in problem.workers)
