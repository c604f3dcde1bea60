"""One week at one site, for the wall: who does what from when until when, and who receives them. Names and hours, nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Association, Coach, ContractAbsence, SiteDemand
from opstap.journey.associations.queries import associations_of
from opstap.journey.rosters.models import RosterShift
from opstap.journey.rosters.queries import published_shifts
from opstap.steering.overviews.queries.own_roster import is_there
from opstap.steering.overviews.queries.roster_week import WEEK, clock


@dataclass(frozen=True, slots=True)
class OnWall:
    """One person on one day: the name as it may hang there, the hours, and whether they learn it. `is_away`: noted after it was told."""

    name: str
    hours: str
    is_learner: bool
    is_away: bool


@dataclass(frozen=True, slots=True)
class WallRow:
    """A kind of work with who does it on each day of the week."""

    function: str
    days: tuple[tuple[OnWall, ...], ...]


@dataclass(frozen=True)
class SiteWall:
    """A week of a site, from Monday. `coaches`: who receives them, by day."""

    site: Site
    days: tuple[date, ...]
    rows: tuple[WallRow, ...]
    coaches: tuple[tuple[str, ...], ...]

    @property
    def before(self) -> date:
        """The Monday before."""
        return self.days[0] - timedelta(weeks=1)

    @property
    def after(self) -> date:
        """The Monday after."""
        return self.days[0] + timedelta(weeks=1)


def site_wall(actor: Actor, site_id: UUID, on: date) -> SiteWall | None:
    """Return the week of a day at a site: for who plans for its organisation, and for its own hosts and mentors; None for others."""
    site = _sites(actor).filter(pk=site_id).first()
    if site is None:
        return None
    monday = on - timedelta(days=on.weekday())
    days = tuple(monday + timedelta(days=number) for number in range(WEEK))
    rows = told_at(actor, [site], days[0], days[-1])
    away = _away(rows)
    there: defaultdict[str, defaultdict[date, list[OnWall]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        there[row.function.title][row.on].append(on_wall(row, away))
    found = tuple(WallRow(title, tuple(tuple(by_day[day]) for day in days)) for title, by_day in sorted(there.items()))
    coaches = coaches_at([site])
    return SiteWall(site, days, found, tuple(tuple(each.name for each in coaches if is_there(each, day)) for day in days))


def has_rotation(actor: Actor) -> bool:
    """Tell whether an association asks for workers at a site of the actor's own organisation."""
    own = actor.organisation_ids(Role.HOST, Role.MENTOR)
    return bool(own) and SiteDemand.objects.filter(site__organisation_id__in=own).exists()


def own_sites(actor: Actor) -> QuerySet[Site]:
    """Return the sites of the organisations of which the actor is host or mentor, by name."""
    return Site.objects.filter(organisation_id__in=actor.organisation_ids(Role.HOST, Role.MENTOR)).order_by("name", "id")


def _sites(actor: Actor) -> QuerySet[Site]:
    """Return the sites of the actor's own organisation, and of the members of the associations that the actor plans for."""
    members = associations_of(actor).order_by().values("memberships__organisation_id")
    own = actor.organisation_ids(Role.HOST, Role.MENTOR)
    return Site.objects.filter(Q(organisation_id__in=own) | Q(organisation_id__in=members)).select_related("organisation")


def told_at(actor: Actor, sites: Iterable[Site], first: date, last: date) -> list[RosterShift]:
    """Return what was told for these days at these sites, by start and name; a planner sees only what the own association told."""
    by_site = {site.pk: site for site in sites}
    organisations = {site.organisation_id for site in by_site.values()}
    found = Association.objects.filter(memberships__organisation_id__in=organisations).distinct()
    if not organisations & actor.organisation_ids(Role.HOST, Role.MENTOR):
        found = found.filter(pk__in=associations_of(actor).order_by().values("pk"))
    until = last + timedelta(days=1)
    rows = [row for each in found for row in published_shifts(each, first, until, with_people=True) if row.site_id in by_site]
    return sorted(rows, key=lambda row: (row.on, row.starts, row.contract.person.folded_name))


def coaches_at(sites: Iterable[Site]) -> list[Coach]:
    """Return the coaches at these sites who did not stop, with their absences."""
    return list(Coach.objects.filter(site__in=list(sites), ended_on__isnull=True).prefetch_related("absences").order_by("name", "id"))


def _away(rows: Iterable[RosterShift]) -> set[tuple[UUID, date]]:
    """Return which of these shifts nobody comes for: an absence was noted after the roster was told."""
    shifts = {(row.contract_id, row.on) for row in rows}
    absences = ContractAbsence.objects.filter(contract_id__in={contract for contract, _ in shifts})
    return {(each.contract_id, on) for each in absences for contract, on in shifts if contract == each.contract_id and on in each.period}


def on_wall(row: RosterShift, away: set[tuple[UUID, date]]) -> OnWall:
    """Return a person as the wall may name them: first name and the first letter of the last."""
    person = row.contract.person
    name = f"{person.first_name} {person.last_name[:1]}." if person.first_name else person.last_name
    return OnWall(name, f"{clock(row.starts)}-{clock(row.ends)}", row.is_learner, (row.contract_id, row.on) in away)
