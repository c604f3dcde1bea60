"""A small association for the tests of rosters: a hall where two pack, a shop where one sells; An and Bea can, Cor learns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.journey.eligibility.cases import acting, make_organisation, make_programme, make_user
from tests.journey.matching.rounds import OSTEND

from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor, Role, system_actor
from opstap.foundation.organisations.enums import OrganisationKind
from opstap.foundation.organisations.models import Organisation, Site
from opstap.journey.associations.enums import SupportStatus
from opstap.journey.associations.models import Association, Contract, Function, Support
from opstap.journey.associations.operations import (
    Ask,
    AssociationTerms,
    FunctionTerms,
    Hours,
    Needs,
    Terms,
    define_function,
    found_association,
    give_skill,
    hire,
    join_member,
    name_coach,
    set_demand,
    set_wishes,
)
from opstap.journey.people.models import Person
from opstap.journey.rosters.enums import RosterKind, RosterState
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.operations import Target

SYSTEM = system_actor("test")
AT = datetime(2023, 9, 1, 9, 0, tzinfo=UTC)
MONDAY = date(2023, 9, 18)
EIGHT, FOUR_SIX, NINE, FIVE = 8 * 60, 16 * 60 + 6, 9 * 60, 17 * 60
WEEKDAYS = range(5)
FULL_TIME = 0b1111111111


@dataclass
class Case:
    """An association with its planner and everything by its short name."""

    association: Association
    planner: User
    sites: dict[str, Site] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    people: dict[str, Contract] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        """The planner as an actor."""
        return acting(self.planner)

    def target(self, who: str, weekday: int = 0, site: str = "hall", function: str = "pack", starts: int = EIGHT) -> Target:
        """Return where a shift goes."""
        return Target(self.people[who].pk, day(weekday), self.sites[site].pk, self.functions[function].pk, starts)


def day(weekday: int) -> date:
    """Return a day of the first week."""
    return MONDAY + timedelta(days=weekday)


def make_employer(name: str) -> Organisation:
    """Return an organisation that may be an employers' association."""
    organisation = make_organisation(f"{name} vzw")
    organisation.kind = OrganisationKind.EMPLOYERS_ASSOCIATION
    organisation.save()
    return organisation


def make_case(name: str = "Lavoro", people: int = 0, *, organisation: Organisation | None = None, planner: User | None = None) -> Case:
    """Return the association, of its own planner if none is given; `people` more can pack."""
    organisation, member = organisation or make_employer(name), make_organisation(f"Lid {name}")
    programme = make_programme(f"Rotatie {name}")
    association = found_association(organisation=organisation, programme=programme, terms=AssociationTerms(25), by=SYSTEM, at=AT)
    join_member(association=association, organisation=member, from_on=date(2023, 1, 1), by=SYSTEM, at=AT)
    case = Case(association, planner or make_user(f"{name}-planner", Role.PLANNER, organisation=organisation))
    for site, function, hours in (("hall", "pack", Hours(EIGHT, FOUR_SIX, 30)), ("shop", "sell", Hours(NINE, FIVE, 60))):
        longitude, latitude = OSTEND
        case.sites[site] = Site.objects.create(organisation=member, name=f"{site} {name}", longitude=longitude, latitude=latitude)
        terms = FunctionTerms(f"{function} {name}")
        case.functions[function] = define_function(association=association, terms=terms, by=SYSTEM, at=AT)
        name_coach(association=association, site=case.sites[site], name=f"Coach {site}", weekdays=WEEKDAYS, maximum=5, by=SYSTEM, at=AT)
        needs = Needs(1, 2, 3) if site == "hall" else Needs(1, 1, 1)
        for weekday in WEEKDAYS:
            set_demand(
                association=association, site=case.sites[site], function=case.functions[function], when=Ask(weekday), hours=hours,
                needs=needs, by=SYSTEM, at=AT,
            )  # fmt: skip
    _hire(case, "An", ("pack",))
    _hire(case, "Bea", ("pack", "sell"), is_variable=True)
    _hire(case, "Cor", (), wishes=("pack",))
    for number in range(people):
        _hire(case, f"Dirk{number}", ("pack",))
    return case


def _hire(case: Case, name: str, skills: tuple[str, ...], wishes: tuple[str, ...] = (), *, is_variable: bool = False) -> None:
    person = Person(
        last_name=name, first_name="", folded_name=f"{name.lower()} {case.association.pk}", email=f"{name.lower()}@example.be", limits=[],
        licences=[], travel_mode="bike", longitude=OSTEND[0], latitude=OSTEND[1], created_at=AT, changed_at=AT,
    )  # fmt: skip
    person.save()
    support = Support(SupportStatus.OTHER)
    terms = Terms(date(2023, 1, 2), Decimal("38.00"), FULL_TIME, support, is_variable=is_variable)
    contract = hire(association=case.association, person=person, terms=terms, by=SYSTEM, at=AT)
    for skill in skills:
        give_skill(contract=contract, function=case.functions[skill], by=SYSTEM, at=AT)
    set_wishes(contract=contract, functions=[case.functions[wish] for wish in wishes], by=SYSTEM, at=AT)
    case.people[name] = contract


def make_roster(
    case: Case, *shifts: tuple[str, int, str], state: RosterState = RosterState.READY, start: date = MONDAY, weeks: int = 1
) -> Roster:
    """Return a roster with these shifts: (who, day after the first Monday, "hall" or "shop"). Cor learns."""
    roster = Roster.objects.create(
        association=case.association, kind=RosterKind.NEW, start=start, weeks=weeks, state=RosterState.READY, seed=1, seconds=5, cost=0,
        order=["minimum", "wanted", "hours", "learning", "variety", "fairness", "travel", "moves"], made_by_label="test", made_at=AT,
    )  # fmt: skip
    for who, weekday, site in shifts:
        put(case, roster, who, weekday, site)
    if state is RosterState.PUBLISHED:
        Roster.objects.filter(pk=roster.pk).update(state=state.value, published_at=AT)
        roster.refresh_from_db()
    return roster


def put(case: Case, roster: Roster, who: str, weekday: int, site: str = "hall") -> RosterShift:
    """Store a shift without asking anybody."""
    starts, ends, pause = (EIGHT, FOUR_SIX, 30) if site == "hall" else (NINE, FIVE, 60)
    function = case.functions["pack" if site == "hall" else "sell"]
    return RosterShift.objects.create(
        roster=roster, contract=case.people[who], on=day(weekday), starts=starts, ends=ends, pause=pause, site=case.sites[site],
        function=function, is_learner=who == "Cor",
    )  # fmt: skip


def who_works(roster: Roster) -> list[tuple[str, int, str]]:
    """Return the shifts of the first week in short, sorted."""
    rows = RosterShift.objects.filter(roster=roster).select_related("contract__person", "site")
    return sorted((row.contract.person.last_name, (row.on - MONDAY).days, row.site.name.split()[0]) for row in rows)
