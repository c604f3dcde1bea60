"""A draft beside what is published: what each rule costs in both, what is missing in both, and each person's days in both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly import Board, Difference, Names, both_boards, differences_of, told_beside
from opstap.journey.rosters.models import Roster
from opstap.steering.overviews.queries.roster_score import proven_gap

_COUNTED = ("minimum", "wanted", "hours")


@dataclass(frozen=True, slots=True)
class Beside:
    """A number of what is published and of the draft. `label`: the code of its words."""

    label: str
    told: int
    draft: int

    @property
    def more(self) -> int:
        """How much more the draft costs or misses; below zero it is better."""
        return self.draft - self.told

    @property
    def change(self) -> Reason:
        """The difference in words."""
        kind = "worse" if self.more > 0 else "better" if self.more < 0 else "same"
        return Reason(f"rosters.beside.{kind}", {"number": abs(self.more)})


@dataclass(frozen=True, slots=True)
class PersonBeside:
    """A person whose days differ, with the minutes of work in these weeks in both."""

    name: str
    days: tuple[Difference, ...]
    told: int
    draft: int


@dataclass(frozen=True)
class RosterCompare:
    """Both rosters counted by the facts of this moment; a supposition by what is supposed.

    `missing`: people, days of contract, and wishes that are reached. `gap`: the share of the points that is not proven to be needed, of
    what is published and of this, in per cent, as the searches said it. `is_told` False: nothing is published for these weeks.
    """

    total: Beside
    criteria: tuple[Beside, ...]
    missing: tuple[Beside, ...]
    gap: tuple[float | None, float | None]
    people: tuple[PersonBeside, ...]
    broken: tuple[Reason, ...]
    is_told: bool
    names: Names


def roster_compare(actor: Actor, roster: Roster, at: datetime) -> RosterCompare | None:
    """Return a visible roster beside what is published for its weeks; None without the right."""
    if not may_plan(actor, roster.association):
        return None
    rows = told_beside(roster)
    draft, told = both_boards(roster, rows, at)
    criteria = tuple(Beside(f"rostering.criterion_{name}", told.parts[name], draft.parts[name]) for name in roster.order)
    missing = tuple(Beside(f"rosters.beside.{name}", _missing(told, name), _missing(draft, name)) for name in _COUNTED)
    reached = Beside("rosters.beside.reached", _reached(told), _reached(draft))
    days = groupby(differences_of(roster, localdate(at), rows), key=lambda each: each.contract.pk)
    people = tuple(_person(tuple(own), told, draft) for _, own in days)
    total = Beside("rosters.beside.total", sum(told.parts.values()), sum(draft.parts.values()))
    broken = draft.names.all_said(violation.reason for violation in draft.violations)
    base = roster.based_on
    gap = (proven_gap(base, total.told) if base else None, proven_gap(roster, total.draft))
    return RosterCompare(total, criteria, (*missing, reached), gap, people, broken, bool(rows), draft.names)


def _reached(board: Board) -> int:
    return sum(goal.is_reached for goal in board.goals)


def _missing(board: Board, name: str) -> int:
    """Return how many people (or days of contract) are missing on all days together, as the score sheet counts its cases."""
    points = board.problem.objective.points[name]
    return board.parts[name] // points if points else 0


def _person(days: tuple[Difference, ...], told: Board, draft: Board) -> PersonBeside:
    contract = days[0].contract
    return PersonBeside(str(contract.person), days, _minutes(told, str(contract.pk)), _minutes(draft, str(contract.pk)))


def _minutes(board: Board, worker: str) -> int:
    cells = (board.cell_of(shift) for shift in board.scene.shifts if shift.worker == worker)
    return sum(cell.demand.ends - cell.demand.starts - cell.demand.pause for cell in cells if cell is not None)
