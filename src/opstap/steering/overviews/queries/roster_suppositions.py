"""What is supposed beside the rosters of an association, in words; and one supposition beside what is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Association, Contract, Function
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly import Names, Supposed, supposed_in
from opstap.journey.rosters.enums import RosterState, SupposedKind
from opstap.journey.rosters.models import Roster
from opstap.journey.rosters.queries import published_rosters, suppositions_of
from opstap.steering.overviews.queries.roster_compare import RosterCompare, roster_compare

MOST = 40


@dataclass(frozen=True, slots=True)
class SuppositionLine:
    """A supposition with what is supposed in it, in words."""

    roster: Roster
    said: tuple[Reason, ...]


@dataclass(frozen=True)
class SuppositionPage:
    """A supposition beside what is told; `compare` is None while it is being answered. `ends`: a contract would end."""

    line: SuppositionLine
    compare: RosterCompare | None
    ends: bool


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
    return SuppositionPage(_line(roster, names), compare, any(one.kind is SupposedKind.LEAVES for one in supposed))


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
