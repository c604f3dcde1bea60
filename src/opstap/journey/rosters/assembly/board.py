"""A roster as it stands, counted: what every move would do, why every shift is there, what is missing, what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from uuid import UUID

from django.db.models import Count, Max

from opstap.engine.rostering.assignment import Assignment, Violation
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.explain import Goal, Unmet, goals, unmet, why_here, why_not_there, worse_reasons
from opstap.engine.rostering.moves import Lifted, Moved, judge_move
from opstap.engine.rostering.problem import Cell, Problem
from opstap.engine.rostering.replan import Replacement, replacements
from opstap.engine.rostering.score import parts
from opstap.engine.rostering.verdict import Scene, Verdict
from opstap.engine.shared import Reason
from opstap.journey.associations.models import ContractAbsence
from opstap.journey.rosters.assembly.naming import Names
from opstap.journey.rosters.assembly.problem import Input, as_assignment, read_input
from opstap.journey.rosters.assembly.supposing import supposed_in, supposed_shifts, with_supposed
from opstap.journey.rosters.models import Roster, RosterShift

NOTHING = Verdict((), {})
_KEPT = 8
_FRESH_SECONDS = 300
"""The facts of that many rosters stay in the memory of a process for five minutes: a verdict while dragging must come at once."""


@dataclass(frozen=True)
class Board:
    """A roster, counted. `strays`: shifts that no demand or worker of today's facts knows; they are not judged."""

    given: Input
    scene: Scene
    strays: tuple[Assignment, ...] = ()

    @property
    def problem(self) -> Problem:
        """The problem as the facts stand."""
        return self.given.problem

    @property
    def names(self) -> Names:
        """The people behind the numbers."""
        return self.given.names

    def judge(self, shift: Assignment | None, new: Assignment | None) -> Moved:
        """Return the verdict on taking a shift away (a stray goes without one) and giving a new one."""
        if shift in self.strays:
            return Moved((shift,) if shift else (), None, NOTHING) if new is None else judge_move(self.scene, None, new)
        return judge_move(self.scene, shift, new)

    def judge_all(self, shift: Assignment, news: Iterable[Assignment]) -> dict[Assignment, Moved]:
        """Return the verdict on every place where a shift could go."""
        lifted = Lifted(self.scene, None if shift in self.strays else shift)
        return {new: lifted.to(new) for new in news}

    def as_shift(self, worker: str, cell: Cell) -> Assignment:
        """Return a worker in a demand as a shift."""
        return Assignment(worker, cell.day, cell.demand.site, cell.demand.function, cell.demand.starts)

    def is_away(self, worker: str, on: date) -> bool:
        """Tell whether a worker is away that day."""
        return worker in self.problem.worker_by and self.problem.worker_by[worker].is_absent_on(on)

    def cell_of(self, new: Assignment) -> Cell | None:
        """Return what is asked at a place and time, or None."""
        return self.problem.cell_by.get(new.cell)

    def cells_on(self, days: Iterable[date]) -> tuple[Cell, ...]:
        """Return what is asked on some days."""
        wanted = set(days)
        return tuple(cell for cell in self.problem.cells if cell.day in wanted)

    def is_learning(self, worker: str, function: str) -> bool:
        """Tell whether the worker would do this as a learner."""
        return self.problem.worker_by[worker].is_learning(function)

    def takers(self, lost: Assignment) -> tuple[Replacement, ...]:
        """Return who could take a shift over that nobody has any more, the cheapest first."""
        rest = tuple(shift for shift in self.scene.shifts if shift != lost)
        return replacements(self.problem, rest, lost)

    def why(self, shift: Assignment) -> tuple[Reason, ...]:
        """Return why the worker has this shift, with names."""
        return self.names.all_said(why_here(self.scene, shift))

    def why_not(self, worker: str, cell: Cell) -> tuple[Reason, ...]:
        """Return why the worker does not do this instead, with names."""
        return self.names.all_said(why_not_there(self.scene, worker, cell))

    def said(self, verdict: Verdict) -> tuple[Reason, ...]:
        """Return what forbids a move, else what it makes worse, with names."""
        return self.names.all_said(verdict.reasons or worse_reasons(verdict.changes))

    @cached_property
    def violations(self) -> tuple[Violation, ...]:
        """Everything that breaks a hard rule as the facts are today."""
        return check_shifts(self.problem, (*self.scene.shifts, *self.strays))

    @cached_property
    def unmet(self) -> tuple[Unmet, ...]:
        """Demand that is not met."""
        return unmet(self.scene)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Every wish to learn."""
        return goals(self.scene)

    @cached_property
    def parts(self) -> dict[str, int]:
        """Points per criterion."""
        return parts(self.problem, self.scene.shifts)


def board_of(roster: Roster) -> Board:
    """Return the roster as it stands now; raises `Refused` when the association has no workers or no demand any more."""
    return _board(read_input(roster), roster)


def recent_board(roster: Roster, at: datetime) -> Board:
    """Return `board_of` with facts of at most five minutes old, absences of this moment: for verdicts while dragging.

    It stays in memory until the next move: the revision of the roster names it. What is then done is judged anew by `board_of`.
    """
    return _recent(roster.pk, roster.revision, _moment(at), _stamp(roster))


def both_boards(roster: Roster, told: Iterable[RosterShift], at: datetime) -> tuple[Board, Board]:
    """Return `recent_board` and what is `told` for the same weeks, counted by the same facts but nothing supposed."""
    moment, stamp = _moment(at), _stamp(roster)
    draft = _recent(roster.pk, roster.revision, moment, stamp)
    return draft, _counted(_facts(roster.pk, moment, stamp), {as_assignment(row) for row in told})


def _moment(at: datetime) -> int:
    return int(at.timestamp()) // _FRESH_SECONDS


def _stamp(roster: Roster) -> str:
    """Return what says that facts in memory are too old: absences, and what the roster was made from."""
    away = ContractAbsence.objects.filter(contract__association_id=roster.association_id)
    return f"{away.aggregate(last=Max('noted_at'), rows=Count('id'), until=Max('until_on'))} {roster.input_digest}"


@lru_cache(maxsize=_KEPT)
def _recent(roster_id: UUID, revision: int, moment: int, stamp: str) -> Board:
    del revision
    roster = Roster.objects.select_related("association").get(pk=roster_id)
    given = _facts(roster_id, moment, stamp)
    return _board(replace(given, problem=with_supposed(given.problem, supposed_in(roster))), roster)


@lru_cache(maxsize=_KEPT)
def _facts(roster_id: UUID, moment: int, stamp: str) -> Input:
    del moment, stamp  # they only say how old the facts may be
    return read_input(Roster.objects.select_related("association").get(pk=roster_id), as_supposed=False)


def _board(given: Input, roster: Roster) -> Board:
    rows = RosterShift.objects.filter(roster=roster).values_list("contract_id", "on", "site_id", "function_id", "starts")
    shifts = {Assignment(str(who), on, str(site), str(function), starts) for who, on, site, function, starts in rows.order_by()}
    return _counted(given, shifts | supposed_shifts(roster))


def _counted(given: Input, shifts: set[Assignment]) -> Board:
    problem = given.problem
    known = [shift for shift in sorted(shifts) if shift.worker in problem.worker_by and shift.cell in problem.cell_by]
    return Board(given, Scene(problem, known), tuple(sorted(shifts - set(known))))
