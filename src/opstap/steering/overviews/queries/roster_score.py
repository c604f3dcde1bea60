"""How good a roster is: what each criterion weighs and costs, how near it is to the best, what is missing and what is scarce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly import recent_board
from opstap.journey.rosters.enums import RosterKind
from opstap.journey.rosters.models import Roster


@dataclass(frozen=True, slots=True)
class Criterion:
    """A rule in the planner's order: points of one case, cases (or hours), and all its points."""

    name: str
    weight: int
    cases: int
    points: int

    @property
    def label(self) -> str:
        """The code of its words."""
        return f"rostering.criterion_{self.name}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Work for which people are missing on some days for one cause, and the smallest change that would help."""

    site: str
    function: str
    weekday: int
    is_minimum: bool
    dates: tuple[date, ...]
    people: int
    cause: Reason
    change: Reason

    @property
    def day(self) -> str:
        """The code of the weekday's name."""
        return f"rostering.day_{self.weekday}"


@dataclass(frozen=True, slots=True)
class Wished:
    """A wish to learn: practised in so many weeks; when that is not enough, cause and change."""

    person: str
    function: str
    weeks: tuple[int, ...]
    is_reached: bool
    cause: Reason | None
    change: Reason | None


@dataclass(frozen=True)
class RosterScore:
    """The score sheet. `gap_percent`: how far the cost of the search lay above what is proven; None after a move by hand.

    `searched`: the earlier search of the same weeks that says what is scarce, when this roster was repaired or copied.
    """

    criteria: tuple[Criterion, ...]
    cost: int
    bound: int | None
    unavoidable: int | None
    gap_percent: float | None
    missing: tuple[Missing, ...]
    wishes: tuple[Wished, ...]
    scarce: tuple[Mapping[str, Any], ...]
    broken: tuple[Reason, ...]
    searched: Roster | None = None


def roster_score(actor: Actor, roster: Roster, at: datetime) -> RosterScore | None:
    """Return the score sheet of a visible roster as the facts stand now; None without the right."""
    if not may_plan(actor, roster.association):
        return None
    board = recent_board(roster, at)
    points, names, cost = board.problem.objective.points, board.names, sum(board.parts.values())
    criteria = tuple(
        Criterion(name, points[name], round(board.parts[name] / points[name]) if points[name] else 0, board.parts[name])
        for name in roster.order
    )
    missing = tuple(
        Missing(
            names[each.site], names[each.function], each.weekday, each.is_minimum, each.dates, each.people, names.said(each.cause),
            names.said(each.change),
        )
        for each in board.unmet
    )  # fmt: skip
    wishes = tuple(
        Wished(
            names[each.worker], names[each.function], tuple(week + 1 for week in each.weeks), each.is_reached,
            names.said(each.cause) if each.cause else None, names.said(each.change) if each.change else None,
        )
        for each in board.goals
    )  # fmt: skip
    broken = names.all_said(violation.reason for violation in board.violations)
    gap = proven_gap(roster, cost)
    searched = None if roster.scarce else _last_search(roster)
    scarce = tuple(searched.scarce if searched else roster.scarce)
    return RosterScore(criteria, cost, roster.bound, roster.unavoidable, gap, missing, wishes, scarce, broken, searched)


def _last_search(roster: Roster) -> Roster | None:
    """Return the last search of the same weeks before a roster that was repaired or copied, if it said what is scarce."""
    if roster.kind == RosterKind.NEW:
        return None
    rows = Roster.objects.filter(association_id=roster.association_id, start=roster.start, suppositions=[], made_at__lte=roster.made_at)
    return rows.exclude(scarce=[]).order_by("-made_at").first()


def proven_gap(roster: Roster, cost: int) -> float | None:
    """Return by how many per cent a cost lies above what is proven of the roster; None after a move by hand or with other facts."""
    is_proven = roster.bound is not None and roster.revision == 0 and cost == roster.cost and cost > 0
    return round(100 * (cost - (roster.bound or 0)) / cost, 1) if is_proven else None
