"""Timefold on a question of days and shifts; runs in an environment of its own with `timefold` and Java 17: `<file> <seconds>`.

Each worker and day is an entity whose kind of shift, or none, is planned; rules are the hard score and points the soft one. Prints the
roster as JSON. One thread, its own defaults for everything else.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import ConstraintCollectors, ConstraintFactory, HardSoftScore, constraint_provider

from bench.shift_instances import read

PROBLEM = read(Path(sys.argv[1]))
DAYS = PROBLEM.days
MINUTES = {kind.key: kind.minutes for kind in PROBLEM.kinds}
BARRED = {kind.key: sorted(kind.not_followed_by) for kind in PROBLEM.kinds}
LIMITS = [dict(worker.most_of) for worker in PROBLEM.workers]
CONTRACTS = [(w.least_minutes, w.most_minutes, w.longest_run, w.shortest_run, w.shortest_rest, w.most_weekends) for w in PROBLEM.workers]
COVERS = [[(c.kind, c.people, c.missing, c.extra) for c in PROBLEM.covers if c.day == day] for day in range(DAYS)]


@planning_entity
@dataclass
class Slot:
    """What one worker does on one day; `points`: (kind, points, is wanted) of the wishes."""

    id: Annotated[str, PlanningId]
    worker: int
    day: int
    points: list[Any]
    kinds: Annotated[list[str], ValueRangeProvider]
    kind: Annotated[str | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass
class Plan:
    """All workers on all days."""

    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider  # type: ignore[untyped-decorator]  # the package is in another environment
def rules(factory: ConstraintFactory) -> list[Any]:
    """Return the constraints: wishes, people asked, and everything that one worker's days must keep."""
    slots = factory.for_each_including_unassigned(Slot)
    kinds, whole = ConstraintCollectors.to_list(lambda slot: slot.kind), ConstraintCollectors.to_list(lambda slot: slot)
    return [
        slots.filter(lambda slot: len(slot.points) > 0)
        .penalize(HardSoftScore.ONE_SOFT, lambda slot: wish_points(slot.points, slot.kind))
        .as_constraint("wishes"),
        slots.group_by(lambda slot: slot.day, kinds)
        .penalize(HardSoftScore.ONE_SOFT, lambda day, taken: cover_points(day, taken))  # noqa: PLW0108 - only a lambda is translated
        .as_constraint("people asked"),
        slots.group_by(lambda slot: slot.worker, whole)
        .penalize(HardSoftScore.ONE_HARD, lambda worker, days: broken(worker, days))  # noqa: PLW0108 - as above
        .as_constraint("rules"),
    ]


def wish_points(points: list[Any], kind: str) -> int:
    """Return the points of wishes that do not come true."""
    total = 0
    for wanted, value, is_wanted in points:
        if (kind == wanted) != is_wanted:
            total += value
    return total


def cover_points(day: int, taken: list[Any]) -> int:
    """Return the points of people missing and too many on a day."""
    total = 0
    for kind, people, missing, extra in COVERS[day]:
        there = 0
        for each in taken:
            if each == kind:
                there += 1
        total += missing * (people - there) if there < people else extra * (there - people)
    return total


def broken(worker: int, slots: list[Any]) -> int:  # noqa: C901 - translated to Java as one
    """Return how far a worker's days break the rules."""
    least, most, longest_run, shortest_run, shortest_rest, most_weekends = CONTRACTS[worker]
    kinds = [None] * DAYS
    for slot in slots:
        kinds[slot.day] = slot.kind
    total, minutes, weekends, run, rest = 0, 0, 0, 0, 0
    used: dict[str, int] = {}
    has_run, before = False, None
    for day in range(DAYS):
        kind = kinds[day]
        if kind is not None:
            minutes += MINUTES[kind]
            used[kind] = used.get(kind, 0) + 1
            if before is not None and kind in BARRED[before]:
                total += 1
            if run == 0 and has_run and rest < shortest_rest:
                total += shortest_rest - rest
            run, rest, has_run = run + 1, 0, True
            if run > longest_run:
                total += 1
            if day % 7 == 5 or (day % 7 == 6 and before is None):
                weekends += 1
        else:
            if 0 < run < shortest_run and day > run:
                total += shortest_run - run
            run, rest = 0, rest + 1
        before = kind
    total += (least - minutes) // 60 + 1 if minutes < least else 0
    total += (minutes - most) // 60 + 1 if minutes > most else 0
    total += weekends - most_weekends if weekends > most_weekends else 0
    for kind, times in used.items():
        if times > LIMITS[worker].get(kind, 0):
            total += times - LIMITS[worker].get(kind, 0)
    return total


def main() -> None:
    """Solve for so many seconds and print the roster."""
    slots = [
        Slot(
            f"{worker.key} {day}", row, day,
            [(w.kind, w.points, w.is_wanted) for w in PROBLEM.wishes if (w.worker, w.day) == (worker.key, day)],
            [kind for kind in MINUTES if worker.most_of.get(kind, 0) > 0 and day not in worker.days_off],
        )
        for row, worker in enumerate(PROBLEM.workers)
        for day in range(DAYS)
    ]  # fmt: skip
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Slot],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=int(float(sys.argv[2])))),
    )
    found = SolverFactory.create(config).build_solver().solve(Plan(slots))
    roster = {worker.key: [None] * DAYS for worker in PROBLEM.workers}
    for slot in found.slots:
        roster[PROBLEM.workers[slot.worker].key][slot.day] = slot.kind
    print(json.dumps(roster))


if __name__ == "__main__":
    main()
