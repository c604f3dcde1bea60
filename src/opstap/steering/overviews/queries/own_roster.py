"""A worker's own working days: when, where, with whom, what one learns; and the same for an agenda."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import make_aware

from opstap.foundation.actor import Actor
from opstap.journey.associations.models import Coach, Contract
from opstap.journey.rosters.models import RosterShift
from opstap.journey.rosters.queries import own_contract, own_shifts, published_shifts
from opstap.steering.overviews.queries.roster_week import clock

AHEAD = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """One day of work. `beside`: first names of who does the same work there; `coaches`: who receives the worker."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    hours: str
    site: str
    address: str
    function: str
    is_learner: bool
    beside: tuple[str, ...]
    coaches: tuple[str, ...]

    @property
    def on(self) -> date:
        """The day."""
        return self.starts_at.date()


@dataclass(frozen=True)
class OwnRoster:
    """The coming working days, by week (the Monday), of one contract."""

    first_name: str
    employer: str
    weeks: tuple[tuple[date, tuple[WorkingDay, ...]], ...]

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
    others = _others(contract, mine, today)
    coaches = list(Coach.objects.filter(association_id=contract.association_id, ended_on__isnull=True).prefetch_related("absences"))
    weeks: defaultdict[date, list[WorkingDay]] = defaultdict(list)
    for row in mine:
        here = tuple(coach.name for coach in coaches if coach.site_id == row.site_id and _is_there(coach, row.on))
        monday = row.on - timedelta(days=row.on.weekday())
        weeks[monday].append(_day(row, others[row.site_id, row.function_id, row.on], here))
    found = tuple((monday, tuple(days)) for monday, days in sorted(weeks.items()))
    return OwnRoster(contract.person.first_name or str(contract.person), contract.association.organisation.name, found)


def _others(contract: Contract, mine: list[RosterShift], today: date) -> dict[tuple[UUID, UUID, date], tuple[str, ...]]:
    """Return the first names of who does the same work at the same site that day."""
    found: defaultdict[tuple[UUID, UUID, date], tuple[str, ...]] = defaultdict(tuple)
    places = {(row.site_id, row.function_id, row.on) for row in mine}
    for row in published_shifts(contract.association, today, today + AHEAD, with_people=True) if mine else ():
        place = (row.site_id, row.function_id, row.on)
        if place in places and row.contract_id != contract.pk:
            found[place] = (*found[place], row.contract.person.first_name or str(row.contract.person))
    return found


def _is_there(coach: Coach, on: date) -> bool:
    return on.weekday() in coach.weekdays and not any(each.from_on <= on < each.until_on for each in coach.absences.all())


def _day(row: RosterShift, beside: tuple[str, ...], coaches: tuple[str, ...]) -> WorkingDay:
    site = row.site
    address = ", ".join(part for part in (site.street, f"{site.postcode} {site.municipality}".strip()) if part)
    starts, ends = (make_aware(datetime.combine(row.on, time(minutes // 60, minutes % 60))) for minutes in (row.starts, row.ends))
    hours = f"{clock(row.starts)}-{clock(row.ends)}"
    return WorkingDay(row.pk, starts, ends, hours, site.name, address, row.function.title, row.is_learner, tuple(sorted(beside)), coaches)
