"""What a draft changes for each person against what they were told, and for whom that comes within the notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from opstap.journey.associations.models import Association, Contract
from opstap.journey.rosters.assembly.notice import notice_ends
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.queries import end_of, published_shifts


@dataclass(frozen=True)
class Difference:
    """One day of one person that is different; None is free."""

    contract: Contract
    on: date
    was: RosterShift | None
    now: RosterShift | None


def told_beside(roster: Roster) -> list[RosterShift]:
    """Return what was told for the weeks of a roster, with person, site and function."""
    return published_shifts(roster.association, roster.start, end_of(roster), with_people=True)


def differences_of(roster: Roster, today: date, told_rows: Iterable[RosterShift] | None = None) -> list[Difference]:
    """Return every day from today on that differs from what is published, by person, then by day; `told_rows`: `told_beside`, when read."""
    first = max(roster.start, today)
    rows = told_beside(roster) if told_rows is None else told_rows
    told = [row for row in rows if row.on >= first and row.roster_id != roster.pk]
    drafted = RosterShift.objects.filter(roster=roster, on__gte=first).select_related("contract__person", "site", "function")
    was, now = ({(row.contract_id, row.on): row for row in rows} for rows in (told, drafted))
    found = []
    for key in {*was, *now}:
        old, new = was.get(key), now.get(key)
        if (row := old or new) is not None and _place(old) != _place(new):
            found.append(Difference(row.contract, row.on, old, new))
    return sorted(found, key=lambda each: (each.contract.person.folded_name, each.contract.number, each.on))


def late_people(association: Association, differences: Iterable[Difference], today: date) -> list[Contract]:
    """Return whose hours vary and who would hear of a change within the notice, each once."""
    ends = notice_ends(association, today)
    late = {each.contract.pk: each.contract for each in differences if each.contract.is_variable and each.on < ends}
    return list(late.values())


def _place(row: RosterShift | None) -> tuple[object, ...] | None:
    return (row.site_id, row.function_id, row.starts, row.ends) if row else None
