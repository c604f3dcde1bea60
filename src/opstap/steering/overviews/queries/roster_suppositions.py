"""What is supposed beside the rosters of an association, in words; and one supposition beside what is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Association, Contract, Function
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly import Names, Supposed, newcomers_in, supposed_in
from opstap.journey.rosters.enums import RosterState, SupposedKind
from opstap.journey.rosters.models import Roster
from opstap.journey.rosters.queries import end_of, published_rosters, suppositions_of
from opstap.steering.overviews.queries.roster_compare import RosterCompare, roster_compare

MOST = 40


@dataclass(frozen=True, slots=True)
class SuppositionLine:
    """A supposition with what is supposed in it, in words."""

    roster: Roster
    said: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NewWork:
    """What somebody who is only supposed would do at one site: on how many days, how long."""

    site: str
    function: str
    is_learner: bool
    days: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is only supposed: `like` is the contract whose hours they have; `contract_minutes` of it in these weeks."""

    name: str
    like: str
    from_on: date
    lines: tuple[NewWork, ...]
    contract_minutes: int

    @property
    def days(self) -> int:
        """All days of work."""
        return sum(line.days for line in self.lines)

    @property
    def minutes(self) -> int:
        """All minutes of work."""
        return sum(line.minutes for line in self.lines)


@dataclass(frozen=True)
class SuppositionPage:
    """A supposition beside what is told; `compare` is None while it is being answered. `ends`: a contract would end."""

    line: SuppositionLine
    compare: RosterCompare | None
    ends: bool
    newcomers: tuple[Newcomer, ...] = ()


def supposition_lines(actor: Actor, association: Association) -> tuple[SuppositionLine, ...]:
    """Return what is supposed beside the rosters of an association, the latest first; nothing without the right."""
    rows = list(suppositions_of(actor, association)[:MOST])
    names = _names(one for row in rows for one in supposed_in(row))
    return tuple(_line(row, names) for row in rows)


def supposition_page(actor: Actor, roster: Roster, at: datetime) -> SuppositionPage | None:
    """Return a visible supposition; None without the right, and for a roster that is none."""
    if not roster.suppositions or not may_plan(actor, roster.association):
        return None
    supposed = supposed_in(roster)
    compare = roster_compare(actor, roster, at) if roster.state == RosterState.READY else None
    names = compare.names if compare else _names(supposed)
    ends = any(one.kind is SupposedKind.LEAVES for one in supposed)
    return SuppositionPage(_line(roster, names), compare, ends, _newcomers(roster, names) if compare else ())


def rosters_to_suppose_beside(actor: Actor, association: Association, today: date) -> list[Roster]:
    """Return the published rosters that are not over, the first weeks first; nothing without the right."""
    rows = published_rosters(association, today, date.max) if may_plan(actor, association) else []
    return sorted(rows, key=lambda row: (row.start, row.made_at))


def _line(roster: Roster, names: Names) -> SuppositionLine:
    return SuppositionLine(roster, tuple(names.said(one.said) for one in supposed_in(roster)))


def _names(supposed: Iterable[Supposed]) -> Names:
    """Return the names of everybody and everything of which something is supposed."""
    keys = {UUID(key) for one in supposed for key in (one.subject, one.function) if key}
    found = {str(row.pk): str(row.person) for row in Contract.objects.filter(pk__in=keys).select_related("person")}
    found |= {str(row.pk): row.name for row in Site.objects.filter(pk__in=keys)}
    found |= {str(row.pk): row.title for row in Function.objects.filter(pk__in=keys)}
    return Names(found)


def _newcomers(roster: Roster, names: Names) -> tuple[Newcomer, ...]:
    """Return what everybody who is only supposed would do."""
    found = []
    for key, one in newcomers_in(roster).items():
        work: defaultdict[tuple[str, str, bool], list[int]] = defaultdict(list)
        for row in roster.newcomers:
            if row["worker"] == key:
                work[names[row["site"]], names[row["function"]], row["is_learner"]].append(row["ends"] - row["starts"] - row["pause"])
        lines = tuple(NewWork(*what, len(minutes), sum(minutes)) for what, minutes in sorted(work.items()))
        weekly = Contract.objects.only("weekly_hours").get(pk=one.subject).weekly_hours
        days = (end_of(roster) - max(one.from_on, roster.start)).days
        found.append(Newcomer(names[key], one.subject, one.from_on, lines, round(weekly * 60 * days / 7)))
    return tuple(found)
