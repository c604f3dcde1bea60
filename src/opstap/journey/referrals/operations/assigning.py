"""Who follows somebody: the counsellor, and dated assignments beside them. Nothing is erased: what ended keeps its last day."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import User
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.organisations.models import Organisation
from opstap.journey.referrals.enums import Scope, Stage
from opstap.journey.referrals.models import Assignment, Referral
from opstap.journey.referrals.permissions import may_assign, may_share


@operation
def assign_counsellor(*, referral: Referral, counsellor: User, organisation_id: UUID | None, by: Actor, at: datetime) -> Referral:
    """Give a person to another counsellor; who followed them before stays in the history, and other assignments stay as they are.

    Raises `Refused` for who may not, and for somebody who is no counsellor of the organisation that follows the person.
    """
    organisation = organisation_id or referral.counselling_organisation_id
    is_counsellor = any(user == counsellor for user in users_with_role(Role.COUNSELLOR, organisation_id=organisation, on=localdate(at)))
    if not may_assign(by, referral) or not is_counsellor:
        raise Refused(Reason("referrals.may_not_assign"))
    referral.counsellor = counsellor
    if organisation_id is not None:
        referral.counselling_organisation_id = organisation_id
    referral.save(update_fields=["counsellor", "counselling_organisation"])
    _keep_history(referral, by, at)
    facts = {"counsellor": str(counsellor.pk)}
    _note(referral, "assign_counsellor", facts, by, at)
    return referral


def _keep_history(referral: Referral, by: Actor, at: datetime) -> None:
    """Write down since when the present counsellor follows this person, and until when the one before did."""
    on = localdate(at)
    before = Assignment.objects.filter(referral=referral, is_main=True, until_on__isnull=True)
    before.update(until_on=on, ended_by=by.label[:200], ended_at=at)
    if referral.counselling_organisation_id is None:
        return
    Assignment.objects.create(
        referral=referral,
        organisation_id=referral.counselling_organisation_id,
        user=referral.counsellor,
        scope=Scope.FULL,
        is_main=True,
        from_on=on,
        given_by=by.label[:200],
        given_at=at,
    )


@operation
def assign(
    *,
    referral: Referral,
    organisation: Organisation,
    user: User | None,
    scope: Scope,
    from_on: date,
    until_on: date | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Assignment:
    """Let an organisation, or one counsellor of it, follow somebody too, from a day until another; nobody else loses anything.

    Raises `Refused` for who may not, for a period that ends before it starts or is over, without a reason, for somebody who is no
    counsellor there, for a closed referral, and when the same assignment holds already.
    """
    lock_in_order(f"referral:{referral.pk}")
    if not may_share(by, referral):
        raise Refused(Reason("referrals.may_not_assign"))
    if referral.stage == Stage.CLOSED:
        raise Refused(Reason("referrals.closed_already"))
    if until_on is not None and (until_on <= from_on or until_on <= localdate(at)):
        raise Refused(Reason("referrals.assignment_ends_too_soon"))
    if not reason.strip():
        raise Refused(Reason("referrals.assignment_needs_reason"))
    if user is not None and user not in users_with_role(Role.COUNSELLOR, organisation_id=organisation.pk, on=localdate(at)):
        raise Refused(Reason("referrals.may_not_assign"))
    same = Assignment.objects.filter(referral=referral, organisation=organisation, user=user, scope=scope, is_main=False)
    if same.exclude(until_on__lte=from_on).exists():
        raise Refused(Reason("referrals.assigned_already"))
    row = Assignment.objects.create(
        referral=referral,
        organisation=organisation,
        user=user,
        scope=scope,
        from_on=from_on,
        until_on=until_on,
        reason=reason.strip()[:300],
        given_by=by.label[:200],
        given_at=at,
    )
    facts = {"organisation": str(organisation.pk), "user": str(user.pk if user else ""), "scope": scope.value}
    _note(referral, "assign", facts, by, at)
    return row


@operation
def end_assignment(*, assignment: Assignment, on: date, by: Actor, at: datetime) -> Assignment:
    """End an assignment: `on` is the first day without it; the row stays. Raises `Refused` for who may not, and when it has ended."""
    row = Assignment.objects.select_for_update(of=("self",)).select_related("referral").get(pk=assignment.pk)
    if not may_share(by, row.referral) or row.is_main:
        raise Refused(Reason("referrals.may_not_assign"))
    if row.ended_at is not None or (row.until_on is not None and row.until_on <= localdate(at)):
        raise Refused(Reason("referrals.assignment_ended"))
    row.until_on, row.ended_by, row.ended_at = max(on, row.from_on), by.label[:200], at
    row.save(update_fields=["until_on", "ended_by", "ended_at"])
    _note(row.referral, "end_assignment", {"assignment": str(row.pk)}, by, at)
    return row


def _note(referral: Referral, action: str, facts: dict[str, str], by: Actor, at: datetime) -> None:
    record(by=by, at=at, action=action, subject_kind="referral", subject_id=referral.pk, person_id=referral.person_id, facts=facts)
