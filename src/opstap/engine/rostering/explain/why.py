"""Why this worker, why there, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.problem import CRITERIA, Cell, Problem
from opstap.engine.rostering.stays import stays_of
from opstap.engine.rostering.verdict import Scene
from opstap.engine.shared import Reason


def why_here(scene: Scene, shift: Assignment) -> tuple[Reason, ...]:
    """Return why the worker has this shift: decided, able or learning beside whom, needed, the stay, and the way."""
    problem = scene.problem
    found = [*_decided(problem, shift), _able(scene, shift), *_needed(scene, shift)]
    if stay := _stay(problem, scene, shift):
        found.append(stay)
    minutes = problem.minutes.get((shift.worker, shift.site))
    if minutes is not None:
        found.append(Reason("rostering.why_way", {"minutes": minutes}))
    return tuple(found)


def why_not_there(scene: Scene, worker: str, cell: Cell) -> tuple[Reason, ...]:
    """Return why the worker does not fill a demand: every rule that forbids it, else what the roster would lose."""
    new = Assignment(worker, cell.day, cell.demand.site, cell.demand.function, cell.demand.starts)
    leaves = scene.on.get((worker, cell.day))
    if leaves == new:
        return ()
    verdict = scene.judge((leaves,) if leaves else (), (new,))
    if verdict.reasons:
        return verdict.reasons
    return worse_reasons(verdict.changes) or (Reason("rostering.equally_good"),)


def worse_reasons(changes: Mapping[str, int]) -> tuple[Reason, ...]:
    """Return what a change of points makes worse, most important first."""
    return tuple(Reason(f"rostering.worse_{name}", {"points": changes[name]}) for name in CRITERIA if changes.get(name, 0) > 0)


def _decided(problem: Problem, shift: Assignment) -> list[Reason]:
    if (shift.worker, shift.day) in problem.pin_on:
        return [Reason("rostering.why_pinned")]
    return [Reason("rostering.why_published")] if problem.published_on.get((shift.worker, shift.day)) == shift else []


def _able(scene: Scene, shift: Assignment) -> Reason:
    worker = scene.problem.worker_by[shift.worker]
    if not worker.is_learning(shift.function):
        return Reason("rostering.why_skill", {"function": shift.function})
    others = (other for other in scene.shifts if other.cell == shift.cell and other.worker != shift.worker)
    guides = tuple(other.worker for other in others if not scene.problem.worker_by[other.worker].is_learning(shift.function))
    return Reason("rostering.why_learning", {"function": shift.function, "beside": guides})


def _needed(scene: Scene, shift: Assignment) -> list[Reason]:
    """Return what would be missing without this shift."""
    demand = scene.problem.cell_by[shift.cell].demand
    skilled = scene.skilled[shift.cell]
    everybody = skilled + scene.learners[shift.cell]
    if not scene.problem.worker_by[shift.worker].is_learning(shift.function):
        if skilled <= demand.minimum:
            return [Reason("rostering.why_minimum", {"minimum": demand.minimum, "people": skilled})]
        if guided := min(scene.learners[shift.cell], skilled):
            return [Reason("rostering.why_guide", {"learners": guided})]
    if everybody <= demand.wanted:
        return [Reason("rostering.why_wanted", {"wanted": demand.wanted, "people": everybody})]
    return [Reason("rostering.why_hours")]


def _stay(problem: Problem, scene: Scene, shift: Assignment) -> Reason | None:
    week = problem.week_of(shift.day)
    for stay in stays_of(problem.worker_by[shift.worker], scene.of[shift.worker], problem):
        if week in stay.weeks and stay.site:
            number = stay.before + stay.weeks.index(week) + 1
            return Reason("rostering.why_stay", {"site": stay.site, "week": number, "weeks": stay.before + len(stay.weeks)})
    return None
