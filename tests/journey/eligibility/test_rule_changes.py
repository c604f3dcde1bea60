"""A number of the rules changes only through two people, after a rehearsal, from a date on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.journey.eligibility.cases import AT, ON, acting, make_organisation, make_programme, make_referral, make_user, stage_of

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role, system_actor
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.assembly import parameter_in, rehearsal_of, rule_book
from opstap.journey.eligibility.models import Decision, RuleChange
from opstap.journey.eligibility.operations import (
    approve_rule_change,
    decide_caseload,
    propose_rule_change,
    rehearse_rule_change,
    withdraw_rule_change,
)
from opstap.journey.eligibility.queries import rule_change_for, rule_changes

pytestmark = pytest.mark.django_db
MACHINE = system_actor("test")
FROM = date(2023, 10, 1)


@pytest.fixture
def programme() -> Programme:
    """A programme with two instruments."""
    return make_programme()


@pytest.fixture
def coordinator(programme: Programme) -> Actor:
    """Who proposes."""
    return acting(make_user("coordinator", Role.COORDINATOR, programme=programme))


@pytest.fixture
def lead(programme: Programme) -> Actor:
    """Who approves: team lead of an organisation that takes part."""
    return acting(make_user("lead", Role.TEAM_LEAD, organisation=make_organisation("Glow", programme)))


def propose(programme: Programme, by: Actor, **other: Any) -> RuleChange:  # noqa: ANN401 - any argument of the operation
    """Propose that 12 months of registration are enough from October on."""
    wanted = {
        "parameter": "registered_months_minimum",
        "value": 12,
        "effective_from": FROM,
        "source": "Besluit van de stuurgroep",
        "confidence": "M",
        "motivation": "Meer mensen sneller laten starten.",
    } | other
    return propose_rule_change(programme=programme, by=by, at=AT, **wanted)


def test_change_goes_from_proposal_to_force(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """Proposed, rehearsed, approved by a second person: from its day on people are decided by it, before it they are not."""
    helped = make_referral(programme, registered_since=date(2022, 8, 1))
    already = make_referral(programme)
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    change = rehearse_rule_change(change=propose(programme, coordinator), by=coordinator, at=AT)
    rehearsal = rehearsal_of(change)
    assert rehearsal is not None
    assert (rehearsal.gains, rehearsal.loses, rehearsal.becomes_unknown, rehearsal.unchanged) == (1, 0, 0, 3)
    (example,) = rehearsal.examples
    assert (example.person, example.before.answer, example.after.answer) == (str(helped.pk), "no", "yes")
    assert parameter_in(rule_book(programme), "registered_months_minimum").value(FROM) == 24
    approve_rule_change(change=change, by=lead, at=AT)
    assert [parameter_in(rule_book(programme), "registered_months_minimum").value(day) for day in (date(2023, 9, 30), FROM)] == [24, 12]
    decide_caseload(programme=programme, on=date(2023, 9, 30), by=MACHINE, at=AT)
    assert (stage_of(helped.pk), stage_of(already.pk)) == ("not_eligible", "eligible")
    decide_caseload(programme=programme, on=FROM, by=MACHINE, at=AT)
    assert (stage_of(helped.pk), stage_of(already.pk)) == ("eligible", "eligible")


def test_change_makes_decisions_expire_on_its_day(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """A decision made after the approval knows the day on which the rules change it."""
    make_referral(programme, registered_since=date(2022, 8, 1))
    change = rehearse_rule_change(change=propose(programme, coordinator), by=coordinator, at=AT)
    approve_rule_change(change=change, by=lead, at=AT)
    decide_caseload(programme=programme, on=ON, by=MACHINE, at=AT)
    assert Decision.objects.get(instrument="work_learning_place").expires_on == FROM


def test_change_of_one_programme_leaves_another_alone(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """A programme's numbers are its own."""
    change = rehearse_rule_change(change=propose(programme, coordinator), by=coordinator, at=AT)
    approve_rule_change(change=change, by=lead, at=AT)
    other = make_programme("Ander")
    assert parameter_in(rule_book(other), "registered_months_minimum").value(FROM) == 24


def test_programme_region_is_a_parameter(programme: Programme) -> None:
    """The municipalities of the programme are the region of its rules; the same region gives the same book."""
    other = make_programme("Brugge")
    assert rule_book(other).version == rule_book(programme).version
    other.municipalities = ["Brugge"]
    assert parameter_in(rule_book(other), "region").value(ON) == ("Brugge",)
    assert rule_book(other).version != rule_book(programme).version


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"effective_from": date(2023, 8, 31)}, "decisions.effective_day_passed"),
        ({"source": " "}, "decisions.rule_change_needs_source"),
        ({"motivation": "zomaar"}, "decisions.rule_change_needs_source"),
        ({"value": 24}, "decisions.value_unchanged"),
        ({"value": "veel"}, "eligibility.parameter_wrong_kind"),
        ({"parameter": "shoe_size"}, "eligibility.parameter_unknown"),
    ],
)
def test_proposal_that_cannot_be_is_refused(programme: Programme, coordinator: Actor, wanted: dict[str, Any], code: str) -> None:
    """Nothing is stored, and the reason says what is wrong."""
    with pytest.raises(Refused) as refused:
        propose(programme, coordinator, **wanted)
    assert refused.value.reason.code == code
    assert RuleChange.objects.count() == 0


def test_proposer_never_approves(programme: Programme, lead: Actor) -> None:
    """Somebody who holds both roles still needs a colleague; the database is the last guard."""
    both = make_user("both", Role.COORDINATOR, programme=programme)
    both.grants.create(role=Role.ADMINISTRATOR.value, starts_on=date(2020, 1, 1))
    change = rehearse_rule_change(change=propose(programme, acting(both)), by=acting(both), at=AT)
    with pytest.raises(Refused) as refused:
        approve_rule_change(change=change, by=acting(both), at=AT)
    assert refused.value.reason.code == "decisions.proposer_cannot_approve"
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleChange.objects.filter(pk=change.pk).update(approved_by=both, approved_at=AT)
    assert approve_rule_change(change=change, by=lead, at=AT).approved_at == AT


def test_approval_needs_a_rehearsal_on_the_present_rules(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """Unrehearsed, or rehearsed before another change was approved: rehearse first."""
    change = propose(programme, coordinator)
    other = rehearse_rule_change(change=propose(programme, coordinator, value=18), by=coordinator, at=AT)
    with pytest.raises(Refused) as refused:
        approve_rule_change(change=change, by=lead, at=AT)
    assert refused.value.reason.code == "decisions.rehearse_first"
    change = rehearse_rule_change(change=change, by=coordinator, at=AT)
    approve_rule_change(change=other, by=lead, at=AT)
    with pytest.raises(Refused) as refused:
        approve_rule_change(change=change, by=lead, at=AT)
    assert refused.value.reason.code == "decisions.rehearsal_outdated"


def test_approval_by_others_is_refused(programme: Programme, coordinator: Actor) -> None:
    """A coordinator colleague and a team lead of an organisation outside the programme cannot approve; an administrator can."""
    change = rehearse_rule_change(change=propose(programme, coordinator), by=coordinator, at=AT)
    colleague = acting(make_user("colleague", Role.COORDINATOR, programme=programme))
    outsider = acting(make_user("outsider", Role.TEAM_LEAD, organisation=make_organisation("Elders")))
    for actor in (colleague, outsider):
        with pytest.raises(Refused) as refused:
            approve_rule_change(change=change, by=actor, at=AT)
        assert refused.value.reason.code == "decisions.may_not_approve"
    approve_rule_change(change=change, by=acting(make_user("administrator", Role.ADMINISTRATOR)), at=AT)


def test_approval_for_today_decides_again_at_once(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """A change from today on puts the job in the queue in the same transaction."""
    change = rehearse_rule_change(change=propose(programme, coordinator, effective_from=ON), by=coordinator, at=AT)
    approve_rule_change(change=change, by=lead, at=AT)
    assert ProcrastinateJob.objects.get().args == {"programme_id": str(programme.pk)}


def test_withdrawn_change_changes_nothing(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """Until its day an approved change can be taken back; it stays readable. Once in force it cannot."""
    change = rehearse_rule_change(change=propose(programme, coordinator), by=coordinator, at=AT)
    change = approve_rule_change(change=change, by=lead, at=AT)
    withdraw_rule_change(change=change, by=lead, at=AT)
    assert parameter_in(rule_book(programme), "registered_months_minimum").value(FROM) == 24
    today = rehearse_rule_change(change=propose(programme, coordinator, effective_from=ON), by=coordinator, at=AT)
    approve_rule_change(change=today, by=lead, at=AT)
    with pytest.raises(Refused) as refused:
        withdraw_rule_change(change=today, by=lead, at=AT)
    assert refused.value.reason.code == "decisions.rule_in_force"


def test_rule_changes_are_seen_by_those_who_have_a_say(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """A counsellor, a host and a coordinator elsewhere see none."""
    change = propose(programme, coordinator)
    for actor in (coordinator, lead, acting(make_user("auditor", Role.AUDITOR))):
        assert rule_changes(actor, programme) == [change]
        assert rule_change_for(actor, change.pk) == change
    for name, role in (("a", Role.COUNSELLOR), ("b", Role.HOST)):
        stranger = acting(make_user(name, role, organisation=make_organisation(name, programme)))
        assert rule_changes(stranger, programme) == []
        assert rule_change_for(stranger, change.pk) is None


def test_proposing_needs_a_coordinator_of_the_programme(programme: Programme, lead: Actor) -> None:
    """Neither a team lead nor the product itself proposes."""
    for actor in (lead, MACHINE):
        with pytest.raises(Refused):
            propose(programme, actor)


def test_two_approvals_for_today_both_count(programme: Programme, coordinator: Actor, lead: Actor) -> None:
    """A second change is approved while the worker has not come to the first: both are in force, deciding again is asked for twice."""
    for parameter, value in (("registered_months_minimum", 12), ("internship_months_maximum", 3)):
        change = propose(programme, coordinator, parameter=parameter, value=value, effective_from=ON)
        rehearse_rule_change(change=change, by=lead, at=AT)
        approve_rule_change(change=change, by=lead, at=AT)
    assert RuleChange.objects.filter(approved_at__isnull=False).count() == 2
    assert ProcrastinateJob.objects.filter(task_name="eligibility.redecide").count() == 2
