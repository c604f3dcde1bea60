"""Functions, shortage lists, demand; and the roster to be made from all of it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journey.associations.cases import AT, MONDAY, Group, make_group, make_worker

from opstap.engine.shared import Period, Refused
from opstap.engine.shared.vocabulary import LIMITS
from opstap.journey.associations.assembly import named_problem, problem, public_holidays
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.models import Shortage, SiteDemand
from opstap.journey.associations.operations import (
    Ask,
    FunctionTerms,
    Hours,
    Needs,
    close_site,
    define_function,
    end_coach,
    flag_shortage,
    give_skill,
    join_member,
    locate_site,
    name_coach,
    note_worker_absence,
    open_site,
    set_demand,
    set_site_terms,
    set_wishes,
    upload_shortage_list,
)
from opstap.journey.associations.queries import site_terms_of

pytestmark = pytest.mark.django_db
DAY_SHIFT = Hours(480, 966, 30)


def ask(group: Group, when: Ask, needs: Needs = Needs(1, 2, 3), hours: Hours = DAY_SHIFT) -> SiteDemand:  # noqa: B008 - a value
    """Ask packers at the first site."""
    given = {"site": group.sites[0], "function": group.functions["inpakker"], "when": when, "hours": hours, "needs": needs}
    return set_demand(association=group.association, by=group.planner, at=AT, **given)


def test_demand_of_the_same_line_is_changed_not_doubled() -> None:
    """The same site, function, weekday and start has one row, with the last numbers."""
    group = make_group()
    ask(group, Ask(weekday=0))
    ask(group, Ask(weekday=0), Needs(2, 2, 2))
    assert list(SiteDemand.objects.values_list("minimum", "wanted", "maximum")) == [(2, 2, 2)]


@pytest.mark.parametrize(
    ("when", "needs", "hours", "why"),
    [
        (Ask(weekday=0), Needs(3, 2, 1), DAY_SHIFT, "needs_fall"),
        (Ask(weekday=0), Needs(1, 1, 1), Hours(600, 600), "hours_fall"),
        (Ask(weekday=0, on=MONDAY), Needs(1, 1, 1), DAY_SHIFT, "weekday_or_day"),
        (Ask(), Needs(1, 1, 1), DAY_SHIFT, "weekday_or_day"),
    ],
)
def test_demand_that_cannot_be_is_refused(when: Ask, needs: Needs, hours: Hours, why: str) -> None:
    """Numbers that fall, hours that stand still, and both or none of weekday and day are refused."""
    with pytest.raises(Refused) as refused:
        ask(make_group(), when, needs, hours)
    assert (refused.value.reason.code, SiteDemand.objects.count()) == (f"associations.{why}", 0)


def test_dated_line_replaces_the_weekday_on_that_day_only() -> None:
    """Monday asks two, but the second Monday four and the third nobody."""
    group = make_group()
    make_worker(group)
    ask(group, Ask(weekday=0), Needs(1, 2, 2))
    ask(group, Ask(on=date(2023, 9, 11)), Needs(2, 4, 4))
    ask(group, Ask(on=date(2023, 9, 18)), Needs(0, 0, 0))
    cells = problem(group.planner, group.association, MONDAY, 4).cells
    assert [(cell.day.day, cell.demand.wanted) for cell in cells] == [(4, 2), (11, 4), (25, 2)]


def test_problem_knows_what_a_roster_needs() -> None:
    """Contract, skills, wishes, absence, membership, closed days, seaside shop, coach and names are all there by id."""
    group = make_group()
    contract, site, pack = make_worker(group), group.sites[0], group.functions["inpakker"]
    give_skill(contract=contract, function=pack, by=group.planner, at=AT)
    set_wishes(contract=contract, functions=[group.functions["tuinier"]], by=group.planner, at=AT)
    note_worker_absence(
        contract=contract, from_on=date(2023, 9, 6), until_on=date(2023, 9, 8), kind=AbsenceKind.LEAVE, by=group.planner, at=AT
    )
    coach = name_coach(association=group.association, site=site, name="Natalia", weekdays=(0, 1), maximum=7, by=group.planner, at=AT)
    end_coach(coach=coach, on=date(2023, 9, 18), by=group.planner, at=AT)
    set_site_terms(association=group.association, site=site, is_seaside_shop=True, by=group.planner, at=AT)
    close_site(association=group.association, site=site, from_on=date(2023, 9, 7), until_on=date(2023, 9, 9), by=group.planner, at=AT)
    ask(group, Ask(weekday=0))
    made, names = named_problem(group.association, MONDAY, 4)
    worker = made.worker_by[str(contract.pk)]
    assert (worker.week_minutes, worker.days, worker.absent) == (2280, frozenset(range(5)), (Period(date(2023, 9, 6), date(2023, 9, 8)),))
    assert (worker.skills, worker.wishes) == (frozenset({str(pack.pk)}), (str(group.functions["tuinier"].pk),))
    place = made.site_by[str(site.pk)]
    assert (place.member, place.is_seaside_shop, place.closed) == (
        str(site.organisation_id),
        True,
        (Period(date(2023, 9, 7), date(2023, 9, 9)),),
    )
    found = made.coaches_of[str(site.pk)][0]
    assert [found.is_present_on(on) for on in (date(2023, 9, 11), date(2023, 9, 18))] == [True, False]
    assert made.member_by[str(site.organisation_id)].periods == (Period(date(2023, 1, 1)),)
    assert (names[str(contract.pk)], names[str(site.pk)], names[str(pack.pk)]) == (str(contract.person), site.name, "inpakker")


def test_two_associations_each_know_their_own_terms_of_a_shared_site() -> None:
    """A member of both: what one says of the site, and when it is closed for one, is nothing to the other."""
    one, other = make_group(), make_group()
    join_member(association=other.association, organisation=one.members[0], from_on=MONDAY, by=other.planner, at=AT)
    shared, week = one.sites[0], {"from_on": date(2023, 9, 7), "until_on": date(2023, 9, 9)}
    set_site_terms(association=one.association, site=shared, is_seaside_shop=True, by=one.planner, at=AT)
    closure = close_site(association=one.association, site=shared, **week, by=one.planner, at=AT)
    set_site_terms(association=other.association, site=shared, is_seaside_shop=False, by=other.planner, at=AT)
    found = [site_terms_of(each.planner, each.association) for each in (one, other)]
    assert [(terms[shared.pk].is_seaside_shop, len(closed)) for terms, closed in found] == [(True, 1), (False, 0)]
    with pytest.raises(Refused):
        open_site(association=other.association, closure=closure, by=other.planner, at=AT)
    assert site_terms_of(other.planner, one.association) == ({}, {})


@pytest.mark.parametrize(("from_on", "until_on", "may"), [
    ("2023-01-01", "2023-08-31", (False, False)), ("2023-10-01", None, (True, False)), ("2023-01-01", "2023-12-31", (True, True)),
])  # fmt: skip
def test_site_belongs_to_the_days_of_its_membership(from_on: str, until_on: str | None, may: tuple[bool, bool]) -> None:
    """Whose membership ended says nothing of its sites any more; where a site lies is said only while it runs."""
    group, others = make_group(), make_group()
    period = {"from_on": date.fromisoformat(from_on), "until_on": date.fromisoformat(until_on) if until_on else None}
    join_member(association=group.association, organisation=others.members[0], **period, by=group.planner, at=AT)
    given = {"association": group.association, "site": others.sites[0], "by": group.planner, "at": AT}
    found = []
    for work in (
        lambda: set_site_terms(is_seaside_shop=True, **given),
        lambda: locate_site(municipality="", neighbourhood="", **given),
    ):
        try:
            work()
        except Refused as refused:
            found.append(refused.reason.code != "associations.site_of_no_member")
        else:
            found.append(True)
    assert tuple(found) == may


def test_problem_keeps_who_is_not_known_from_all_that_asks_something_of_a_body() -> None:
    """Somebody whose limits nobody noted gets all of them; somebody who has none gets none."""
    group = make_group()
    ask(group, Ask(weekday=0))
    known, unknown = make_worker(group), make_worker(group)
    unknown.person.limits = None
    unknown.person.save()
    made = problem(group.planner, group.association, MONDAY, 1)
    limits = [made.worker_by[str(each.pk)].limits for each in (known, unknown)]
    assert limits == [frozenset(), frozenset(LIMITS)]


def test_problem_of_another_planner_is_refused() -> None:
    """Only who plans for the association gets its roster to be made; without workers there is none."""
    group, other = make_group(), make_group()
    with pytest.raises(Refused) as refused:
        problem(other.planner, group.association, MONDAY, 1)
    with pytest.raises(Refused) as empty:
        problem(group.planner, group.association, MONDAY, 1)
    assert (refused.value.reason.code, empty.value.reason.code) == ("associations.may_not_plan", "rostering.no_workers")


def test_public_holidays_lie_within_the_weeks() -> None:
    """Four weeks from the end of October have All Saints and Armistice Day."""
    assert public_holidays(date(2023, 10, 23), date(2023, 11, 20)) == {date(2023, 11, 1), date(2023, 11, 11)}


def test_shortage_list_flags_functions_by_title_and_by_code() -> None:
    """A title in other capitals and a code of ESCO both flag; what is not on the list is not flagged."""
    group = make_group()
    define_function(association=group.association, terms=FunctionTerms("poetser", "9112.1"), by=group.planner, at=AT)
    data = b"Beroep;ESCO\nTuinier;\nschoonmaker;9112.1\nbakker;7512\n"
    given = {"association": group.association, "filename": "lijst.csv", "source": "VDAB", "by": group.planner, "at": AT}
    flagged = upload_shortage_list(year=2023, data=data, **given)
    assert sorted(row.title for row in flagged) == ["poetser", "tuinier"]
    assert sorted(Shortage.objects.values_list("function__title", "year")) == [("poetser", 2023), ("tuinier", 2023)]


def test_later_list_of_a_year_replaces_the_earlier_and_leaves_what_was_said_by_hand() -> None:
    """The second list takes the gardener off; the driver that somebody flagged stays."""
    group = make_group()
    given = {"association": group.association, "year": 2023, "source": "VDAB", "by": group.planner, "at": AT}
    upload_shortage_list(data=b"Beroep\ntuinier\n", filename="een.csv", **given)
    flag_shortage(function=group.functions["chauffeur"], year=2023, is_shortage=True, by=group.planner, at=AT)
    upload_shortage_list(data=b"Beroep\ninpakker\n", filename="twee.csv", **given)
    assert sorted(Shortage.objects.values_list("function__title", flat=True)) == ["chauffeur", "inpakker"]


def test_list_without_occupations_is_refused() -> None:
    """A file whose columns name no occupation says what was looked for."""
    group = make_group()
    with pytest.raises(Refused) as refused:
        upload_shortage_list(
            association=group.association, year=2023, data=b"a;b\n1;2\n", filename="x.csv", source="", by=group.planner, at=AT
        )
    assert refused.value.reason.code == "spreadsheet.no_header"


def test_function_twice_is_refused() -> None:
    """A title that differs in capitals only is the same function."""
    group = make_group()
    with pytest.raises(Refused) as refused:
        define_function(association=group.association, terms=FunctionTerms("INPAKKER"), by=group.planner, at=AT)
    assert refused.value.reason.code == "associations.function_twice"
