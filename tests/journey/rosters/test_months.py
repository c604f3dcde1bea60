"""Months for pay and invoices: they add up to the minute, are closed once, and what becomes known later is a correction."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from tests.factories import make_organisation
from tests.journey.eligibility.cases import acting, make_user
from tests.journey.rosters.cases import AT, MONDAY, SYSTEM, Case, day, make_case, make_roster

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.operations import join_member, note_worker_absence
from opstap.journey.rosters.assembly.worked import HOLIDAY, Time, worked_in
from opstap.journey.rosters.models import WorkedLine, WorkedMonth
from opstap.journey.rosters.operations import (
    approve_correction,
    close_worked_month,
    publish_roster,
    take_out_worked_month,
    withdraw_correction,
)
from opstap.steering.overviews.queries.worked_month import worked_month

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2023, 9, 1), datetime(2023, 10, 1, 8, 0, tzinfo=UTC)
HALL, SHOP = 456, 420


@pytest.fixture
def case() -> Case:
    """Return the small association of which hall and shop belong to two members, with a published week."""
    found = make_case()
    second = make_organisation()
    join_member(association=found.association, organisation=second, from_on=date(2023, 1, 1), by=SYSTEM, at=AT)
    found.sites["shop"].organisation = second
    found.sites["shop"].save()
    shifts = (("An", 0, "hall"), ("An", 1, "hall"), ("Bea", 0, "shop"), ("Bea", 2, "shop"), ("Bea", 7, "hall"))
    publish_roster(roster=make_roster(found, *shifts, weeks=2), agreed=[found.people["Bea"].pk], by=found.by, at=AT)
    return found


def known(case: Case, month: date = SEPTEMBER) -> dict[tuple[str, str], tuple[int, int]]:
    """Return days and minutes by name and where: "hall", "shop", or the kind of what was not worked."""
    places = {case.sites[name].organisation_id: name for name in ("hall", "shop")}
    people = {contract.pk: name for name, contract in case.people.items()}
    found = worked_in(case.association, month).items()
    return {
        (people[each.contract_id], places[each.member_id] if each.member_id else each.kind): (time.days, time.minutes)
        for each, time in found
    }


def colleague(case: Case) -> Actor:
    """Return somebody else who plans for the association."""
    return acting(make_user("tweede-planner", Role.PLANNER, organisation=case.association.organisation))


def away(case: Case, who: str, first: int, until: int, kind: AbsenceKind = AbsenceKind.LEAVE) -> None:
    """Let somebody be away on some days after the first Monday."""
    note_worker_absence(contract=case.people[who], from_on=day(first), until_on=day(until), kind=kind, by=case.by, at=AT)


def test_hours_go_to_the_member_where_they_were_worked(case: Case) -> None:
    """Two days in the hall for An; Bea two days in the shop and one in the hall; Cor worked nowhere."""
    assert known(case) == {("An", "hall"): (2, 2 * HALL), ("Bea", "hall"): (1, HALL), ("Bea", "shop"): (2, 2 * SHOP)}


def test_day_away_is_not_worked(case: Case) -> None:
    """An's Tuesday becomes leave with the minutes of a contract's day; the weekend in it counts for nothing."""
    away(case, "An", 1, 7)
    assert known(case)["An", "hall"] == (1, HALL)
    assert known(case)["An", "leave"] == (4, 4 * HALL)


def test_public_holiday_without_work_is_told_as_such(case: Case) -> None:
    """1 November 2023 is a Wednesday: a day of everybody's contract, also for who was on leave."""
    away(case, "An", 43, 46)
    found = known(case, date(2023, 11, 1))
    assert (found["Cor", HOLIDAY], found["An", HOLIDAY], found["An", "leave"]) == ((1, HALL), (1, HALL), (1, HALL))


def test_page_adds_up_to_the_minute(case: Case) -> None:
    """What the members are invoiced together is what the workers worked together, member by member."""
    away(case, "An", 1, 2)
    page = worked_month(case.by, case.association, SEPTEMBER, MONDAY)
    assert page is not None
    columns = [sum(line.times[place].minutes for line in page.workers) for place in range(len(page.members))]
    assert [member.total.minutes for member in page.invoices] == columns
    assert [sum(time.minutes for _, time in member.lines) for member in page.invoices] == columns
    assert (page.total.minutes, sum(columns)) == (2 * HALL + 2 * SHOP, 2 * HALL + 2 * SHOP)


def test_month_is_closed_when_it_is_over(case: Case) -> None:
    """Not on the last day, not by another planner; then once, with the sum; a second time there is nothing new."""
    codes = []
    for by, at in ((case.by, OCTOBER - timedelta(days=1)), (make_case("Elders").by, OCTOBER), (case.by, OCTOBER), (case.by, OCTOBER)):
        try:
            codes.append(str(close_worked_month(association=case.association, month=SEPTEMBER, by=by, at=at).minutes))
        except Refused as refused:
            codes.append(refused.reason.code)
    assert codes == ["rosters.month_not_over", "rosters.may_not_plan", str(3 * HALL + 2 * SHOP), "rosters.month_has_nothing_new"]


def test_closed_month_never_changes(case: Case) -> None:
    """Neither the month nor a line can be changed, taken away or added by anybody."""
    row = close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    line = row.lines.first()
    assert line is not None
    works = (
        lambda: WorkedMonth.objects.update(minutes=0),
        lambda: WorkedMonth.objects.all().delete(),
        lambda: WorkedLine.objects.update(minutes=0),
        line.delete,
        lambda: WorkedLine.objects.create(month=row, contract=line.contract, kind="leave", days=1, minutes=1),
    )
    refused = 0
    for work in works:
        try:
            with transaction.atomic():
                work()
        except DatabaseError:
            refused += 1
        except Exception as error:  # noqa: BLE001 - Django's own protection comes before the trigger's
            refused += type(error).__name__ == "ProtectedError"
    assert refused == len(works)


def test_later_absence_is_a_correction(case: Case) -> None:
    """An was away on Tuesday, it turns out: the page shows what was closed and the news, and an approved correction takes the news over."""
    close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    away(case, "An", 1, 2)
    page = worked_month(case.by, case.association, SEPTEMBER, OCTOBER.date())
    assert page is not None
    assert (page.total.minutes, sorted((where == "rosters.away.leave", time) for _, where, time in page.news)) == (
        3 * HALL + 2 * SHOP, [(False, Time(-1, -HALL)), (True, Time(1, HALL))],
    )  # fmt: skip
    second = close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    second = approve_correction(month=second, by=colleague(case), at=OCTOBER)
    page = worked_month(case.by, case.association, SEPTEMBER, OCTOBER.date())
    assert page is not None
    assert (second.number, second.minutes, page.total.minutes, page.news, page.may_close) == (2, -HALL, 2 * HALL + 2 * SHOP, (), False)


def test_correction_counts_only_after_another_approved_it(case: Case) -> None:
    """Not by who proposed it, not by another association's planner, and no second one beside it; until then the closed month stands."""
    first = close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    away(case, "An", 1, 2)
    waiting = close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    codes = []
    for act in (
        partial(approve_correction, month=waiting, by=case.by, at=OCTOBER),
        partial(approve_correction, month=waiting, by=make_case("Elders").by, at=OCTOBER),
        partial(approve_correction, month=first, by=colleague(case), at=OCTOBER),
        partial(close_worked_month, association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER),
    ):
        with pytest.raises(Refused) as caught:
            act()
        codes.append(caught.value.reason.code)
    page = worked_month(case.by, case.association, SEPTEMBER, OCTOBER.date())
    assert page is not None
    assert codes == ["rosters.correction_needs_another", "rosters.may_not_plan", "rosters.correction_gone", "rosters.correction_waits"]
    assert (page.total.minutes, len(page.closings), page.waiting, page.may_close) == (3 * HALL + 2 * SHOP, 1, waiting, False)


def test_correction_by_one_person_is_refused_by_the_database(case: Case) -> None:
    """Whatever the code does: who proposed cannot be who approved."""
    close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    away(case, "An", 1, 2)
    waiting = close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    with pytest.raises(DatabaseError), transaction.atomic():
        WorkedMonth.objects.filter(pk=waiting.pk).update(approver=case.planner)
    assert waiting.proposer_id == case.planner.pk


def test_correction_that_is_taken_back_leaves_the_news(case: Case) -> None:
    """The month stands as it was closed, the news is still there, and it can be proposed again."""
    close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    away(case, "An", 1, 2)
    withdraw_correction(
        month=close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER), by=colleague(case), at=OCTOBER
    )
    page = worked_month(case.by, case.association, SEPTEMBER, OCTOBER.date())
    assert page is not None
    assert (page.waiting, len(page.news), page.may_close, WorkedMonth.objects.count()) == (None, 2, True, 1)


def test_who_left_the_month_after_it_was_closed_is_still_shown(case: Case) -> None:
    """An's contract turns out to have ended in August: what was closed stays on the page by name, and the news takes it all back."""
    close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    contract = case.people["An"]
    contract.until_on = date(2023, 8, 31)
    contract.save()
    page = worked_month(case.by, case.association, SEPTEMBER, OCTOBER.date())
    assert page is not None
    name = str(contract.person)
    assert ([line.total for line in page.workers if line.name == name], [(who, time) for who, _, time in page.news]) == (
        [Time(2, 2 * HALL)], [(name, Time(-2, -2 * HALL))],
    )  # fmt: skip


def test_hours_of_another_association_are_not_there(case: Case) -> None:
    """Another planner reads nothing and takes nothing out."""
    stranger = make_case("Elders").by
    with pytest.raises(Refused):
        take_out_worked_month(association=case.association, month=SEPTEMBER, by=stranger, at=OCTOBER)
    assert worked_month(stranger, case.association, SEPTEMBER, OCTOBER.date()) is None
