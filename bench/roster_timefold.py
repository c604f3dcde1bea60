"""Timefold on a whole roster; runs in an environment of its own with `timefold` and Java 17: `<file> <seconds>`.

The file (`bench.timefold_peer`) holds what sites ask on each weekday, the days, the workers, and what each worker can do on each day as
far as one shift goes. Each worker and day is an entity whose demand, or none, is planned. The demands are values that all share: two
entities can swap them, and few objects cross from Python to Java and back, which takes longer than all the rest. Rules over several
shifts are the hard score and points the soft one, each as a constraint stream that counts changes only. Rest between days and over the
week is left out, since the hours that are asked keep it; our checker judges it with all the rest.

Its own defaults for everything else: first fit, then late acceptance. To its changes and swaps we add ruin and recreate, with which it
found better rosters in the same time. One thread moves: more of them are not in its free edition; Java's own work takes the other core.
Its time runs from when it has the problem in Java until it stops. Prints the number of the chosen demand of each worker and day, or -1, as
JSON.
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

GIVEN: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
SITES: int = GIVEN["sites"]
STANDARD: int = GIVEN["standard"]
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

PHASES = """
<solver>
  <constructionHeuristic/>
  <localSearch>
    <unionMoveSelector>
      <changeMoveSelector/>
      <swapMoveSelector/>
      <ruinRecreateMoveSelector><minimumRuinedCount>2</minimumRuinedCount><maximumRuinedCount>5</maximumRuinedCount></ruinRecreateMoveSelector>
    </unionMoveSelector>
  </localSearch>
</solver>
"""


@dataclass(eq=False)
class Demand:
    """What a site asks of a function on a weekday; `hours`: the points of contract that a shift fills."""

    id: Annotated[int, PlanningId]
    site: int
    function: int
    minutes: int
    hours: int
    minimum: int
    wanted: int
    maximum: int
    is_saturday: bool
    is_unloved: bool


@dataclass(eq=False)
class Day:
    """A date; `rooms` by site: how many people the coaches there can receive."""

    id: Annotated[int, PlanningId]
    week: int
    rooms: list[int]


@dataclass(eq=False)
class Worker:
    """Somebody. By function: `able` 1 who can and 0 who learns, `goals` the number of the wish or -1. By site: `ways`, points of the way.

    By week: `quotas` in minutes, and `turns`, which of the weeks with hours it is. `worked`: how many those are. `site` and `stayed`:
    where, and how many weeks, before the roster. `saturdays` and `unloved`: the fair share.
    """

    id: Annotated[int, PlanningId]
    able: list[int]
    goals: list[int]
    ways: dict[int, int]
    quotas: list[int]
    turns: list[int]
    worked: int
    site: int
    stayed: int
    saturdays: int
    unloved: int


@planning_entity
@dataclass(eq=False)
class Slot:
    """What one worker does on one day."""

    id: Annotated[int, PlanningId]
    worker: Worker
    day: Day
    demands: Annotated[list[Demand], ValueRangeProvider]
    demand: Annotated[Demand | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass(eq=False)
class Plan:
    """All workers on all days."""

    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


@constraint_provider  # type: ignore[untyped-decorator]  # the package is in another environment
def rules(factory: ConstraintFactory) -> list[Any]:
    """Return the constraints: of one shift, of the demands, of the coaches, of a worker's week and of all weeks together."""
    return [*_of_shifts(factory), *_of_demands(factory), *_of_weeks(factory), *_of_workers(factory)]


def _of_shifts(factory: ConstraintFactory) -> list[Any]:
    taken = factory.for_each(Slot)
    return [
        taken.reward(HardSoftScore.ONE_SOFT, lambda slot: slot.demand.hours).as_constraint("hours of the contract"),
        taken.penalize(HardSoftScore.ONE_SOFT, lambda slot: slot.worker.ways[slot.demand.site]).as_constraint("ways"),
    ]


def _of_demands(factory: ConstraintFactory) -> list[Any]:
    taken, people = factory.for_each(Slot), ConstraintCollectors.count()
    able = ConstraintCollectors.sum(lambda slot: slot.worker.able[slot.demand.function])
    crews = taken.group_by(lambda slot: slot.demand, lambda slot: slot.day, able, people)
    return [
        crews.reward(HardSoftScore.ONE_SOFT, lambda demand, _day, can, there: filled(demand, can, there)).as_constraint("people asked"),
        crews.filter(lambda demand, _day, _can, there: there > demand.maximum)
        .penalize(HardSoftScore.ONE_HARD, lambda demand, _day, _can, there: there - demand.maximum)
        .as_constraint("maximum"),
        crews.filter(lambda _demand, _day, can, there: there > can + GUIDES * can)
        .penalize(HardSoftScore.ONE_HARD, lambda _demand, _day, can, there: there - can - GUIDES * can)
        .as_constraint("beside whom"),
        taken.group_by(lambda slot: slot.demand.site, lambda slot: slot.day, people)
        .filter(lambda site, day, there: there > day.rooms[site])
        .penalize(HardSoftScore.ONE_HARD, lambda site, day, there: there - day.rooms[site])
        .as_constraint("room with the coaches"),
    ]


def _of_weeks(factory: ConstraintFactory) -> list[Any]:
    minutes = ConstraintCollectors.sum(lambda slot: slot.demand.minutes)
    places = ConstraintCollectors.count_distinct(lambda slot: slot.demand.site)
    weeks = factory.for_each(Slot).group_by(lambda slot: slot.worker, lambda slot: slot.day.week, minutes, places)
    return [
        weeks.filter(lambda worker, week, used, _sites: used > worker.quotas[week])
        .penalize(HardSoftScore.ONE_HARD, lambda worker, week, used, _sites: (used - worker.quotas[week] + STANDARD - 1) // STANDARD)
        .as_constraint("hours of a week"),
        weeks.filter(lambda _worker, _week, _used, sites: sites > 1)
        .penalize(HardSoftScore.ONE_HARD, lambda _worker, _week, _used, sites: sites - 1)
        .as_constraint("one site a week"),
    ]


def _of_workers(factory: ConstraintFactory) -> list[Any]:
    taken, days = factory.for_each(Slot), ConstraintCollectors.count()
    place = ConstraintCollectors.min(lambda slot: slot.demand.site)
    turns = ConstraintCollectors.to_list(lambda worker, week, site: worker.turns[week] * SITES + site)
    return [
        taken.group_by(lambda slot: slot.worker, lambda slot: slot.day.week, place)
        .group_by(lambda worker, _week, _site: worker, turns)
        .penalize(HardSoftScore.ONE_SOFT, lambda worker, visited: stay_points(worker, visited))  # noqa: PLW0108 - only a lambda is translated
        .as_constraint("stays"),
        taken.filter(lambda slot: slot.worker.goals[slot.demand.function] >= 0)
        .group_by(lambda slot: slot.worker, lambda slot: slot.demand.function, lambda slot: slot.day.week, days)
        .filter(lambda _worker, _function, _week, practised: practised >= PRACTICE_DAYS)
        .group_by(
            lambda worker, _function, _week, _practised: worker,
            lambda _worker, function, _week, _practised: function,
            ConstraintCollectors.count_quad(),
        )
        .filter(lambda _worker, _function, weeks: weeks >= PRACTICE_WEEKS)
        .reward(HardSoftScore.ONE_SOFT, lambda _worker, _function, _weeks: LEARNING)
        .as_constraint("wishes"),
        taken.filter(lambda slot: slot.demand.is_saturday)
        .group_by(lambda slot: slot.worker, days)
        .filter(lambda worker, carried: carried > worker.saturdays)
        .penalize(HardSoftScore.ONE_SOFT, lambda worker, carried: UNFAIR * (carried - worker.saturdays))
        .as_constraint("Saturdays"),
        taken.filter(lambda slot: slot.demand.is_unloved)
        .group_by(lambda slot: slot.worker, days)
        .filter(lambda worker, carried: carried > worker.unloved)
        .penalize(HardSoftScore.ONE_SOFT, lambda worker, carried: UNFAIR * (carried - worker.unloved))
        .as_constraint("unloved work"),
    ]


def filled(demand: Demand, can: int, there: int) -> int:
    """Return the points of the people who are there, as far as they are asked."""
    skilled = can if can < demand.minimum else demand.minimum  # noqa: FURB136 - calling `min` costs more once translated
    people = there if there < demand.wanted else demand.wanted  # noqa: FURB136 - as above
    return MISSING * skilled + WANTING * people


def stay_points(worker: Worker, visited: list[int]) -> int:
    """Return the points of stays too long and too short, over the weeks with hours."""
    sites = [-1] * worker.worked
    for each in visited:
        sites[each // SITES] = each % SITES
    total, site, length, is_first = 0, worker.site, worker.stayed, True
    for to in sites:
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


def asked() -> Plan:
    """Return the question; entities with the same choice share one list."""
    demands = [Demand(number, *rest) for number, rest in enumerate(GIVEN["demands"])]
    days = [Day(number, week, rooms) for number, (week, rooms) in enumerate(GIVEN["days"])]
    workers = [Worker(number, able, goals, dict(ways), *rest) for number, (able, goals, ways, *rest) in enumerate(GIVEN["workers"])]
    choices = [[demands[each] for each in choice] for choice in GIVEN["choices"]]
    return Plan([Slot(number, workers[w], days[d], choices[c]) for number, (w, d, c) in enumerate(GIVEN["slots"])])


def main() -> None:
    """Solve for so many seconds and print the chosen demands."""
    config = SolverConfig(
        solution_class=Plan,
        entity_class_list=[Slot],
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules),
        termination_config=TerminationConfig(spent_limit=Duration(seconds=int(float(sys.argv[2])))),
        xml_source_text=PHASES,
    )
    found = SolverFactory.create(config).build_solver().solve(asked())
    print(json.dumps({"score": str(found.score), "chosen": [-1 if slot.demand is None else slot.demand.id for slot in found.slots]}))


if __name__ == "__main__":
    main()
