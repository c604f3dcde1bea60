"""Making a roster from a workbook and explaining it: what its sheets are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from opstap.bridges.spreadsheets.roster import WorkerRow
from opstap.desks.spreadsheet.assembly.roster_problem import RosterInput
from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check
from opstap.engine.rostering.explain import Goal, Scarcity, Unmet, goals, scarcities, unmet, why_here, why_not_there, worse_reasons
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.repair import repaired
from opstap.engine.rostering.replan import Change, Replacement, differences, impossible_shifts, replacements
from opstap.engine.rostering.result import Result, gap_of
from opstap.engine.rostering.solve import Limits, solve
from opstap.engine.rostering.verdict import Scene
from opstap.engine.rostering.weeks import minutes_of
from opstap.engine.shared import Reason, Refused, SolverStatus

__all__ = [
    "Assignment",
    "Change",
    "Goal",
    "Replacement",
    "RosterOutcome",
    "Scarcity",
    "Unmet",
    "make_roster",
    "minutes_of",
    "worse_reasons",
]

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class RosterOutcome:
    """The roster with its input; everything that explains it is worked out when it is asked for."""

    given: RosterInput
    result: Result

    @property
    def problem(self) -> Problem:
        """The problem that was solved."""
        return self.given.problem

    @cached_property
    def scene(self) -> Scene:
        """The roster, counted."""
        return Scene(self.problem, self.result.shifts)

    def row(self, key: str) -> WorkerRow:
        """Return the row of a worker."""
        return self.given.workers[key]

    @property
    def gap(self) -> float:
        """The share of what can be avoided that is not proven to be needed."""
        return gap_of(self.result.cost, self.result.bound, self.result.unavoidable)

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """Demand that is not met."""
        return unmet(self.scene)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Every wish to learn."""
        return goals(self.scene)

    @property
    def scarcities(self) -> tuple[Scarcity, ...]:
        """What is scarce."""
        return scarcities(self.problem, self.result.prices, self.result.room_prices)

    def why_here(self, shift: Assignment) -> tuple[Reason, ...]:
        """Return why the worker has the shift."""
        return why_here(self.scene, shift)

    def why_not(self, worker: str, site: str, function: str) -> tuple[Reason, ...]:
        """Return why the worker never does this function at the site, judged on a day of the contract without absence or holiday."""
        person, problem = self.problem.worker_by[worker], self.problem
        cells = [cell for cell in problem.cells if (cell.demand.site, cell.demand.function) == (site, function)]
        usual = [cell for cell in cells if person.is_employed_on(cell.day) and not person.is_absent_on(cell.day)]
        usual = [cell for cell in usual if cell.day not in problem.public_holidays] or cells
        return why_not_there(self.scene, worker, usual[len(usual) // 2]) if usual else ()

    @property
    def changes(self) -> dict[str, tuple[Change, ...]]:
        """What differs from what was published, per worker; nothing when nothing was."""
        return differences(self.given.published, self.result.shifts) if self.given.published else {}

    @property
    def replacements(self) -> dict[Assignment, tuple[Replacement, ...]]:
        """For every published shift that became impossible: who could take it over, cheapest first, beside what was published."""
        problem, published = self.problem, self.given.published
        lost = impossible_shifts(problem, published)
        rest = tuple(shift for shift in published if shift not in lost)
        return {shift: replacements(problem, rest, shift) for shift in lost if shift.cell in problem.cell_by}


def make_roster(given: RosterInput, on_progress: Progress) -> RosterOutcome:
    """Return the roster; raises Refused when none is possible, RuntimeError when it breaks a rule, which must never happen."""
    steps = {"first": "rostering", "bound": "proving", "search": "rostering", "polish": "rostering"}
    limits = Limits(seconds=given.options.seconds)
    if given.options.is_repair:
        on_progress(0.0, "rostering")
        result = repaired(given.problem, limits)
    else:
        result = solve(given.problem, limits, lambda share, step: on_progress(share, steps[step]))
    if result.status is SolverStatus.INFEASIBLE:
        raise Refused(result.reasons[0])
    if violations := check(given.problem, result):
        msg = f"the roster breaks its own rules: {violations[:3]}"
        raise RuntimeError(msg)
    on_progress(0.0, "explaining")
    return RosterOutcome(given, result)
