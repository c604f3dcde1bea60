"""Contracts: made within the cap, for members only, with a support that can begin; and skills, wishes, absences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import make_actor, make_organisation, make_person, make_referral
from tests.journey.associations.cases import AT, IMW, SYSTEM, Group, make_group, make_worker, terms

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.associations.assembly import quarter_premiums
from opstap.journey.associations.enums import AbsenceKind, HiringStage, SupportStatus
from opstap.journey.associations.models import Contract, Support
from opstap.journey.associations.operations import (
    AssociationTerms,
    change_contract,
    change_support,
    end_contract,
    end_membership,
    end_worker_absence,
    found_association,
    give_skill,
    hire_new,
    join_member,
    move_candidate,
    note_worker_absence,
    put_forward,
    set_association_terms,
    set_wishes,
)
from opstap.journey.associations.queries import contracts_of, employment_refused

pytestmark = pytest.mark.django_db


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    """Return the code of a refusal."""
    return refused.value.reason.code


def test_contract_has_the_association_as_employer_and_the_next_number() -> None:
    """Two workers get numbers one after the other, and the audit says who was hired."""
    group = make_group()
    first, second = make_worker(group), make_worker(group)
    assert (first.association_id, first.number, second.number) == (group.association.pk, "1", "2")
    hired = AuditEntry.objects.filter(action="hire").order_by("pk").values_list("person_id", flat=True)
    assert list(hired) == [first.person_id, second.person_id]


def test_cap_refuses_the_one_above_it_and_allows_who_comes_later() -> None:
    """With a cap of one a second worker waits until the first contract has ended."""
    group = make_group(target=1, next_target=None, worker_cap=1)
    make_worker(group, until_on=date(2024, 1, 1))
    with pytest.raises(Refused) as refused:
        make_worker(group, from_on=date(2023, 12, 31))
    assert (code(refused), refused.value.reason.facts) == ("associations.cap_reached", {"cap": 1})
    assert make_worker(group, from_on=date(2024, 1, 1)).number == "2"


def test_cap_counts_the_busiest_day_of_the_contract() -> None:
    """Two who follow each other leave room for one beside them under a cap of two."""
    group = make_group(target=2, next_target=None, worker_cap=2)
    make_worker(group, until_on=date(2024, 1, 1))
    make_worker(group, from_on=date(2024, 1, 1))
    assert make_worker(group).number == "3"
    with pytest.raises(Refused) as refused:
        make_worker(group)
    assert code(refused) == "associations.cap_reached"


def test_same_person_has_one_contract_at_a_time() -> None:
    """A second contract that overlaps is refused; one after it is not."""
    group = make_group()
    person = make_worker(group, until_on=date(2023, 12, 1)).person
    with pytest.raises(Refused) as refused:
        make_worker(group, person=person, from_on=date(2023, 11, 1))
    assert code(refused) == "associations.employed_already"
    assert make_worker(group, person=person, from_on=date(2023, 12, 1)).number == "2"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"weekly_hours": Decimal(39)}, "hours_range"),
        ({"half_days": 0}, "no_days"),
        ({"until_on": date(2023, 7, 3)}, "period_falls"),
        ({"support": Support(SupportStatus.VOP)}, "vop_closed"),
        ({"number": "1"}, "number_in_use"),
    ],
)
def test_terms_that_cannot_be_are_refused(given: dict[str, Any], why: str) -> None:
    """Too many hours, no days, an end at the start, VOP after it closed and a number in use are each refused."""
    group = make_group()
    make_worker(group)
    with pytest.raises(Refused) as refused:
        make_worker(group, **given)
    assert (code(refused), Contract.objects.count()) == (f"associations.{why}", 1)


def test_vop_that_began_in_time_runs_on() -> None:
    """VOP of before 1 July 2023 can be kept, and its end be changed afterwards."""
    group = make_group()
    contract = make_worker(group, from_on=date(2023, 6, 30), support=Support(SupportStatus.VOP, right_years=5))
    changed = change_support(contract=contract, support=Support(SupportStatus.VOP, until=date(2028, 1, 1)), by=group.planner, at=AT)
    assert (changed.supported.until, changed.version) == (date(2028, 1, 1), 2)


def test_support_is_sealed_in_the_database() -> None:
    """Which support a contract rests on cannot be read from the row."""
    contract = make_worker(make_group())
    raw = Contract.objects.filter(pk=contract.pk).values_list("support", flat=True)[0]
    assert b"imw" not in bytes(raw)
    assert Contract.objects.get(pk=contract.pk).supported == IMW


def test_contract_changed_meanwhile_is_refused() -> None:
    """A form that showed an earlier version changes nothing."""
    group = make_group()
    contract = make_worker(group)
    change_contract(contract=contract, terms=terms(weekly_hours=Decimal(19)), version=1, by=group.planner, at=AT)
    with pytest.raises(Refused) as refused:
        change_contract(contract=contract, terms=terms(), version=1, by=group.planner, at=AT)
    assert (code(refused), Contract.objects.get().weekly_hours) == ("associations.changed_meanwhile", Decimal(19))


def test_contract_ends_with_a_reason() -> None:
    """An end without a reason is refused; with one the day after it is no contract."""
    group = make_group()
    contract = make_worker(group)
    with pytest.raises(Refused) as refused:
        end_contract(contract=contract, until_on=date(2023, 10, 1), reason=" ", by=group.planner, at=AT)
    assert code(refused) == "associations.end_needs_reason"
    ended = end_contract(contract=contract, until_on=date(2023, 10, 1), reason="vast werk", by=group.planner, at=AT)
    why = employment_refused(ended, group.members[0].pk, date(2023, 10, 1))
    assert (why.code if why else "", employment_refused(ended, group.members[0].pk, date(2023, 9, 30))) == (
        "associations.no_contract_that_day",
        None,
    )


def test_worker_is_lent_to_members_only_and_on_days_of_membership() -> None:
    """A stranger is refused always, a member from the day its membership ends."""
    group = make_group()
    contract, stranger = make_worker(group), make_organisation()
    membership = group.association.memberships.get(organisation=group.members[0])
    end_membership(membership=membership, until_on=date(2023, 10, 1), by=group.planner, at=AT)
    days = ((stranger, date(2023, 9, 4)), (group.members[0], date(2023, 9, 30)), (group.members[0], date(2023, 10, 1)))
    found = [employment_refused(contract, organisation.pk, on) for organisation, on in days]
    assert [why.code if why else None for why in found] == ["associations.no_member_that_day", None, "associations.no_member_that_day"]


def test_member_joins_once_at_a_time() -> None:
    """A membership that overlaps another of the same organisation is refused."""
    group = make_group()
    with pytest.raises(Refused) as refused:
        join_member(association=group.association, organisation=group.members[0], from_on=date(2024, 1, 1), by=group.planner, at=AT)
    assert code(refused) == "associations.member_already"


def test_association_is_of_its_kind_and_founded_by_an_administrator() -> None:
    """Another kind of organisation is refused, and so is a coordinator."""
    group = make_group()
    programme = group.association.programme
    kind = {"organisation": make_organisation(), "programme": programme, "terms": AssociationTerms(25), "at": AT}
    with pytest.raises(Refused) as refused:
        found_association(**kind, by=SYSTEM)
    with pytest.raises(Refused) as denied:
        found_association(**kind, by=make_actor(Role.COORDINATOR, programme=programme))
    assert (code(refused), code(denied)) == ("associations.not_an_association", "associations.may_not_found")


def test_target_above_the_cap_is_refused() -> None:
    """A next target of 49 does not fit under a cap of 40."""
    group = make_group()
    with pytest.raises(Refused) as refused:
        set_association_terms(association=group.association, terms=AssociationTerms(25, 49, 40), by=group.planner, at=AT)
    assert code(refused) == "associations.target_above_cap"


def test_other_planner_hires_nobody_and_sees_nobody() -> None:
    """Who plans for another association is refused, and their list of contracts is empty."""
    group, other = make_group(), make_group()
    make_worker(group)
    with pytest.raises(Refused) as refused:
        hire_new(association=group.association, person={"last_name": "X"}, terms=terms(), by=other.planner, at=AT)
    assert (code(refused), contracts_of(other.planner, group.association).count()) == ("associations.may_not_plan", 0)


def test_skill_is_no_wish_any_more() -> None:
    """What somebody learned leaves the wishes; what they can already never becomes one."""
    group = make_group()
    contract, pack, garden = make_worker(group), group.functions["inpakker"], group.functions["tuinier"]
    give_skill(contract=contract, function=pack, by=group.planner, at=AT)
    set_wishes(contract=contract, functions=[garden, pack], by=group.planner, at=AT)
    assert [wish.function for wish in contract.wishes.all()] == [garden]
    give_skill(contract=contract, function=garden, by=group.planner, at=AT)
    assert contract.wishes.count() == 0


def test_absence_overlaps_no_other_and_ends_when_somebody_is_back() -> None:
    """A second absence over the same days is refused; one that never was is taken away."""
    group = make_group()
    contract = make_worker(group)
    absence = note_worker_absence(
        contract=contract, from_on=date(2023, 9, 4), until_on=None, kind=AbsenceKind.AWAY, by=group.planner, at=AT
    )
    with pytest.raises(Refused) as refused:
        note_worker_absence(contract=contract, from_on=date(2023, 9, 8), until_on=None, kind=AbsenceKind.LEAVE, by=group.planner, at=AT)
    assert code(refused) == "associations.away_already"
    end_worker_absence(absence=absence, until_on=date(2023, 9, 7), by=group.planner, at=AT)
    assert list(contract.absences.values_list("until_on", flat=True)) == [date(2023, 9, 7)]
    end_worker_absence(absence=absence, until_on=date(2023, 9, 4), by=group.planner, at=AT)
    assert contract.absences.count() == 0


def test_premiums_of_a_quarter_are_summed_and_unknown_ones_counted() -> None:
    """Two known amounts make the sum; one without wage cost is counted as not known, never as nothing."""
    group = make_group()
    make_worker(group, from_on=date(2023, 7, 1), support=Support(SupportStatus.IMW, date(2023, 7, 1), None, 5, wage_cost=Decimal(9000)))
    make_worker(group, from_on=date(2023, 7, 1), support=Support(SupportStatus.IMW, date(2023, 7, 1), None, 2, wage_cost=Decimal(8000)))
    make_worker(group, from_on=date(2023, 7, 1), support=Support(SupportStatus.IMW, date(2023, 7, 1), None, 5))
    found = quarter_premiums(contracts_of(group.planner, group.association), date(2023, 8, 15), 2)
    assert [(line.quarter.number, line.total, line.unknown) for line in found] == [(3, Decimal(5200), 1), (4, Decimal(5200), 1)]


def candidate_of(group: Group) -> Any:  # noqa: ANN401 - a candidate
    """Return somebody who was put forward."""
    referral = make_referral(make_person(), group.association.programme)
    return put_forward(association=group.association, referral=referral, by=SYSTEM, at=AT)


def test_candidate_is_hired_step_by_step() -> None:
    """From interest over eligibility and a talk to a contract of the same person."""
    group = make_group()
    candidate = candidate_of(group)
    for step in (HiringStage.ELIGIBLE, HiringStage.INTERVIEW):
        candidate = move_candidate(candidate=candidate, to=step, by=group.planner, at=AT)
    hired = move_candidate(candidate=candidate, to=HiringStage.CONTRACT, terms=terms(), by=group.planner, at=AT)
    assert (hired.stage, hired.contract.person_id) == (HiringStage.CONTRACT, candidate.referral.person_id)


def test_candidate_skips_no_step_and_stops_with_a_reason() -> None:
    """Nobody goes from interest to a contract at once, nor stops without a reason."""
    group = make_group()
    candidate = candidate_of(group)
    with pytest.raises(Refused) as refused:
        move_candidate(candidate=candidate, to=HiringStage.CONTRACT, terms=terms(), by=group.planner, at=AT)
    with pytest.raises(Refused) as silent:
        move_candidate(candidate=candidate, to=HiringStage.STOPPED, by=group.planner, at=AT)
    assert (code(refused), code(silent)) == ("associations.no_such_step", "associations.stop_needs_reason")


def test_planner_puts_nobody_forward() -> None:
    """Who follows a person puts them forward; a planner cannot reach into a caseload."""
    group = make_group()
    referral = make_referral(make_person(), group.association.programme)
    with pytest.raises(Refused) as refused:
        put_forward(association=group.association, referral=referral, by=group.planner, at=AT)
    assert code(refused) == "associations.may_not_put_forward"
