"""Payment lists: every euro from a signed hour, made by one and approved by another, nobody paid twice or lost."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, ProgrammingError, transaction
from tests.factories import make_user
from tests.journey.attendance.floor import MONDAYS, MONTH, OCTOBER, Floor, themself

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Grant, Role
from opstap.foundation.organisations.models import Site
from opstap.foundation.outbox.models import Message
from opstap.journey.attendance.assembly import Payability, payables
from opstap.journey.attendance.enums import DayState, RunState
from opstap.journey.attendance.models import Day, PayingAccount, PaymentLine, PaymentRun
from opstap.journey.attendance.operations import (
    approve_payment_run,
    close_months,
    correct_day,
    discard_payment_run,
    export_payment_run,
    give_bank_account,
    make_payment_run,
    set_paying_account,
)
from opstap.journey.people.models import Person
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral
from opstap.ui.words import say

pytestmark = pytest.mark.django_db
IBANS = ("BE71096123456769", "BE62510007547061")
PAY_ON = date(2023, 10, 9)


def close(floor: Floor, *placements: Placement) -> None:
    """Let both parties sign the month of learners."""
    for by in (floor.mentor, floor.counsellor):
        assert close_months(placement_ids=[row.pk for row in placements], month=MONTH, by=by, at=OCTOBER).refused == {}


def paid_learner(floor: Floor, name: str, iban: str = "") -> Placement:
    """Return a learner with four Mondays noted, and an account when one is given."""
    placement = floor.learner(name)
    floor.note(placement, *MONDAYS)
    if iban:
        give_bank_account(person=placement.person, number=iban, by=floor.counsellor, at=OCTOBER)
    return placement


def made(floor: Floor) -> PaymentRun:
    """Return the draft of September."""
    return make_payment_run(programme_id=floor.programme.pk, month=MONTH, by=floor.coordinator, at=OCTOBER)


def approved(floor: Floor, run: PaymentRun) -> PaymentRun:
    """Return the run as the other coordinator approves it."""
    set_paying_account(programme_id=floor.programme.pk, name="Stad Oostende", iban=IBANS[1], by=floor.coordinator, at=OCTOBER)
    return approve_payment_run(run=run, pay_on=PAY_ON, by=floor.second, at=OCTOBER)


def test_list_pays_every_closed_hour_once(floor: Floor) -> None:
    """Thirty-two signed hours at 1.30 euro are 41.60; a second list finds nobody left to pay."""
    close(floor, paid_learner(floor, "Aa", IBANS[0]))
    run = made(floor)
    assert list(run.lines.values_list("kind", "hours", "rate", "amount")) == [
        ("allowance", Decimal(32), Decimal("1.3"), Decimal("41.60")),
    ]
    assert run.total == Decimal("41.60")
    approved(floor, run)
    with pytest.raises(Refused) as caught:
        made(floor)
    assert caught.value.reason.code == "attendance.nobody_to_pay"


def test_travel_is_paid_when_both_spots_are_on_the_map(floor: Floor) -> None:
    """Four times there and back, by road, at 0.15 euro a kilometre."""
    placement = floor.learner("Bb", facts={"longitude": 2.92, "latitude": 51.21})
    site = floor.place.site
    site.longitude, site.latitude = 2.92, 51.22
    site.save()
    floor.note(placement, *MONDAYS)
    give_bank_account(person=placement.person, number=IBANS[0], by=floor.counsellor, at=OCTOBER)
    close(floor, placement)
    travel = made(floor).lines.get(kind="travel")
    assert (travel.kilometres, travel.amount, travel.days) == (Decimal("11.60"), Decimal("1.74"), 4)


def test_person_without_account_is_apart_and_paid_later(floor: Floor) -> None:
    """Who has no account is not on the list and not lost: the next list pays."""
    with_account, without = paid_learner(floor, "Cc", IBANS[0]), paid_learner(floor, "Dd")
    close(floor, with_account, without)
    approved(floor, made(floor))
    waits = payables(floor.programme.pk, MONTH)
    assert [(one.person.pk, one.payability, one.total) for one in waits] == [(without.person_id, Payability.NO_ACCOUNT, Decimal("41.60"))]
    give_bank_account(person=without.person, number=IBANS[1], by=themself(without), at=OCTOBER)
    assert list(made(floor).lines.values_list("placement_id", flat=True)) == [without.pk]


def test_correction_is_settled_on_the_next_list(floor: Floor) -> None:
    """A day that was paid and did not take place is taken off; a debt waits until there is something to take it from."""
    placement = paid_learner(floor, "Ee", IBANS[0])
    close(floor, placement)
    approved(floor, made(floor))
    day = Day.objects.get(placement=placement, on=MONDAYS[0])
    correct_day(day_id=day.pk, state=DayState.ABSENT, hours=None, reason="was ziek", by=floor.mentor, at=OCTOBER)
    close(floor, placement)
    waits = payables(floor.programme.pk, MONTH)
    assert [(one.payability, one.total) for one in waits] == [(Payability.CARRIED_OVER, Decimal("-10.40"))]


def test_list_is_approved_by_another_coordinator(floor: Floor) -> None:
    """Who made it does not approve it; a host or counsellor does neither; a draft is not exported."""
    close(floor, paid_learner(floor, "Ff", IBANS[0]))
    run = made(floor)
    set_paying_account(programme_id=floor.programme.pk, name="Stad", iban=IBANS[1], by=floor.coordinator, at=OCTOBER)
    codes = []
    for by in (floor.coordinator, floor.counsellor, floor.contact):
        with pytest.raises(Refused) as caught:
            approve_payment_run(run=run, pay_on=PAY_ON, by=by, at=OCTOBER)
        codes.append(caught.value.reason.code)
    with pytest.raises(Refused) as caught:
        export_payment_run(run=run, kind="sepa", by=floor.second, at=OCTOBER)
    assert [*codes, caught.value.reason.code] == [
        "attendance.other_approves",
        "attendance.may_not_pay",
        "attendance.may_not_pay",
        "attendance.run_not_there_yet",
    ]


def signed_by(floor: Floor, placement: Placement, first: Actor, second: Actor) -> PaymentRun:
    """Return the draft of a month that these two signed."""
    for by in (first, second):
        assert close_months(placement_ids=[placement.pk], month=MONTH, by=by, at=OCTOBER).refused == {}
    set_paying_account(programme_id=floor.programme.pk, name="Stad", iban=IBANS[1], by=floor.coordinator, at=OCTOBER)
    return made(floor)


def refusal(run: PaymentRun, by: Actor) -> tuple[str, object]:
    """Return why the approval is refused, and who can give it."""
    with pytest.raises(Refused) as caught:
        approve_payment_run(run=run, pay_on=PAY_ON, by=by, at=OCTOBER)
    return caught.value.reason.code, caught.value.reason.facts.get("who")


def test_who_signed_hours_does_not_approve_their_payment(floor: Floor) -> None:
    """A coordinator who signed for who follows the person is sent to a colleague by name; the colleague approves."""
    third = actor_for(make_user(Role.COORDINATOR, name="Cyriel", programme=floor.programme), MONTH)
    run = signed_by(floor, paid_learner(floor, "Mm", IBANS[0]), floor.mentor, floor.second)
    assert refusal(run, floor.second) == ("attendance.signer_does_not_approve", ("Cyriel",))
    assert refusal(run, floor.coordinator) == ("attendance.other_approves", ("Cyriel",))
    assert approve_payment_run(run=run, pay_on=PAY_ON, by=third, at=OCTOBER).state == RunState.APPROVED


def test_coordinator_who_signed_for_the_work_floor_counts_as_signer(floor: Floor) -> None:
    """Somebody who is the host's contact and a coordinator signs for the floor, and then pays nothing of it."""
    both = replace(floor.second, grants=(*floor.second.grants, Grant(Role.HOST, organisation_id=floor.host.pk)))
    run = signed_by(floor, paid_learner(floor, "Nn", IBANS[0]), both, floor.counsellor)
    assert run.lines.get().closing.first_side == "host"
    assert refusal(run, both) == ("attendance.nobody_left_to_approve", None)


def test_signer_can_make_the_list_that_another_approves(floor: Floor) -> None:
    """With two coordinators the one who signed says from which account and makes the list; the other, who did neither, approves it."""
    placement = paid_learner(floor, "Oo", IBANS[0])
    discard_payment_run(run=signed_by(floor, placement, floor.mentor, floor.second), by=floor.coordinator, at=OCTOBER)
    paid_from(floor, floor.second, "Stad Oostende")
    run = make_payment_run(programme_id=floor.programme.pk, month=MONTH, by=floor.second, at=OCTOBER)
    assert approve_payment_run(run=run, pay_on=PAY_ON, by=floor.coordinator, at=OCTOBER).approved_by == "Coen"


def test_database_keeps_a_signer_from_approving(floor: Floor) -> None:
    """Whatever the code does, the database does not let who signed hours approve their payment."""
    run = signed_by(floor, paid_learner(floor, "Pp", IBANS[0]), floor.mentor, floor.second)
    approval = {"state": "approved", "approved_user": floor.second.user_id, "approved_at": OCTOBER}
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentRun.objects.filter(pk=run.pk).update(**approval)
    assert PaymentRun.objects.get(pk=run.pk).state == "draft"


def counselling(floor: Floor, coordinator: Actor) -> Actor:
    """Return a coordinator who leads the team that follows the learners too, and so may fill in their account."""
    Referral.objects.update(counselling_organisation=floor.host)
    return replace(coordinator, grants=(*coordinator.grants, Grant(Role.TEAM_LEAD, organisation_id=floor.host.pk)))


def given_by_second(floor: Floor) -> PaymentRun:
    """Return the draft that pays a learner on an account that the second coordinator filled in."""
    placement = paid_learner(floor, "Qq")
    give_bank_account(person=placement.person, number=IBANS[0], by=counselling(floor, floor.second), at=OCTOBER)
    close(floor, placement)
    set_paying_account(programme_id=floor.programme.pk, name="Stad", iban=IBANS[1], by=floor.coordinator, at=OCTOBER)
    return made(floor)


def test_who_filled_in_an_account_does_not_approve_its_payment(floor: Floor) -> None:
    """Who said on which account is paid is sent to a colleague by name, also when the account is changed while the list waits."""
    third = actor_for(make_user(Role.COORDINATOR, name="Cyriel", programme=floor.programme), MONTH)
    run = given_by_second(floor)
    assert refusal(run, counselling(floor, floor.second)) == ("attendance.account_giver_does_not_approve", ("Cyriel",))
    give_bank_account(person=run.lines.get().placement.person, number=IBANS[1], by=counselling(floor, third), at=OCTOBER)
    assert refusal(run, counselling(floor, third)) == ("attendance.account_giver_does_not_approve", ("Cora",))
    assert approve_payment_run(run=run, pay_on=PAY_ON, by=floor.second, at=OCTOBER).state == RunState.APPROVED


def test_same_account_again_and_the_own_account_bar_nobody(floor: Floor) -> None:
    """The person's own account is theirs; who types the same number once more changed nothing."""
    placement = paid_learner(floor, "Rr")
    give_bank_account(person=placement.person, number=IBANS[0], by=themself(placement), at=OCTOBER)
    give_bank_account(person=placement.person, number=IBANS[0], by=counselling(floor, floor.second), at=OCTOBER)
    close(floor, placement)
    assert approved(floor, made(floor)).state == RunState.APPROVED


def test_without_another_coordinator_the_refusal_says_what_to_do(floor: Floor) -> None:
    """One made the list, the other filled in the account: nobody is left, and the words say so."""
    run = given_by_second(floor)
    assert refusal(run, floor.second) == ("attendance.nobody_left_to_approve", None)


def test_database_keeps_who_filled_in_an_account_from_approving(floor: Floor) -> None:
    """Whatever the code does, the database does not let the same person say where money goes and send it."""
    run = given_by_second(floor)
    with pytest.raises(DatabaseError, match="filled in an account"), transaction.atomic():
        PaymentRun.objects.filter(pk=run.pk).update(state="approved", approved_user=floor.second.user_id, approved_at=OCTOBER)
    assert PaymentRun.objects.get(pk=run.pk).state == "draft"


def paid_from(floor: Floor, by: Actor, name: str = "Stad", bic: str = "") -> None:
    """Let somebody say from which account the programme pays."""
    set_paying_account(programme_id=floor.programme.pk, name=name, iban=IBANS[1], bic=bic, by=by, at=OCTOBER)


def draft_of_one(floor: Floor) -> PaymentRun:
    """Return the draft that pays one learner, which the first coordinator made."""
    close(floor, paid_learner(floor, "Ss", IBANS[0]))
    return made(floor)


def test_who_filled_in_the_paying_account_does_not_approve(floor: Floor) -> None:
    """Who says from which account money goes does not send it: a colleague does, whom the refusal names."""
    third = actor_for(make_user(Role.COORDINATOR, name="Cyriel", programme=floor.programme), MONTH)
    run = draft_of_one(floor)
    paid_from(floor, floor.second)
    assert refusal(run, floor.second) == ("attendance.paying_account_giver_does_not_approve", ("Cyriel",))
    assert approve_payment_run(run=run, pay_on=PAY_ON, by=third, at=OCTOBER).approved_by == "Cyriel"


@pytest.mark.parametrize(("name", "bic"), [("Stad Oostende", ""), ("Stad", "GKCCBEBB")])
def test_who_changes_the_paying_account_while_a_list_waits_does_not_approve(floor: Floor, name: str, bic: str) -> None:
    """Another name or bank is a change too; the last who changed it counts, and nobody is left when the other one made the list."""
    paid_from(floor, floor.coordinator)
    run = draft_of_one(floor)
    paid_from(floor, floor.second, name, bic)
    assert refusal(run, floor.second) == ("attendance.nobody_left_to_approve", None)
    said = say(Reason("attendance.nobody_left_to_approve", {"by": "Coen"}))
    assert ("een rekening in waarnaar of waarvan ze betaalt" in said, "vraag de beheerder" in said) == (True, True)


def test_who_types_the_same_paying_account_again_changed_nothing(floor: Floor) -> None:
    """It stays the account of who filled it in, and the other coordinator approves."""
    paid_from(floor, floor.coordinator)
    run = draft_of_one(floor)
    paid_from(floor, floor.second)
    assert PayingAccount.objects.get().by_label == "Coen"
    assert approve_payment_run(run=run, pay_on=PAY_ON, by=floor.second, at=OCTOBER).state == RunState.APPROVED


def test_database_keeps_who_filled_in_the_paying_account_from_approving(floor: Floor) -> None:
    """Whatever the code does, the database does not let the same person say where money comes from and send it."""
    run = draft_of_one(floor)
    paid_from(floor, floor.second)
    with pytest.raises(DatabaseError, match="the account that pays"), transaction.atomic():
        PaymentRun.objects.filter(pk=run.pk).update(state="approved", approved_user=floor.second.user_id, approved_at=OCTOBER)
    assert PaymentRun.objects.get(pk=run.pk).state == "draft"


def test_transfer_pays_each_person_the_sum_of_their_lines(floor: Floor) -> None:
    """The bank's file says who gets what on which day; both files come out as they were written at approval."""
    close(floor, paid_learner(floor, "Gëërts & Co", IBANS[0]), paid_learner(floor, "Hh", IBANS[1]))
    run = approved(floor, made(floor))
    sepa = export_payment_run(run=run, kind="sepa", by=floor.second, at=OCTOBER)
    root = ET.fromstring(sepa)  # noqa: S314 - our own file
    space = "{urn:iso:std:iso:20022:tech:xsd:pain.001.001.09}"
    amounts = [(node.find(f".//{space}InstdAmt"), node.find(f"{space}Cdtr/{space}Nm")) for node in root.iter(f"{space}CdtTrfTxInf")]
    assert sorted((name.text, amount.text) for amount, name in amounts if amount is not None and name is not None) == [
        ("Noor Geerts Co", "41.60"),
        ("Noor Hh", "41.60"),
    ]
    assert [node.text for node in root.iter(f"{space}CtrlSum")] == ["83.20", "83.20"]
    table = export_payment_run(run=run, kind="csv", by=floor.second, at=OCTOBER).splitlines()
    assert (len(table), table[1].split(";")[1:9]) == (3, [IBANS[0], "2023-09", "vergoeding", "32,00", "4", "0,00", "1,30", "41,60"])
    assert PaymentRun.objects.get().state == RunState.EXPORTED


def test_approved_list_stays_and_draft_can_go(floor: Floor) -> None:
    """A draft frees its months; an approved list is not thrown away, not even in the database."""
    close(floor, paid_learner(floor, "Ii", IBANS[0]))
    discard_payment_run(run=made(floor), by=floor.coordinator, at=OCTOBER)
    run = approved(floor, made(floor))
    with pytest.raises(Refused):
        discard_payment_run(run=run, by=floor.second, at=OCTOBER)
    for change in (lambda: PaymentRun.objects.update(total=0), lambda: PaymentLine.objects.update(amount=0)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


@pytest.mark.parametrize("number", ["BE71096123456760", "niet", "BE7109612345676"])
def test_account_with_a_mistake_is_refused(floor: Floor, number: str) -> None:
    """One wrong digit is found before the bank finds it."""
    placement = floor.learner("Jj")
    with pytest.raises(Refused) as caught:
        give_bank_account(person=placement.person, number=number, by=themself(placement), at=OCTOBER)
    assert caught.value.reason.code == "attendance.account_with_mistake"


def test_account_is_given_by_the_person_or_who_follows_them(floor: Floor) -> None:
    """A mentor, a coordinator or another person does not touch it."""
    placement, other = floor.learner("Kk"), floor.learner("Ll")
    for by in (floor.mentor, floor.coordinator, themself(other)):
        with pytest.raises(Refused):
            give_bank_account(person=placement.person, number=IBANS[0], by=by, at=OCTOBER)
    assert (
        give_bank_account(person=placement.person, number="be71 0961 2345 6769", by=themself(placement), at=OCTOBER).bank_account
        == IBANS[0]
    )


def test_changed_account_is_told_to_the_person(floor: Floor) -> None:
    """The first number that the person gives says nothing; a later one, or one by somebody else, is told without the number."""
    placement = floor.learner("Yy", facts={"email": "yy@example.be"})
    me, found = themself(placement), []
    for by, number in ((me, IBANS[0]), (me, IBANS[0]), (floor.counsellor, IBANS[1])):
        give_bank_account(person=placement.person, number=number, by=by, at=OCTOBER)
        found.append(Message.objects.filter(code="message.account", person_id=placement.person_id).count())
    assert (found, Message.objects.get().facts) == ([0, 0, 1], {"on": "2023-10-02"})


def test_approved_list_keeps_its_lines_and_never_goes_back(floor: Floor) -> None:
    """The database refuses to remove a paid line, to add one, and to make a list a draft again: nothing is paid twice."""
    close(floor, paid_learner(floor, "Zz", IBANS[0]))
    run = approved(floor, made(floor))
    line = PaymentLine.objects.filter(run=run)
    more = line.get(covers="allowance")
    more.pk, more._state.adding, more.rate_id = uuid4(), True, "another"
    changes = (line.delete, more.save, lambda: PaymentRun.objects.filter(pk=run.pk).update(state="draft"))
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert PaymentRun.objects.get(pk=run.pk).state == "approved"


def travelled(floor: Floor, *, is_known: bool) -> Placement:
    """Return a learner with an account and four Mondays, 1,11 kilometres from the work floor as the crow flies."""
    Site.objects.filter(pk=floor.place.site_id).update(longitude=2.92, latitude=51.22)
    placement = paid_learner(floor, "Reiziger", IBANS[0])
    if is_known:
        Person.objects.filter(pk=placement.person_id).update(longitude=2.92, latitude=51.21)
    return placement


def test_way_that_becomes_known_later_is_still_paid(floor: Floor) -> None:
    """Hours were paid while nobody knew the home on the map: the next list pays the way, and the one after that nothing."""
    placement = travelled(floor, is_known=False)
    close(floor, placement)
    first = approved(floor, made(floor))
    Person.objects.filter(pk=placement.person_id).update(longitude=2.92, latitude=51.21)
    second = approved(floor, made(floor))
    kinds = [list(run.lines.values_list("covers", "amount")) for run in (first, second)]
    with pytest.raises(Refused) as caught:
        made(floor)
    assert kinds == [[("allowance", Decimal("41.60"))], [("travel", Decimal("1.74"))]]
    assert caught.value.reason.code == "attendance.nobody_to_pay"


def test_correction_goes_by_the_way_that_was_paid(floor: Floor) -> None:
    """Who moved since does not pay back more than one day of what was paid for the old home."""
    placement = travelled(floor, is_known=True)
    close(floor, placement)
    approved(floor, made(floor))
    Person.objects.filter(pk=placement.person_id).update(longitude=3.2, latitude=51.0)
    day = Day.objects.get(placement=placement, on=MONDAYS[0])
    correct_day(day_id=day.pk, state=DayState.ABSENT, hours=None, reason="vergist", by=floor.mentor, at=OCTOBER)
    close(floor, placement)
    back = payables(floor.programme.pk, MONTH)[0].months[0].lines
    assert [(line.covers, line.amount) for line in back] == [("allowance", Decimal("-10.40")), ("travel", Decimal("-0.44"))]
