"""A programme sets the numbers of the rules itself, within what is sane; another programme keeps the product's own."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.factories import make_actor, make_programme
from tests.journey.attendance.floor import Floor, at, make_floor

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.programmes.models import Programme
from opstap.journey.followup.enums import RANGES, Rule, rules_on
from opstap.journey.followup.models import RuleNumber, Task
from opstap.journey.followup.operations import open_tasks, set_rule_numbers
from opstap.journey.followup.queries import own_rules, rules_for, rules_in_words
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
DAY = date(2023, 10, 16)
QUIET = {(Rule.NO_CONTACT, "days"): 20, (Rule.NO_CONTACT, "due"): 2}


def programme_of(floor: Floor) -> Programme:
    """Return the programme in which the learners of the floor are."""
    return floor.place.programme


def test_own_number_opens_a_task_that_the_products_own_does_not() -> None:
    """After 25 days without contact a programme with 20 has a task, due in two days; a second night changes nothing."""
    floor = make_floor()
    floor.learner()
    Referral.objects.update(last_contact_at=at(date(2023, 9, 21)))
    before = open_tasks(by=SYSTEM, at=at(DAY, 3)).opened
    set_rule_numbers(programme=programme_of(floor), numbers=QUIET, by=floor.coordinator, at=at(DAY))
    after, again = open_tasks(by=SYSTEM, at=at(DAY, 4)).opened, open_tasks(by=SYSTEM, at=at(DAY, 5))
    assert (before, after, again.opened, again.closed) == (0, 1, 0, 0)
    assert list(Task.objects.values_list("rule", "due_on")) == [("no_contact", date(2023, 10, 18))]


def test_number_of_another_programme_changes_nothing_here() -> None:
    """The people of one programme are called by its own number, however careful the other is."""
    floor, other = make_floor(), make_programme()
    floor.learner()
    Referral.objects.update(last_contact_at=at(date(2023, 9, 21)))
    set_rule_numbers(programme=other, numbers=QUIET, by=SYSTEM, at=at(DAY))
    assert open_tasks(by=SYSTEM, at=at(DAY, 4)).opened == 0
    assert (rules_for(other.pk, DAY)[Rule.NO_CONTACT]["days"], rules_for(programme_of(floor).pk, DAY)) == (20, rules_on(DAY))


def test_task_closes_when_its_number_is_made_milder() -> None:
    """What was a cause with twenty days is none with sixty: the night closes the task."""
    floor = make_floor()
    floor.learner()
    Referral.objects.update(last_contact_at=at(date(2023, 9, 21)))
    set_rule_numbers(programme=programme_of(floor), numbers=QUIET, by=floor.coordinator, at=at(DAY, 2))
    open_tasks(by=SYSTEM, at=at(DAY, 3))
    set_rule_numbers(programme=programme_of(floor), numbers={(Rule.NO_CONTACT, "days"): 60}, by=floor.coordinator, at=at(DAY, 4))
    assert open_tasks(by=SYSTEM, at=at(DAY, 5)).closed == 1


def test_rule_reads_with_the_programmes_number_and_is_confirmed_by_it() -> None:
    """Staff and the person read twenty days; one number that nobody confirmed yet keeps the rule unconfirmed."""
    programme = make_programme()
    set_rule_numbers(programme=programme, numbers=QUIET, by=SYSTEM, at=at(DAY))
    found = {
        terms.rule: (staff.facts["days"], person.facts["days"], terms.is_confirmed)
        for terms, staff, person in rules_in_words(programme.pk, DAY)
        if "days" in staff.facts
    }
    assert (found[Rule.NO_CONTACT], found[Rule.AGREEMENT_ENDING][2]) == ((20, 20, True), False)


def test_only_the_own_coordinator_sets_numbers() -> None:
    """A coordinator of another programme, a counsellor and a host are refused, and nothing is set."""
    floor = make_floor()
    elsewhere = make_actor(Role.COORDINATOR, programme=make_programme())
    refused = []
    for actor in (elsewhere, floor.counsellor, floor.contact):
        with pytest.raises(Refused) as refusal:
            set_rule_numbers(programme=programme_of(floor), numbers=QUIET, by=actor, at=at(DAY))
        refused.append(refusal.value.reason.code)
    assert (refused, RuleNumber.objects.count(), own_rules(DAY)) == (["followup.may_not_set_numbers"] * 3, 0, {})


@pytest.mark.parametrize("value", [13, 121])
def test_number_outside_what_is_sane_sets_nothing(value: int) -> None:
    """Below the least or above the most the whole form is refused, with both numbers in the reason."""
    programme = make_programme()
    with pytest.raises(Refused) as refused:
        set_rule_numbers(
            programme=programme, numbers={(Rule.NO_CONTACT, "due"): 5, (Rule.NO_CONTACT, "days"): value}, by=SYSTEM, at=at(DAY)
        )
    facts = refused.value.reason.facts
    assert (refused.value.reason.code, facts["least"], facts["most"], RuleNumber.objects.count()) == (
        "followup.number_out_of_range",
        14,
        120,
        0,
    )


def test_change_is_kept_with_before_and_after() -> None:
    """Who set what is an audit row; the same again is no news; a row cannot be changed behind its back."""
    programme = make_programme()
    for _ in range(2):
        set_rule_numbers(programme=programme, numbers={(Rule.NO_CONTACT, "days"): 20}, by=SYSTEM, at=at(DAY))
    rows = AuditEntry.objects.filter(action="set_rule_numbers").order_by("id").values_list("facts", flat=True)
    assert list(rows) == [{"before": {"no_contact.days": 42}, "after": {"no_contact.days": 20}}, {"before": {}, "after": {}}]
    assert RuleNumber.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleNumber.objects.update(value=30)


def test_every_number_of_every_rule_has_a_range_around_it() -> None:
    """What comes with the product is sane by its own measure, and there is no range for a number that no rule has."""
    for rule, terms in rules_on(DAY).items():
        outside = [name for name, value in terms.facts.items() if not RANGES[rule][name][0] <= value <= RANGES[rule][name][1]]
        assert (set(RANGES[rule]), outside) == (set(terms.facts), [])
