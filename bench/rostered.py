"""An association with its people, sites and demand in the database, and a roster of it that a search made: for measuring its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bench.rostering_instances import association as drawn
from opstap.engine.rostering.problem import Problem
from opstap.foundation import clock
from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.models import Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.associations.enums import AbsenceKind, SupportStatus
from opstap.journey.associations.models import Association, Contract, ContractAbsence, Function, SiteDemand, Skill, Support, Wish
from opstap.journey.associations.operations import AssociationTerms, found_association, join_member, name_coach
from opstap.journey.people.models import Person
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.operations import Wanted, ask_roster, run_roster

AT = datetime(2023, 9, 1, 9, 0, tzinfo=UTC)
START, SEED = date(2023, 9, 4), 7
_BY = system_actor("bench")
_WORKING_WEEK = 0b1111111111


@dataclass(frozen=True)
class Rostered:
    """Who plans, and the draft that a search made."""

    planner: User
    roster: Roster


def fill(workers: int, weeks: int, seconds: int) -> Rostered:
    """Store a drawn association of so many workers and let a search of so many seconds make its roster."""
    problem = drawn(workers, weeks, START, SEED)
    employer = _organisation("Rotatie vzw", OrganisationKind.EMPLOYERS_ASSOCIATION)
    programme = Programme.objects.create(name="Rotatie", starts_on=date(2023, 1, 1), municipalities=["Oostende"], instruments=[])
    association = found_association(organisation=employer, programme=programme, terms=AssociationTerms(workers), by=_BY, at=AT)
    _store(association, problem)
    planner = User.objects.create_user("planner@example.be", name="Planner")
    RoleGrant.objects.create(user=planner, role=Role.PLANNER.value, organisation_id=employer.pk, starts_on=date(2023, 1, 1))
    wanted = Wanted(START, weeks, seconds=seconds)
    roster = ask_roster(association=association, wanted=wanted, in_background=False, by=_BY, at=AT)
    return Rostered(planner, run_roster(roster=roster, by=_BY, clock=clock.now))


def _organisation(name: str, kind: OrganisationKind) -> Organisation:
    return Organisation.objects.create(name=name, folded_name=name.lower(), kind=kind.value)


def _store(association: Association, problem: Problem) -> None:
    members = {row.key: _organisation(row.key, OrganisationKind.SOCIAL_ENTERPRISE) for row in problem.members}
    for member in members.values():
        join_member(association=association, organisation=member, from_on=date(2023, 1, 1), by=_BY, at=AT)
    sites = {
        row.key: Site.objects.create(organisation=members[row.member], name=row.key, longitude=2.9 + 0.01 * number, latitude=51.2)
        for number, row in enumerate(problem.sites)
    }
    functions = {
        row.key: Function.objects.create(association=association, title=row.key, folded_title=row.key, demands=sorted(row.demands))
        for row in problem.functions
    }
    SiteDemand.objects.bulk_create(
        SiteDemand(
            association=association, site=sites[row.site], function=functions[row.function], weekday=row.weekday, starts=row.starts,
            ends=row.ends, pause=row.pause, minimum=row.minimum, wanted=row.wanted, maximum=row.maximum,
        )
        for row in problem.demands
    )  # fmt: skip
    for coach in problem.coaches:
        name_coach(
            association=association, site=sites[coach.site], name=coach.key, weekdays=coach.days, maximum=coach.maximum, by=_BY, at=AT
        )
    _people(association, problem, functions)


def _people(association: Association, problem: Problem, functions: dict[str, Function]) -> None:
    for number, row in enumerate(problem.workers):
        person = Person.objects.create(
            last_name=f"Werknemer {number:02d}", folded_name=f"werknemer {number:02d}", first_name="An", licences=[],
            limits=sorted(row.limits),
            travel_mode="bike", longitude=2.9 + 0.002 * number, latitude=51.21, created_at=AT, changed_at=AT,
        )  # fmt: skip
        half_days = sum(0b11 << 2 * day for day in row.days) or _WORKING_WEEK
        contract = Contract.objects.create(
            association=association, person=person, number=str(number), from_on=date(2023, 1, 2), half_days=half_days, created_at=AT,
            weekly_hours=Decimal(row.week_minutes) / 60, support=Support(SupportStatus.OTHER).as_json(), created_by="bench",
        )  # fmt: skip
        Skill.objects.bulk_create(
            Skill(contract=contract, function=functions[name], source="listed", since_on=START, said_by="bench")
            for name in sorted(row.skills)
        )
        Wish.objects.bulk_create(Wish(contract=contract, function=functions[name], rank=rank) for rank, name in enumerate(row.wishes, 1))
        for period in row.absent:
            ContractAbsence.objects.create(
                contract=contract, from_on=period.start, until_on=period.until or period.start + timedelta(days=1),
                kind=AbsenceKind.AWAY.value, noted_by="bench", noted_at=AT,
            )  # fmt: skip


def shift_to_lift(roster: Roster) -> RosterShift:
    """Return a shift in the middle of the roster."""
    rows = roster.shifts.order_by("on", "starts", "id")
    return rows[rows.count() // 2]
