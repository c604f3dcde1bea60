"""Timefold on a whole roster; runs in an environment of its own with `timefold` and Java 17: `<file> <seconds>`.

The file holds what each worker can do on each day as far as one shift goes (`bench.timefold_peer`). Each worker and day is an entity whose
shift, or none, is planned; rules over several shifts are the hard score and points the soft one. Rest between days and over the week is
left out, since the hours that are asked keep it; our checker judges it with all the rest. Its own defaults for everything else. Prints the
chosen options per worker as JSON.
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

GIVEN = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
WEEKS: int = GIVEN["weeks"]
QUOTAS: list = GIVEN["quotas"]
SITES: int = GIVEN["sites"]
STANDARD: int = 456
STAYS: list = GIVEN["stays"]
SHARES: list = GIVEN["shares"]
MINIMUM: list = GIVEN["minimum"]
WANTED: list = GIVEN["wanted"]
MAXIMUM: list = GIVEN["maximum"]
ROOM: list = GIVEN["room"]
GUIDES: int = GIVEN["guides"]
LONGEST: int = GIVEN["longest_stay"]
SHORTEST: int = GIVEN["shortest_stay"]
PRACTICE_DAYS: int = GIVEN["practice_days"]
PRACTICE_WEEKS: int = GIVEN["practice_weeks"]
MISSING: int = GIVEN["points"]["minimum"]
WANTING: int = GIVEN["points"]["wanted"]
LEARNING: int = GIVEN["points"]["learning"]
VARIETY: int = GIVEN["points"]["variety"]
UNFAIR: int = GIVEN["points"]["fairness"]


@dataclass
class Option:
    """A shift that a worker can take: `able` 1 for somebody who can, else a learner; `own`: points by itself; `goal`: a wish or -1."""

    id: Annotated[int, PlanningId]
    cell: int
    crowd: int
    site: int
    able: int
    own: int
    minutes: int
    goal: int
    saturday: int
    unloved: int


@planning_entity
@dataclass
class Slot:
    """What one worker does on one day."""

    id: Annotated[int, PlanningId]
    worker: int
    week: int
    options: Annotated[list[Option], ValueRangeProvider]
    option: Annotated[Option | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass
class Plan:
    """All workers on all days."""

    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider
def rules(factory: ConstraintFactory) -> list[Any]:
    """Return the constraints: of one shift, of the demands, of the coaches, of a worker's week and of all weeks together."""
    taken = factory.for_each(Slot)
    able, everybody = ConstraintCollectors.sum(lambda slot: slot.option.able), ConstraintCollectors.count()
    minutes = ConstraintCollectors.sum(lambda slot: slot.option.minutes)
    places = ConstraintCollectors.count_distinct(lambda slot: slot.option.site)
    place = ConstraintCollectors.min(lambda slot: slot.option.site)
    weeks = ConstraintCollectors.to_list(lambda _worker, week, site: week * SITES + site)
    return [
        taken.impact(HardSoftScore.ONE_SOFT, lambda slot: -slot.option.own).as_constraint("a shift by itself"),
        taken.group_by(lambda slot: slot.option.cell, able, everybody)
        .reward(HardSoftScore.ONE_SOFT, lambda cell, can, people: MISSING * min(can, MINIMUM[cell]) + WANTING * min(people, WANTED[cell]))
        .as_constraint("people asked"),
        taken.group_by(lambda slot: slot.option.cell, able, everybody)
        .penalize(
            HardSoftScore.ONE_HARD,
            lambda cell, can, people: max(0, people - MAXIMUM[cell]) + max(0, people - can - GUIDES * can),
        )
        .as_constraint("maximum and beside whom"),
        taken.group_by(lambda slot: slot.option.crowd, everybody)
        .penalize(HardSoftScore.ONE_HARD, lambda crowd, people: max(0, people - ROOM[crowd]))
        .as_constraint("room with the coaches"),
        taken.group_by(lambda slot: slot.worker, lambda slot: slot.week, minutes, places)
        .penalize(
            HardSoftScore.ONE_HARD,
            lambda worker, week, used, sites: sites - 1 + (max(0, used - QUOTAS[worker][week]) + STANDARD - 1) // STANDARD,
        )
        .as_constraint("a worker's week"),
        taken.group_by(lambda slot: slot.worker, lambda slot: slot.week, place)
        .group_by(lambda worker, _week, _site: worker, weeks)
        .penalize(HardSoftScore.ONE_SOFT, lambda worker, visited: stay_points(worker, visited))  # noqa: PLW0108 - only a lambda is translated
        .as_constraint("stays"),
        taken.filter(lambda slot: slot.option.goal >= 0)
        .group_by(lambda slot: slot.worker * 4 + slot.option.goal, lambda slot: slot.week, everybody)
        .filter(lambda _wish, _week, days: days >= PRACTICE_DAYS)
        .group_by(lambda wish, _week, _days: wish, ConstraintCollectors.count_tri())
        .filter(lambda _wish, practised: practised >= PRACTICE_WEEKS)
        .reward(HardSoftScore.ONE_SOFT, lambda _wish, _practised: LEARNING)
        .as_constraint("wishes"),
        taken.filter(lambda slot: slot.option.saturday > 0)
        .group_by(lambda slot: slot.worker, everybody)
        .penalize(HardSoftScore.ONE_SOFT, lambda worker, carried: UNFAIR * max(0, carried - SHARES[worker][0]))
        .as_constraint("Saturdays"),
        taken.filter(lambda slot: slot.option.unloved > 0)
        .group_by(lambda slot: slot.worker, everybody)
        .penalize(HardSoftScore.ONE_SOFT, lambda worker, carried: UNFAIR * max(0, carried - SHARES[worker][1]))
        .as_constraint("unloved work"),
    ]


def stay_points(worker: int, visited: list) -> int:
    """Return the points of stays too long and too short."""
    sites = [-1] * WEEKS
    for each in visited:
        sites[each // SITES] = each % SITES
    total, site, length, is_first = 0, STAYS[worker][0], STAYS[worker][1], True
    for week in range(WEEKS):
        if QUOTAS[worker][week] > 0:
            to = sites[week]
            if to == site:
                if to >= 0 and length >= LONGEST:
                    total += VARIETY
                length += 1
            else:
                if site >= 0 and not is_first and length < SHORTEST:
                    total += VARIETY * (SHORTEST - length)
                site, length = to, 1
            is_first = False
    return total


def main() -> None:
    """Solve for so many seconds and print the chosen options."""
    slots = [
        Slot(number, worker, week, [Option(*option) for option in options])
        for number, (worker, week, options) in enumerate(GIVEN["slots"])
    ]  # fmt: skip
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Slot],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=int(float(sys.argv[2])))),
    )
    found = SolverFactory.create(config).build_solver().solve(Plan(slots))
    print(json.dumps({"score": str(found.score), "options": [slot.option.id for slot in found.slots if slot.option is not None]}))


if __name__ == "__main__":
    main()
