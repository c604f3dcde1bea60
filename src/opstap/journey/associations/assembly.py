"""From the rows of an association to a roster to be made: the only door to the engine of this room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

import holidays

from opstap.engine.matching.travel import Travel, kilometres
from opstap.engine.rostering.problem import Assignment, Coach, Demand, Function, Member, Objective, Pin, Problem, Site, Worker
from opstap.engine.rostering.rules import Rules
from opstap.engine.shared import Period, Reason, Refused
from opstap.engine.shared.vocabulary import LIMITS
from opstap.foundation.actor import Actor
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.organisations.models import Site as SiteRow
from opstap.journey.associations.models import Association, Contract, SiteDemand
from opstap.journey.associations.models import Coach as CoachRow
from opstap.journey.associations.models import Function as FunctionRow
from opstap.journey.associations.queries import (
    coaches_of,
    current_contracts,
    demands_of,
    functions_of,
    memberships_of,
    site_terms_of,
    sites_of,
)

_ADULT = 18


@dataclass(frozen=True)
class RosterRows:
    """A roster to be made, with the rows behind the keys of its workers, sites, functions and members.

    Sites, functions and members have their name as key, so that a reason reads as it is; workers have their contract's number.
    """

    problem: Problem
    contracts: Mapping[str, Contract]
    sites: Mapping[str, SiteRow]
    functions: Mapping[str, FunctionRow]
    members: Mapping[str, Organisation]

    def site_key(self, site: SiteRow) -> str:
        """Return the key of a site."""
        return next(key for key, row in self.sites.items() if row.pk == site.pk)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a roster starts from beside the association's own data: the planner's pins, what was published, the notice, order and lot."""

    pins: tuple[Pin, ...] = ()
    published: tuple[Assignment, ...] = ()
    frozen_until: date | None = None
    objective: Objective = field(default_factory=Objective)
    seed: int = 0
    stays: Mapping[str, tuple[str, int]] | None = None


def problem(actor: Actor, association: Association, start: date, weeks: int, wanted: Wanted | None = None) -> Problem:
    """Return the roster to be made for `weeks` weeks from the Monday `start`; raises `Refused` as `roster_rows` does."""
    return roster_rows(actor, association, start, weeks, wanted).problem


def roster_rows(actor: Actor, association: Association, start: date, weeks: int, wanted: Wanted | None = None) -> RosterRows:
    """Return the roster to be made, with the rows behind it.

    Raises `Refused` when the actor does not plan for the association, or there is no worker or no demand.
    """
    wanted = wanted or Wanted()
    until = start + timedelta(days=7 * weeks)
    contracts = {row.number: row for row in current_contracts(actor, association, start, until)}
    if not contracts:
        raise Refused(Reason("rostering.no_workers"))
    sites = named_sites(sites_of(actor, association))
    demands = list(demands_of(actor, association))
    if not demands:
        raise Refused(Reason("rostering.no_demand"))
    keys = {row.pk: key for key, row in sites.items()}
    functions = {row.title: row for row in functions_of(actor, association)}
    members = {row.organisation.name: row.organisation for row in memberships_of(actor, association)}
    terms, closures = site_terms_of(actor, association)
    made = Problem(
        workers=tuple(_worker(row, wanted, start) for row in contracts.values()),
        members=_members(actor, association),
        sites=tuple(
            Site(
                key,
                row.organisation.name,
                tuple(Period(each.from_on, each.until_on) for each in closures.get(row.pk, ())),
                row.pk in terms and terms[row.pk].is_seaside_shop,
                frozenset(terms[row.pk].extra_sundays if row.pk in terms else ()),
            )
            for key, row in sites.items()
        ),
        functions=tuple(Function(row.title, frozenset(row.demands), frozenset(row.licences), row.is_unloved) for row in functions.values()),
        demands=tuple(_demands(demands, keys)),
        coaches=tuple(_coach(row, keys[row.site_id]) for row in coaches_of(actor, association) if _works(row, start)),
        start=start,
        weeks=weeks,
        minutes=_minutes(contracts.values(), sites),
        public_holidays=public_holidays(start, until),
        pins=wanted.pins,
        published=wanted.published,
        frozen_until=wanted.frozen_until,
        rules=Rules(notice_working_days=association.notice_working_days, seaside_periods=_seasons(start, until)),
        objective=wanted.objective,
        seed=wanted.seed,
    )
    return RosterRows(made, contracts, sites, functions, members)


def public_holidays(start: date, until: date) -> frozenset[date]:
    """Return the Belgian public holidays on `[start, until)`."""
    known = holidays.country_holidays("BE", years=range(start.year, until.year + 1))
    return frozenset(day for day in known if start <= day < until)


def named_sites(sites: Iterable[SiteRow]) -> dict[str, SiteRow]:
    """Return the sites by name; a name that two organisations use gets the organisation behind it."""
    rows = list(sites)
    names = [row.name for row in rows]
    return {row.name if names.count(row.name) == 1 else f"{row.name} ({row.organisation.name}, {row.street})": row for row in rows}


def _members(actor: Actor, association: Association) -> tuple[Member, ...]:
    periods: dict[str, tuple[Period, ...]] = {}
    for row in memberships_of(actor, association):
        periods[row.organisation.name] = (*periods.get(row.organisation.name, ()), row.period)
    return tuple(Member(key, found) for key, found in periods.items())


def _worker(row: Contract, wanted: Wanted, start: date) -> Worker:
    """Return a worker as the engine knows one: codes only. Limits that are not known keep from all that asks something of a body."""
    skills = frozenset(skill.function.title for skill in row.skills.all())
    limits = row.person.limits
    return Worker(
        key=row.number,
        week_minutes=round(row.weekly_hours * 60),
        days=row.weekdays,
        skills=skills,
        wishes=tuple(wish.function.title for wish in row.wishes.all() if wish.function.title not in skills),
        limits=frozenset(LIMITS if limits is None else limits),
        licences=frozenset(row.person.licences or ()),
        contract=row.period,
        absent=tuple(absence.period for absence in row.absences.all()),
        minor_until=_adult_on(row, start),
        most_minutes=row.person.travel_minutes,
        stay=(wanted.stays or {}).get(row.number),
    )


def _adult_on(row: Contract, start: date) -> date | None:
    """Return the 18th birthday of somebody who is under 18 at the start; with an age from a list alone: the day it may be at the latest."""
    born = row.person.birth_date
    if born is not None:
        adult = date(born.year + _ADULT, born.month, min(born.day, 28))
    elif row.age_told is not None and row.age_told < _ADULT and row.age_told_on is not None:
        adult = row.age_told_on + timedelta(days=366 * (_ADULT - row.age_told))
    else:
        return None
    return adult if adult > start else None


def _works(row: CoachRow, start: date) -> bool:
    return row.ended_on is None or row.ended_on > start


def _coach(row: CoachRow, site: str) -> Coach:
    away = [Period(each.from_on, each.until_on) for each in row.absences.all()]
    if row.ended_on is not None:
        away.append(Period(row.ended_on))
    return Coach(f"{site}: {row.name}", site, frozenset(row.weekdays), row.maximum, tuple(away))


def _demands(rows: list[SiteDemand], keys: Mapping[UUID, str]) -> Iterable[Demand]:
    """Yield what is asked: a weekday's line stops on the days that a dated line speaks of."""
    dated = {(row.site_id, row.function_id, row.starts, row.on) for row in rows if row.on is not None}
    for row in rows:
        for period in _periods(row, dated):
            weekday = row.on.weekday() if row.on is not None else row.weekday
            yield Demand(
                keys[row.site_id],
                row.function.title,
                weekday or 0,
                row.starts,
                row.ends,
                row.pause,
                row.minimum,
                row.wanted,
                row.maximum,
                period,
            )


def _periods(row: SiteDemand, dated: Iterable[tuple[UUID, UUID, int, date | None]]) -> list[Period]:
    if row.on is not None:
        return [Period(row.on, row.on + timedelta(days=1))] if row.maximum else []
    starts, found = row.from_on or date.min, []
    line = (row.site_id, row.function_id, row.starts)
    own = sorted(on for *place, on in dated if on and tuple(place) == line)
    for on in own:
        if on.weekday() == row.weekday and starts <= on and (row.until_on is None or on < row.until_on):
            found.append(Period(starts, on))
            starts = on + timedelta(days=1)
    return [*found, Period(starts, row.until_on)]


def _minutes(contracts: Iterable[Contract], sites: Mapping[str, SiteRow]) -> dict[tuple[str, str], int]:
    """Return the way one way for each worker and site that are both on the map."""
    travel = Travel()
    found: dict[tuple[str, str], int] = {}
    for row in contracts:
        home, mode = row.person, row.person.travel_mode
        if home.latitude is None or home.longitude is None or not mode:
            continue
        for key, site in sites.items():
            if site.latitude is not None and site.longitude is not None:
                distance = kilometres(home.longitude, home.latitude, site.longitude, site.latitude) * travel.detour
                way = distance / travel.speeds[mode] * 60 + travel.waiting[mode]
                found[row.number, key] = max(travel.shortest, math.ceil(way - 1e-9))
    return found


def _seasons(start: date, until: date) -> tuple[Period, ...]:
    """Return when shops at the coast may open on Sunday: May to September."""
    return tuple(Period(date(year, 5, 1), date(year, 10, 1)) for year in range(start.year, until.year + 1))
