"""From the rows of an association to a roster to be made: the only door to the engine of this room. Keys are ids as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

import holidays

from opstap.engine.rostering.problem import Coach, Demand, Function, Member, Problem, Site, Worker
from opstap.engine.rostering.rules import Rules
from opstap.engine.shared import Period, Reason, Refused
from opstap.engine.shared.vocabulary import LIMITS
from opstap.foundation.actor import Actor, system_actor
from opstap.foundation.organisations.models import Site as SiteRow
from opstap.journey.associations.assembly.ways import way
from opstap.journey.associations.models import Association, Contract, Membership, SiteClosure, SiteDemand, SiteTerms
from opstap.journey.associations.models import Coach as CoachRow
from opstap.journey.associations.permissions import may_plan
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


def problem(actor: Actor, association: Association, start: date, weeks: int) -> Problem:
    """Return the roster to be made for `weeks` weeks from the Monday `start`.

    Raises `Refused` for who may not plan, and as `named_problem` does.
    """
    if not may_plan(actor, association):
        raise Refused(Reason("associations.may_not_plan"))
    return named_problem(association, start, weeks)[0]


def named_problem(association: Association, start: date, weeks: int) -> tuple[Problem, dict[str, str]]:
    """Return the roster to be made, without pins or anything published, and the name of everything that it knows by key.

    For operations that have checked who asks. Raises `Refused` when no contract holds in these weeks, or no site asks for anybody.
    """
    by = system_actor("roster")
    until = start + timedelta(weeks=weeks)
    contracts = list(current_contracts(by, association, start, until))
    if not contracts:
        raise Refused(Reason("rostering.no_workers"))
    demands = list(demands_of(by, association))
    if not demands:
        raise Refused(Reason("rostering.no_demand"))
    memberships, functions = list(memberships_of(by, association)), list(functions_of(by, association))
    coaches = [row for row in coaches_of(by, association) if _coaches(row, start)]
    used = {row.site_id for row in demands} | {row.site_id for row in coaches}
    sites = list(sites_of(by, association).filter(pk__in=used))
    made = Problem(
        workers=tuple(_worker(row, start) for row in contracts),
        members=_members(memberships),
        sites=_sites(sites, *site_terms_of(by, association)),
        functions=tuple(Function(str(row.pk), frozenset(row.demands), frozenset(row.licences), row.is_unloved) for row in functions),
        demands=tuple(_demands(demands)),
        coaches=tuple(_coach(row) for row in coaches),
        start=start,
        weeks=weeks,
        minutes=_minutes(contracts, sites),
        public_holidays=public_holidays(start, until),
        rules=Rules(notice_working_days=association.notice_working_days, seaside_periods=_seasons(start, until)),
    )
    names = {str(row.pk): str(row.person) for row in contracts} | {str(row.pk): row.name for row in sites}
    names |= {str(row.pk): row.name for row in coaches}
    names |= {str(row.pk): row.title for row in functions} | {str(row.organisation_id): row.organisation.name for row in memberships}
    return made, names


def public_holidays(start: date, until: date) -> frozenset[date]:
    """Return the Belgian public holidays on `[start, until)`."""
    known = holidays.country_holidays("BE", years=range(start.year, until.year + 1))
    return frozenset(day for day in known if start <= day < until)


def _members(rows: Iterable[Membership]) -> tuple[Member, ...]:
    periods: dict[str, tuple[Period, ...]] = {}
    for row in rows:
        key = str(row.organisation_id)
        periods[key] = (*periods.get(key, ()), row.period)
    return tuple(Member(key, found) for key, found in periods.items())


def _sites(rows: Iterable[SiteRow], terms: Mapping[UUID, SiteTerms], closures: Mapping[UUID, list[SiteClosure]]) -> tuple[Site, ...]:
    found = []
    for row in rows:
        closed = tuple(Period(each.from_on, each.until_on) for each in closures.get(row.pk, ()))
        own = terms.get(row.pk)
        sundays = frozenset(own.extra_sundays if own else ())
        found.append(Site(str(row.pk), str(row.organisation_id), closed, bool(own and own.is_seaside_shop), sundays))
    return tuple(found)


def _worker(row: Contract, start: date) -> Worker:
    """Return a worker as the engine knows one: codes only. Limits that are not known keep from all that asks something of a body."""
    skills = frozenset(str(skill.function_id) for skill in row.skills.all())
    limits = row.person.limits
    return Worker(
        key=str(row.pk),
        week_minutes=round(row.weekly_hours * 60),
        days=row.weekdays,
        skills=skills,
        wishes=tuple(key for wish in row.wishes.all() if (key := str(wish.function_id)) not in skills),
        limits=frozenset(LIMITS if limits is None else limits),
        licences=frozenset(row.person.licences or ()),
        contract=row.period,
        absent=tuple(absence.period for absence in row.absences.all()),
        minor_until=_adult_on(row, start),
        most_minutes=row.person.travel_minutes,
    )


def _adult_on(row: Contract, start: date) -> date | None:
    """Return the 18th birthday of somebody under 18 at the start; with an age from a list alone: the last day that it may be."""
    born = row.person.birth_date
    if born is not None:
        adult = date(born.year + _ADULT, born.month, min(born.day, 28))
    elif row.age_told is not None and row.age_told < _ADULT and row.age_told_on is not None:
        adult = row.age_told_on + timedelta(days=366 * (_ADULT - row.age_told))
    else:
        return None
    return adult if adult > start else None


def _coaches(row: CoachRow, start: date) -> bool:
    return row.ended_on is None or row.ended_on > start


def _coach(row: CoachRow) -> Coach:
    away = [Period(each.from_on, each.until_on) for each in row.absences.all()]
    if row.ended_on is not None:
        away.append(Period(row.ended_on))
    return Coach(str(row.pk), str(row.site_id), frozenset(row.weekdays), row.maximum, tuple(away))


_Line = tuple[UUID, UUID, int]


def _demands(rows: list[SiteDemand]) -> Iterable[Demand]:
    """Yield what is asked: a weekday's line stops on the days that a dated line speaks of."""
    dated: dict[_Line, list[date]] = {}
    for row in rows:
        if row.on is not None:
            dated.setdefault((row.site_id, row.function_id, row.starts), []).append(row.on)
    for row in rows:
        place = (str(row.site_id), str(row.function_id))
        weekday = row.on.weekday() if row.on is not None else row.weekday or 0
        numbers = (row.starts, row.ends, row.pause, row.minimum, row.wanted, row.maximum)
        for period in _periods(row, dated.get((row.site_id, row.function_id, row.starts), [])):
            yield Demand(*place, weekday, *numbers, period)


def _periods(row: SiteDemand, exceptions: list[date]) -> list[Period]:
    """Return when a line holds; a day for which nobody is asked gives none."""
    if row.on is not None:
        return [Period(row.on, row.on + timedelta(days=1))] if row.maximum else []
    starts, found = row.from_on or date.min, []
    for on in sorted(exceptions):
        if on.weekday() == row.weekday and on in Period(starts, row.until_on):
            found.append(Period(starts, on))
            starts = on + timedelta(days=1)
    return [*found, Period(starts, row.until_on)]


def _minutes(contracts: Iterable[Contract], sites: list[SiteRow]) -> dict[tuple[str, str], int]:
    """Return the way one way for each worker and site that are both on the map."""
    found = {(str(row.pk), str(site.pk)): way(row.person, site) for row in contracts for site in sites}
    return {key: known.minutes for key, known in found.items() if known is not None}


def _seasons(start: date, until: date) -> tuple[Period, ...]:
    """Return when shops at the coast may open on Sunday: May to September."""
    return tuple(Period(date(year, 5, 1), date(year, 10, 1)) for year in range(start.year, until.year + 1))
