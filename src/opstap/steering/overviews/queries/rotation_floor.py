"""Workers of an association on the own floor on a day: who was told to come, and whether they were there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Contract, ContractAbsence
from opstap.journey.rosters.enums import PresenceState
from opstap.journey.rosters.models import Presence, RosterShift, WorkedMonth
from opstap.steering.overviews.queries.own_roster import is_there
from opstap.steering.overviews.queries.site_wall import OnWall, coaches_at, on_wall, own_sites, told_at


@dataclass(frozen=True, slots=True)
class FloorShift:
    """Somebody told to come: as the wall names them, the work, minutes planned, and what was noted of the day ("" while nothing was).

    `is_ahead`: the day is still to come. `is_closed`: its month was closed for pay.
    """

    contract_id: UUID
    on: date
    person: OnWall
    function: str
    planned: int
    state: str
    minutes: int
    is_ahead: bool
    is_closed: bool

    @property
    def name(self) -> str:
        """The name as the wall has it."""
        return self.person.name

    @property
    def has_other_hours(self) -> bool:
        """Whether they came for other hours than was told."""
        return self.state in {PresenceState.HERE, PresenceState.LATE} and self.minutes != self.planned

    @property
    def worked(self) -> Decimal:
        """Hours that were noted."""
        return Decimal(self.minutes) / 60

    @property
    def is_open(self) -> bool:
        """Whether it can be noted that they were there, and nothing was yet."""
        return not (self.state or self.is_ahead or self.is_closed or self.person.is_away)


@dataclass(frozen=True, slots=True)
class FloorSite:
    """A site of the actor's own organisation on a day, with its coaches and who was told to come."""

    site: Site
    coaches: tuple[str, ...]
    people: tuple[FloorShift, ...]


@dataclass(frozen=True)
class RotationFloor:
    """The actor's own sites on a day."""

    on: date
    today: date
    sites: tuple[FloorSite, ...]

    @property
    def open(self) -> tuple[FloorShift, ...]:
        """Who can still be noted as having been there."""
        return tuple(each for site in self.sites for each in site.people if each.is_open)

    @property
    def before(self) -> date:
        """The day before."""
        return self.on - timedelta(days=1)

    @property
    def after(self) -> date:
        """The day after."""
        return self.on + timedelta(days=1)


def rotation_floor(actor: Actor, on: date, today: date) -> RotationFloor | None:
    """Return who works on a day at the sites of the actor's own organisation, site by site; None for who is nobody's host or mentor."""
    if not actor.has(Role.HOST, Role.MENTOR):
        return None
    sites = list(own_sites(actor))
    rows, coaches = told_at(actor, sites, on, on), coaches_at(sites)
    shifts = _shifts(rows, on, today)
    found = []
    for site in sites:
        people = tuple(shift for row, shift in zip(rows, shifts, strict=True) if row.site_id == site.pk)
        here = tuple(each.name for each in coaches if each.site_id == site.pk and is_there(each, on))
        if people or here:
            found.append(FloorSite(site, here, people))
    return RotationFloor(on, today, tuple(found))


def floor_shift(actor: Actor, contract_id: UUID, on: date, today: date) -> FloorShift | None:
    """Return one worker's day on the own floor, or None."""
    floor = rotation_floor(actor, on, today)
    people = (each for site in floor.sites for each in site.people) if floor else ()
    return next((each for each in people if each.contract_id == contract_id), None)


def _shifts(rows: Iterable[RosterShift], on: date, today: date) -> list[FloorShift]:
    rows = list(rows)
    away, closed = _away_or_closed([row.contract_id for row in rows], on)
    noted = {row.contract_id: row for row in Presence.objects.filter(contract__in=[row.contract_id for row in rows], on=on).order_by("id")}
    found = []
    for row in rows:
        known = noted.get(row.contract_id)
        state, minutes = (known.state, known.minutes) if known else ("", 0)
        person, is_closed = on_wall(row, away), row.contract_id in closed
        found.append(FloorShift(row.contract_id, on, person, row.function.title, row.minutes, state, minutes, on > today, is_closed))
    return found


def _away_or_closed(keys: Iterable[UUID], on: date) -> tuple[set[tuple[UUID, date]], set[UUID]]:
    """Return of which of these contracts an absence covers the day, and of which the month was closed for pay."""
    goes_on = Q(until_on__isnull=True) | Q(until_on__gt=on)
    away = ContractAbsence.objects.filter(goes_on, contract=OuterRef("pk"), from_on__lte=on)
    closed = WorkedMonth.objects.filter(association=OuterRef("association"), month=on.replace(day=1), is_closed=True)
    rows = list(Contract.objects.filter(pk__in=keys).order_by().values_list("pk", Exists(away), Exists(closed)))
    return {(key, on) for key, is_away, _ in rows if is_away}, {key for key, _, is_closed in rows if is_closed}
