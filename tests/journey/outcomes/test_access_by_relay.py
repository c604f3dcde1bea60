"""What accepting a relay opens: as much of the file as was said before, for as long, beside everybody who follows already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest
import time_machine
from pytest_django import Settings
from tests.journey.agreements.signed import counsellor_of
from tests.journey.eligibility.cases import acting, make_organisation, make_user
from tests.journey.matching.rounds import SYSTEM
from tests.journey.outcomes.ended import THEN, end, make_running, make_written

from opstap.engine.shared import Refused
from opstap.foundation.access.models import RoleGrant, User
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Organisation
from opstap.journey.followup.models import Task
from opstap.journey.followup.operations import open_tasks
from opstap.journey.followup.queries import visible_tasks
from opstap.journey.outcomes.models import Ending, Relay
from opstap.journey.outcomes.operations import (
    Access,
    accept_relay,
    decline_relay,
    escalate_relays,
    offer_relay,
    withdraw_relay,
)
from opstap.journey.outcomes.queries import relay_for
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Assignment, Referral
from opstap.journey.referrals.operations import assign, end_assignment
from opstap.journey.referrals.queries import followed_referral, shared_referral

pytestmark = pytest.mark.django_db
DAY = THEN.date()


@pytest.fixture(autouse=True)
def _stand_still(settings: Settings) -> Iterator[None]:
    """Let it be the day on which the work ends."""
    settings.FIXED_TODAY = None
    with time_machine.travel(THEN, tick=False):
        yield


class Offered(NamedTuple):
    """A relay that waits for a counsellor of another organisation."""

    relay: Relay
    ending: Ending
    recipient: User
    elsewhere: Organisation


def make_offer(access: Access | None, role: Role = Role.COUNSELLOR) -> Offered:
    """Return a relay offered to somebody of another organisation, with what it opens."""
    ending = end(make_running())
    elsewhere = make_organisation("Ginder")
    recipient = make_user("Karim", role, organisation=elsewhere)
    relay = offer_relay(relay=make_written(ending), to=recipient, access=access, by=counsellor_of(ending.placement), at=THEN)
    return Offered(relay, ending, recipient, elsewhere)


def accept(offered: Offered) -> Relay:
    """Let the recipient say yes."""
    return accept_relay(relay=offered.relay, by=acting(offered.recipient), at=THEN)


@pytest.mark.parametrize("scope", list(Scope))
def test_yes_opens_what_was_said_and_nothing_before(scope: Scope) -> None:
    """Before the yes the recipient reaches nothing of the file; after it exactly the scope, from that day for the months said."""
    offered = make_offer(Access(scope, 3))
    them, referral_id = acting(offered.recipient), offered.ending.referral_id
    before = shared_referral(them, referral_id)
    accept(offered)
    after = shared_referral(them, referral_id)
    row = Assignment.objects.get(user=offered.recipient)
    expected = frozenset(Scope) if scope is Scope.FULL else frozenset({scope})
    assert (before, after and after[1], followed_referral(them, referral_id) is not None) == (None, expected, scope is Scope.FULL)
    assert (row.from_on, row.until_on, row.organisation_id, row.reason) == (
        date(2023, 12, 1), date(2024, 3, 1), offered.elsewhere.pk, "outcomes.by_relay",
    )  # fmt: skip


def test_page_alone_opens_nothing() -> None:
    """A relay without access is taken on, and the file stays shut."""
    offered = make_offer(None)
    row = accept(offered)
    assert (row.state, row.assignment, shared_referral(acting(offered.recipient), offered.ending.referral_id)) == ("accepted", None, None)


def test_no_opens_nothing() -> None:
    """Who sends it back reaches nothing."""
    offered = make_offer(Access())
    decline_relay(relay=offered.relay, words="Geen plaats.", by=acting(offered.recipient), at=THEN)
    assert shared_referral(acting(offered.recipient), offered.ending.referral_id) is None


def test_access_ends_by_itself_with_the_page() -> None:
    """On the day after the last one the recipient reaches neither the file nor the relay; the day before they reach both."""
    offered = make_offer(Access(Scope.FULL, 3))
    accept(offered)
    them, seen = acting(offered.recipient), []
    for on in (date(2024, 2, 29), date(2024, 3, 1)):
        with time_machine.travel(on, tick=False):
            seen.append((followed_referral(them, offered.ending.referral_id) is not None, relay_for(them, offered.relay.pk) is not None))
    assert seen == [(True, True), (False, False)]


def test_ended_assignment_closes_the_page_too() -> None:
    """The own counsellor ends the assignment: the recipient reads nothing any more, the row stays."""
    offered = make_offer(Access())
    given = accept(offered).assignment
    assert given is not None
    end_assignment(assignment=given, on=DAY, by=counsellor_of(offered.ending.placement), at=THEN)
    them = acting(offered.recipient)
    assert (relay_for(them, offered.relay.pk), followed_referral(them, offered.ending.referral_id)) == (None, None)
    assert Assignment.objects.filter(pk=given.pk).exists()


def test_taking_on_erases_nobody() -> None:
    """The counsellor and who was assigned before keep what they have, to the day."""
    offered = make_offer(Access())
    referral = Referral.objects.get(pk=offered.ending.referral_id)
    third = make_user("Derde", Role.COUNSELLOR, organisation=make_organisation("Derde huis"))
    grant = RoleGrant.objects.get(user=third)
    assign(
        referral=referral, organisation=Organisation.objects.get(pk=grant.organisation_id), user=third, scope=Scope.PLAN, from_on=DAY,
        until_on=None, reason="plan", by=counsellor_of(offered.ending.placement), at=THEN,
    )  # fmt: skip
    before = list(Assignment.objects.values_list("pk", "until_on"))
    accept(offered)
    kept = list(Assignment.objects.exclude(user=offered.recipient).values_list("pk", "until_on"))
    referral.refresh_from_db()
    assert (kept, referral.counsellor) == (before, offered.ending.referral.counsellor)


def test_team_lead_takes_on_for_the_organisation() -> None:
    """A lead has the people divided: the assignment is the organisation's, so that its counsellors reach the file."""
    offered = make_offer(Access(), Role.TEAM_LEAD)
    colleague = make_user("Els", Role.COUNSELLOR, organisation=offered.elsewhere)
    row = accept(offered)
    assert row.assignment is not None
    reached = [followed_referral(acting(user), offered.ending.referral_id) is not None for user in (offered.recipient, colleague)]
    assert (row.assignment.user, reached) == (None, [True, True])


def test_who_has_it_already_gets_no_second_one() -> None:
    """An assignment that holds is not given again; accepting works."""
    offered = make_offer(Access())
    first = assign(
        referral=offered.ending.referral, organisation=offered.elsewhere, user=offered.recipient, scope=Scope.FULL, from_on=DAY,
        until_on=None, reason="samen", by=counsellor_of(offered.ending.placement), at=THEN,
    )  # fmt: skip
    row = accept(offered)
    assert (row.state, list(Assignment.objects.filter(is_main=False))) == ("accepted", [first])


def shared(offered: Offered, until_on: date | None, *, whole_house: bool = False) -> Assignment:
    """Return the whole file as the counsellor shared it with the recipient (or all of their house) before."""
    return assign(
        referral=offered.ending.referral, organisation=offered.elsewhere, user=None if whole_house else offered.recipient,
        scope=Scope.FULL, from_on=DAY, until_on=until_on, reason="samen", by=counsellor_of(offered.ending.placement), at=THEN,
    )  # fmt: skip


@pytest.mark.parametrize(("whole_house", "starts"), [(False, date(2023, 12, 15)), (True, DAY)])
def test_access_that_ends_sooner_goes_on_as_long_as_was_said(whole_house: bool, starts: date) -> None:  # noqa: FBT001 - a case
    """Who has the whole file until the fifteenth has it three months after the yes; then file and page close together."""
    offered = make_offer(Access(Scope.FULL, 3))
    first = shared(offered, date(2023, 12, 15), whole_house=whole_house)
    row, them, seen = accept(offered), acting(offered.recipient), []
    for on in (date(2023, 12, 20), date(2024, 3, 1)):
        with time_machine.travel(on, tick=False):
            seen.append((followed_referral(them, offered.ending.referral_id) is not None, relay_for(them, offered.relay.pk) is not None))
    assert row.assignment is not None
    assert (row.assignment.from_on, row.assignment.until_on, seen) == (starts, date(2024, 3, 1), [(True, True), (False, False)])
    first.refresh_from_db()
    assert first.until_on == date(2023, 12, 15)


@pytest.mark.parametrize("whole_house", [True, False])
def test_page_closes_with_the_access_that_was_there(whole_house: bool) -> None:  # noqa: FBT001 - a case
    """Who has the file for longer than was said keeps that, and reads the page until that ends."""
    offered = make_offer(Access(Scope.FULL, 3))
    longer = shared(offered, date(2024, 6, 1), whole_house=whole_house)
    row, them, seen = accept(offered), acting(offered.recipient), []
    for on in (date(2024, 5, 31), date(2024, 6, 1)):
        with time_machine.travel(on, tick=False):
            seen.append(relay_for(them, offered.relay.pk) is not None)
    assert (row.assignment, seen) == (longer, [True, False])


def test_who_was_assigned_does_not_give_the_file_on() -> None:
    """Somebody who got the file by a relay can hand over the page, never the file itself."""
    offered = make_offer(Access())
    accept(offered)
    by = acting(offered.recipient)
    relay = make_written_by(offered)
    other = make_user("Lies", Role.COUNSELLOR, organisation=make_organisation("Elders"))
    with pytest.raises(Refused) as refused:
        offer_relay(relay=relay, to=other, access=Access(), by=by, at=THEN)
    assert refused.value.reason.code == "outcomes.may_not_give_access"


def make_written_by(offered: Offered) -> Relay:
    """Return a second relay of the same person, written by who took them on."""
    return make_written(offered.ending)


@pytest.mark.parametrize(
    ("access", "in_organisation", "is_closed", "code"),
    [
        (Access(Scope.FULL, 7), True, False, "outcomes.access_must_end"),
        (Access(), False, False, "outcomes.recipient_without_organisation"),
        (Access(), True, True, "outcomes.access_to_closed"),
    ],
)
def test_access_that_cannot_be_given_is_refused(access: Access, in_organisation: bool, is_closed: bool, code: str) -> None:  # noqa: FBT001 - cases
    """Without a usual end, to somebody of no organisation, or to a closed file: refused with the reason, nothing offered."""
    ending = end(make_running())
    relay = make_written(ending)
    if is_closed:
        Referral.objects.update(stage="closed")
    to = make_user("Karim", Role.COUNSELLOR, organisation=make_organisation("Ginder") if in_organisation else None)
    with pytest.raises(Refused) as refused:
        offer_relay(relay=relay, to=to, access=access, by=counsellor_of(ending.placement), at=THEN)
    assert (refused.value.reason.code, Relay.objects.get().state) == (code, "draft")


def escalate() -> Task:
    """Return the task that the day after the last one opens."""
    escalate_relays(by=SYSTEM, at=THEN + timedelta(days=11))
    return Task.objects.get(rule="relay_late")


def test_unanswered_relay_becomes_a_task_of_the_team_lead() -> None:
    """One task with the team lead as owner and a day three days on; a second night opens no second one."""
    offered = make_offer(None)
    organisation = offered.ending.referral.counselling_organisation
    assert organisation is not None
    lead = make_user("Baas", Role.TEAM_LEAD, organisation=organisation)
    task = escalate()
    escalate_relays(by=SYSTEM, at=THEN + timedelta(days=12))
    assert (task.owner, task.due_on, Task.objects.filter(rule="relay_late").count()) == (lead, date(2023, 12, 15), 1)
    assert task.facts == {"recipient": "Karim", "until": "2023-12-11"}


def test_without_a_team_lead_a_coordinator_has_the_task() -> None:
    """The coordinator of this programme owns it and sees it; one of another programme does not."""
    offered = make_offer(None)
    programme = offered.ending.referral.programme
    own = make_user("Hier", Role.COORDINATOR, programme=programme)
    second = make_user("Ook hier", Role.COORDINATOR, programme=programme)
    task = escalate()
    seen = [list(visible_tasks(acting(user)).filter(rule="relay_late")) for user in (own, second)]
    assert (task.owner, seen) == (own, [[task], []])


@pytest.mark.parametrize("way", ["accept", "decline", "withdraw", "again"])
def test_answer_closes_the_task(way: str) -> None:
    """A yes, a no, taking it back or somebody else: what the task was for is gone."""
    offered = make_offer(None)
    task = escalate()
    relay, at = Relay.objects.get(), THEN + timedelta(days=12)
    by, them = counsellor_of(offered.ending.placement), acting(offered.recipient)
    if way == "accept":
        accept_relay(relay=relay, by=them, at=at)
    elif way == "decline":
        decline_relay(relay=relay, words="Geen plaats.", by=them, at=at)
    elif way == "withdraw":
        withdraw_relay(relay=relay, by=by, at=at)
    else:
        offer_relay(relay=relay, to=make_user("Lies", Role.COUNSELLOR), by=by, at=at)
    task.refresh_from_db()
    assert (task.state, task.end_reason) == ("done", "cause_gone")


def test_own_night_of_rules_leaves_the_task_alone() -> None:
    """The rules that look for causes at night do not close what a relay asked for."""
    make_offer(None)
    task = escalate()
    open_tasks(by=SYSTEM, at=THEN + timedelta(days=12))
    task.refresh_from_db()
    assert task.state == "open"
