"""Several follow somebody, each as far as was given and from a day until another; a new one never erases the old one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.factories import DAY, NOW, make_actor, make_organisation, make_person, make_programme, make_referral, make_user

from opstap.engine.shared import Refused
from opstap.foundation.access.models import User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Organisation
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Assignment, Referral
from opstap.journey.referrals.operations import assign, assign_counsellor, end_assignment
from opstap.journey.referrals.permissions import may_follow, may_see_hours, may_see_plan, may_share
from opstap.journey.referrals.queries import followed_referral, followed_referrals, referrals_in_scope, shared_referral, visible_referrals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """Every question is asked on the same day."""
    settings.FIXED_TODAY = DAY


class Case:
    """A counsellor's person, and another organisation with a counsellor."""

    def __init__(self) -> None:
        self.own, self.other = make_organisation(), make_organisation()
        self.counsellor = make_user(Role.COUNSELLOR, organisation=self.own)
        self.partner = make_user(Role.COUNSELLOR, organisation=self.other)
        self.referral: Referral = make_referral(make_person(), make_programme(), counsellor=self.counsellor, organisation=self.own)
        self.actor, self.partner_actor = actor_for(self.counsellor, DAY), actor_for(self.partner, DAY)

    def give(
        self, scope: Scope = Scope.FULL, *, user: User | None = None, until: date | None = None, organisation: Organisation | None = None
    ) -> Assignment:
        """Let the other organisation follow too, from today."""
        return assign(
            referral=self.referral,
            organisation=organisation or self.other,
            user=user,
            scope=scope,
            from_on=DAY,
            until_on=until,
            reason="samen volgen",
            by=self.actor,
            at=NOW,
        )


def reach(actor: Actor, referral: Referral) -> dict[str, bool]:
    """Return what an actor may, as permissions say of the row, after comparing each with what its query finds."""
    says = {"follow": may_follow(actor, referral), "plan": may_see_plan(actor, referral), "hours": may_see_hours(actor, referral)}
    finds = {
        "follow": followed_referrals(actor).filter(pk=referral.pk).exists(),
        "plan": referrals_in_scope(actor, Scope.PLAN).filter(pk=referral.pk).exists(),
        "hours": referrals_in_scope(actor, Scope.ATTENDANCE).filter(pk=referral.pk).exists(),
    }
    assert (says, finds["follow"]) == (finds, followed_referral(actor, referral.pk) is not None)
    assert visible_referrals(actor).filter(pk=referral.pk).exists() == finds["follow"]
    return says


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.FULL, {"follow": True, "plan": True, "hours": True}),
        (Scope.PLAN, {"follow": False, "plan": True, "hours": False}),
        (Scope.ATTENDANCE, {"follow": False, "plan": False, "hours": True}),
    ],
)
def test_assignment_reaches_as_far_as_its_scope(scope: Scope, expected: dict[str, bool]) -> None:
    """Rows and permissions say the same; the counsellor loses nothing, and nobody else gains anything."""
    case = Case()
    nothing = dict.fromkeys(expected, False)
    assert reach(case.partner_actor, case.referral) == nothing
    case.give(scope)
    lead, stranger = make_actor(Role.TEAM_LEAD, organisation=case.other), make_actor(Role.COUNSELLOR, organisation=make_organisation())
    host = make_actor(Role.HOST, organisation=case.other)
    assert (reach(case.partner_actor, case.referral), reach(lead, case.referral)) == (expected, expected)
    assert (reach(stranger, case.referral), reach(host, case.referral)) == (nothing, nothing)
    assert reach(case.actor, case.referral) == dict.fromkeys(expected, True)


def test_assignment_for_one_counsellor_is_not_for_a_colleague() -> None:
    """One for a user holds for that user, and for the team lead there."""
    case = Case()
    colleague = actor_for(make_user(Role.COUNSELLOR, organisation=case.other), DAY)
    case.give(user=case.partner)
    assert (may_follow(case.partner_actor, case.referral), reach(colleague, case.referral)["follow"]) == (True, False)


def test_assignment_holds_from_its_first_day_until_its_last(settings: Settings) -> None:
    """Half-open: the first day counts, the day of the end does not."""
    case = Case()
    case.give(until=DAY + timedelta(days=10))
    held = []
    for days in (-1, 0, 9, 10):
        settings.FIXED_TODAY = DAY + timedelta(days=days)
        held.append(reach(case.partner_actor, case.referral)["follow"])
    assert held == [False, True, True, False]


def test_ended_assignment_stays_in_the_history() -> None:
    """It shows nothing any more from today, and who ended it is kept; the other assignment goes on."""
    case = Case()
    given, third = case.give(), make_organisation()
    case.give(Scope.ATTENDANCE, organisation=third)
    end_assignment(assignment=given, on=DAY, by=case.actor, at=NOW)
    assert reach(case.partner_actor, case.referral)["follow"] is False
    kept = Assignment.objects.get(pk=given.pk)
    assert (kept.until_on, kept.ended_by) == (DAY, case.actor.label)
    assert reach(make_actor(Role.COUNSELLOR, organisation=third), case.referral)["hours"] is True
    with pytest.raises(Refused) as refused:
        end_assignment(assignment=given, on=DAY, by=case.actor, at=NOW)
    assert refused.value.reason.code == "referrals.assignment_ended"


def test_another_counsellor_keeps_the_history() -> None:
    """Giving a person to a colleague ends one line and begins the next; what was shared goes on."""
    case = Case()
    case.give()
    lead = make_actor(Role.TEAM_LEAD, organisation=case.own)
    first, second = (make_user(Role.COUNSELLOR, organisation=case.own) for _ in range(2))
    assign_counsellor(referral=case.referral, counsellor=first, organisation_id=None, by=lead, at=NOW)
    assign_counsellor(referral=case.referral, counsellor=second, organisation_id=None, by=lead, at=NOW + timedelta(days=30))
    rows = Assignment.objects.filter(is_main=True).order_by("from_on")
    assert [(row.user, row.from_on, row.until_on) for row in rows] == [
        (first, DAY, DAY + timedelta(days=30)),
        (second, DAY + timedelta(days=30), None),
    ]
    assert may_follow(case.partner_actor, case.referral)


def test_who_was_assigned_gives_nobody_else_a_look() -> None:
    """Only the own counsellor and the team lead share."""
    case = Case()
    case.give()
    assert (may_share(case.partner_actor, case.referral), may_share(case.actor, case.referral)) == (False, True)
    with pytest.raises(Refused) as refused:
        assign(
            referral=case.referral,
            organisation=case.other,
            user=None,
            scope=Scope.PLAN,
            from_on=DAY,
            until_on=None,
            reason="verder",
            by=case.partner_actor,
            at=NOW,
        )
    assert refused.value.reason.code == "referrals.may_not_assign"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"until_on": DAY}, "referrals.assignment_ends_too_soon"),
        ({"reason": " "}, "referrals.assignment_needs_reason"),
    ],
)
def test_assignment_that_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    """A period without days, and no reason."""
    case = Case()
    terms = {"from_on": DAY, "until_on": None, "reason": "samen"} | changes
    with pytest.raises(Refused) as refused:
        assign(referral=case.referral, organisation=case.other, user=None, scope=Scope.PLAN, by=case.actor, at=NOW, **terms)  # type: ignore[arg-type]  # terms of the case
    assert refused.value.reason.code == code


def test_same_assignment_is_not_given_twice() -> None:
    """What holds already is said, not doubled."""
    case = Case()
    case.give(Scope.PLAN)
    with pytest.raises(Refused) as refused:
        case.give(Scope.PLAN)
    assert refused.value.reason.code == "referrals.assigned_already"


def test_shared_referral_says_how_far() -> None:
    """The page of the journey knows which sections to show; a stranger finds nothing."""
    case = Case()
    case.give(Scope.PLAN)
    case.give(Scope.ATTENDANCE, user=case.partner)
    found = shared_referral(case.partner_actor, case.referral.pk)
    assert found is not None
    assert found == (case.referral, frozenset({Scope.PLAN, Scope.ATTENDANCE}))
    whole = shared_referral(case.actor, case.referral.pk)
    assert whole is not None
    assert whole[1] == frozenset(Scope)
    assert shared_referral(make_actor(Role.COUNSELLOR, organisation=make_organisation()), case.referral.pk) is None
