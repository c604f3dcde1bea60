"""A worker's own working days: when, where, with whom, how to get there, what one learns; for a page, a sheet and an agenda."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import make_aware

from opstap.foundation.actor import Actor
from opstap.journey.associations.assembly import Way, way
from opstap.journey.associations.models import Association, Coach, Contract
from opstap.journey.associations.permissions import may_plan
from opstap.journey.associations.queries import current_contracts
from opstap.journey.rosters.models import RosterShift
from opstap.journey.rosters.queries import own_contract, own_shifts, published_shifts
from opstap.steering.overviews.queries.roster_week import HOUR, clock

AHEAD = timedelta(weeks=8)
_EARLY = 5
"""Minutes before the start at which one is there."""


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """One day of work. `beside`: first names of who does the same work there; `coaches`: who receives the worker.

    `minutes` of work, `pause` minutes of break. `way`: how to get there, None when home, site or means is not known.
    """

    id: UUID
    starts_at: datetime
    ends_at: datetime
    hours: str
    minutes: int
    pause: int
    site: str
    address: str
    function: str
    is_learner: bool
    beside: tuple[str, ...]
    coaches: tuple[str, ...]
    way: Way | None

    @property
    def on(self) -> date:
        """The day."""
        return self.starts_at.date()

    @property
    def length(self) -> tuple[int, int]:
        """Hours and minutes of work."""
        return divmod(self.minutes, HOUR)

    @property
    def leave_at(self) -> str:
        """When to leave home, to be there a little early; "" when the way is not known."""
        if self.way is None:
            return ""
        start = self.starts_at.hour * HOUR + self.starts_at.minute - self.way.minutes - _EARLY
        return clock(start % (24 * HOUR))


@dataclass(frozen=True)
class OwnRoster:
    """The coming working days, by week (the Monday), of one contract."""

    contract: Contract
    weeks: tuple[tuple[date, tuple[WorkingDay, ...]], ...]

    @property
    def first_name(self) -> str:
        """What the page calls the worker."""
        return self.contract.person.first_name or str(self.contract.person)

    @property
    def employer(self) -> str:
        """The association, which is the only employer."""
        return self.contract.association.organisation.name

    @property
    def days(self) -> tuple[WorkingDay, ...]:
        """All of them in order."""
        return tuple(day for _, days in self.weeks for day in days)


def own_roster(actor: Actor, contract_id: UUID, today: date) -> OwnRoster | None:
    """Return the own working days from today on, as they were told; None for anybody else."""
    contract = own_contract(actor, contract_id)
    if contract is None:
        return None
    mine = own_shifts(actor, contract_id, today, today + AHEAD)
    told = published_shifts(contract.association, today, today + AHEAD, with_people=True) if mine else []
    return _Told(contract.association, told).roster(contract, mine)


def roster_sheets(actor: Actor, association: Association, today: date, only: Iterable[UUID] = ()) -> tuple[OwnRoster, ...]:
    """Return what each worker (`only` these contracts, when given) would read on their own page, for the planner to print.

    Who has no day ahead has no sheet. Nothing without the right to plan.
    """
    if not may_plan(actor, association):
        return ()
    wanted = set(only)
    told = published_shifts(association, today, today + AHEAD, with_people=True)
    by_contract: defaultdict[UUID, list[RosterShift]] = defaultdict(list)
    for row in told:
        by_contract[row.contract_id].append(row)
    contracts = current_contracts(actor, association, today, today + AHEAD).select_related("association__organisation")
    rows = contracts.prefetch_related(None)
    around = _Told(association, told)
    return tuple(around.roster(row, by_contract[row.pk]) for row in rows if row.pk in by_contract and (not wanted or row.pk in wanted))


class _Told:
    """Everything that was told for some weeks, to see who is where beside whom."""

    def __init__(self, association: Association, told: Iterable[RosterShift]) -> None:
        self._there: defaultdict[tuple[UUID, UUID, date], list[tuple[UUID, str]]] = defaultdict(list)
        for row in told:
            name = row.contract.person.first_name or str(row.contract.person)
            self._there[row.site_id, row.function_id, row.on].append((row.contract_id, name))
        rows = Coach.objects.filter(association=association, ended_on__isnull=True).prefetch_related("absences")
        self._coaches: Mapping[UUID, list[Coach]] = _by_site(rows)

    def roster(self, contract: Contract, mine: Iterable[RosterShift]) -> OwnRoster:
        """Return the days of one contract by week."""
        weeks: defaultdict[date, list[WorkingDay]] = defaultdict(list)
        ways: dict[UUID, Way | None] = {}
        for row in mine:
            there = self._there[row.site_id, row.function_id, row.on]
            beside = tuple(sorted(name for contract_id, name in there if contract_id != contract.pk))
            coaches = tuple(coach.name for coach in self._coaches.get(row.site_id, ()) if is_there(coach, row.on))
            if row.site_id not in ways:
                ways[row.site_id] = way(contract.person, row.site)
            weeks[row.on - timedelta(days=row.on.weekday())].append(_day(row, beside, coaches, ways[row.site_id]))
        return OwnRoster(contract, tuple((monday, tuple(days)) for monday, days in sorted(weeks.items())))


def _by_site(rows: Iterable[Coach]) -> dict[UUID, list[Coach]]:
    found: dict[UUID, list[Coach]] = {}
    for row in rows:
        found.setdefault(row.site_id, []).append(row)
    return found


def is_there(coach: Coach, on: date) -> bool:
    """Tell whether a coach is at the site on a day."""
    return on.weekday() in coach.weekdays and not any(each.from_on <= on < each.until_on for each in coach.absences.all())


def _day(row: RosterShift, beside: tuple[str, ...], coaches: tuple[str, ...], there: Way | None) -> WorkingDay:
    site = row.site
    address = ", ".join(part for part in (site.street, f"{site.postcode} {site.municipality}".strip()) if part)
    starts, ends = (make_aware(datetime.combine(row.on, time()) + timedelta(minutes=minutes)) for minutes in (row.starts, row.ends))
    hours = f"{clock(row.starts)}-{clock(row.ends)}"
    return WorkingDay(
        row.pk, starts, ends, hours, row.minutes, row.pause, site.name, address, row.function.title, row.is_learner, beside, coaches, there
    )
