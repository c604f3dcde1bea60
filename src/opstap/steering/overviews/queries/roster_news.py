"""What a draft would tell everybody: per person the days that differ, and who must say yes because it comes late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly import Difference, differences_of, late_people, notice_ends, recent_board
from opstap.journey.rosters.models import Roster
from opstap.steering.overviews.queries.roster_paper import OnPaper, unreached


@dataclass(frozen=True, slots=True)
class PersonNews:
    """What is different for one person. `is_late`: something changes within the notice, which asks for a yes."""

    contract_id: UUID
    name: str
    days: tuple[Difference, ...]
    is_late: bool


@dataclass(frozen=True)
class RosterNews:
    """The page before publishing. `on_paper`: whom no e-mail or SMS reaches. `broken`: rules that stand in the way now.

    `notice_ends`: the first day beyond the notice.
    """

    people: tuple[PersonNews, ...]
    on_paper: tuple[OnPaper, ...]
    broken: tuple[Reason, ...]
    notice_ends: date

    @property
    def days(self) -> int:
        """All days that differ."""
        return sum(len(person.days) for person in self.people)

    @property
    def late(self) -> int:
        """How many people must say yes."""
        return sum(person.is_late for person in self.people)


def roster_news(actor: Actor, roster: Roster, at: datetime) -> RosterNews | None:
    """Return what publishing a visible draft would tell; None without the right."""
    if not may_plan(actor, roster.association):
        return None
    today = localdate(at)
    board, found = recent_board(roster, at), differences_of(roster, today)
    late = {contract.pk for contract in late_people(roster.association, found, today)}
    people = tuple(
        PersonNews(key, str((days := tuple(group))[0].contract.person), days, key in late)
        for key, group in groupby(found, key=lambda each: each.contract.pk)
    )
    broken = board.names.all_said(violation.reason for violation in board.violations)
    on_paper = unreached({each.contract.pk: each.contract for each in found}.values())
    return RosterNews(people, on_paper, broken, notice_ends(roster.association, today))
