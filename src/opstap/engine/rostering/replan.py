"""After something changed: who could take over, best first; and what is different for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.groups import by_worker
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.verdict import Scene, Verdict


@dataclass(frozen=True, slots=True)
class Replacement:
    """Somebody who could take a shift over: the new shift, the one that would be left for it (None: free that day), the verdict."""

    shift: Assignment
    leaves: Assignment | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One day of one worker that is different; None is free."""

    worker: str
    day: date
    was: Assignment | None
    now: Assignment | None


def impossible_shifts(problem: Problem, shifts: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """Return the shifts that a rule about one shift forbids now: the worker is away, the site closed, the demand gone."""
    from opstap.engine.rostering.constraints import obstacles  # noqa: PLC0415 - see `frozen`

    return tuple(
        shift
        for shift in shifts
        if shift.worker not in problem.worker_by
        or shift.cell not in problem.cell_by
        or obstacles(problem.worker_by[shift.worker], problem.cell_by[shift.cell], problem)
    )


def replacements(problem: Problem, shifts: Sequence[Assignment], lost: Assignment) -> tuple[Replacement, ...]:
    """Return everybody who may take over the lost shift, cheapest first; people who are free that day before others at equal cost.

    `shifts` is the roster without the lost shift.
    """
    from opstap.engine.rostering.constraints import obstacles  # noqa: PLC0415 - see `frozen`

    scene, cell = Scene(problem, shifts), problem.cell_by[lost.cell]
    found = []
    for worker in problem.workers:
        if worker.key == lost.worker or obstacles(worker, cell, problem):
            continue
        leaves = scene.on.get((worker.key, lost.day))
        if leaves is not None and leaves.cell == lost.cell:
            continue
        new = Assignment(worker.key, lost.day, lost.site, lost.function, lost.starts)
        verdict = scene.judge((leaves,) if leaves else (), (new,))
        if verdict.is_allowed:
            found.append(Replacement(new, leaves, verdict))
    return tuple(sorted(found, key=lambda each: (each.verdict.cost, each.leaves is not None, each.shift.worker)))


def differences(before: Sequence[Assignment], after: Sequence[Assignment]) -> dict[str, tuple[Change, ...]]:
    """Return, for each worker for whom anything is different, the days that are."""
    was, now = by_worker(before), by_worker(after)
    found: dict[str, tuple[Change, ...]] = {}
    for worker in sorted({*was, *now}):
        old, new = ({shift.day: shift for shift in group.get(worker, ())} for group in (was, now))
        days = sorted(day for day in {*old, *new} if old.get(day) != new.get(day))
        if days:
            found[worker] = tuple(Change(worker, day, old.get(day), new.get(day)) for day in days)
    return found
