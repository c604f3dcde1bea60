"""Changing a number of the rules: proposed by one person, rehearsed on the people we have, approved by another, in force on its date."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.assembly import book_with, parameter_change, parameter_in, rehearsal_of, rehearsed, rule_book
from opstap.journey.eligibility.models import RuleChange
from opstap.journey.eligibility.permissions import (
    may_approve_for,
    may_approve_rule_change,
    may_propose_rule_change,
    may_withdraw_rule_change,
)
from opstap.journey.eligibility.queries import approved_rule_changes
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral

SHORTEST_MOTIVATION = 10
REDECIDE = "eligibility.redecide"
"""Name of the job that decides again on a programme's caseload."""


@operation
def propose_rule_change(
    *,
    programme: Programme,
    parameter: str,
    value: int | bool | list[str] | None,
    effective_from: date,
    source: str,
    confidence: str,
    motivation: str,
    by: Actor,
    at: datetime,
) -> RuleChange:
    """Propose a value of a parameter from a day on; nothing changes until a second person approves it.

    Raises `Refused` for who may not, a day in the past, a missing source or motivation, a value that does not fit or is the same.
    """
    if not may_propose_rule_change(by, programme) or by.user_id is None:
        raise Refused(Reason("decisions.may_not_propose_rule_change"))
    _check_day(effective_from, at)
    if not source.strip() or len(motivation.strip()) < SHORTEST_MOTIVATION:
        raise Refused(Reason("decisions.rule_change_needs_source", {"characters": SHORTEST_MOTIVATION}))
    change = RuleChange(
        programme=programme,
        parameter=parameter,
        value=value,
        effective_from=effective_from,
        source=source.strip()[:300],
        confidence=confidence,
        motivation=motivation.strip(),
        proposed_by_id=by.user_id,
        proposed_at=at,
    )
    approved = approved_rule_changes(programme)
    if parameter_in(book_with(programme, approved), parameter).value(effective_from) == parameter_change(change).value:
        raise Refused(Reason("decisions.value_unchanged"))
    book_with(programme, [*approved, change])
    change.save(force_insert=True)
    record(by=by, at=at, action="propose_rule_change", subject_kind="rule_change", subject_id=change.pk, facts=_facts(change))
    return change


@operation
def rehearse_rule_change(*, change: RuleChange, by: Actor, at: datetime) -> RuleChange:
    """Compute what the change does to every open referral of the programme on its day, and keep the outcome with the change.

    Raises `Refused` for who may neither propose nor approve, and for a change that is settled already.
    """
    row = _locked(change)
    if not (may_propose_rule_change(by, row.programme) or may_approve_for(by, row.programme)):
        raise Refused(Reason("decisions.may_not_rehearse"))
    _check_open(row)
    referrals = Referral.objects.filter(programme=row.programme).exclude(stage=Stage.CLOSED).select_related("person").order_by("pk")
    row.rehearsal = rehearsed(row, ((str(referral.pk), referral.person) for referral in referrals.iterator(chunk_size=2000)))
    row.rehearsed_at = at
    row.save(update_fields=["rehearsal", "rehearsed_at"])
    record(by=by, at=at, action="rehearse_rule_change", subject_kind="rule_change", subject_id=row.pk, facts=_facts(row))
    return row


@operation
def approve_rule_change(*, change: RuleChange, by: Actor, at: datetime) -> RuleChange:
    """Approve a rehearsed change as a second person; from its day on people are decided again by the new value.

    Raises `Refused` for who may not (the proposer never), without a rehearsal on the present rules, and when its day has passed.
    """
    lock_in_order(f"rules:{change.programme_id}")
    row = _locked(change)
    if by.user_id == row.proposed_by_id:
        raise Refused(Reason("decisions.proposer_cannot_approve"))
    if not may_approve_rule_change(by, row):
        raise Refused(Reason("decisions.may_not_approve"))
    _check_open(row)
    _check_day(row.effective_from, at)
    rehearsal = rehearsal_of(row)
    if rehearsal is None:
        raise Refused(Reason("decisions.rehearse_first"))
    if rehearsal.before_version != rule_book(row.programme).version:
        raise Refused(Reason("decisions.rehearsal_outdated"))
    row.approved_by_id, row.approved_at = by.user_id, at
    row.save(update_fields=["approved_by", "approved_at"])
    record(by=by, at=at, action="approve_rule_change", subject_kind="rule_change", subject_id=row.pk, facts=_facts(row))
    if row.effective_from <= localdate(at):
        app.configure_task(REDECIDE).defer(programme_id=str(row.programme_id))
    return row


@operation
def withdraw_rule_change(*, change: RuleChange, by: Actor, at: datetime) -> RuleChange:
    """Take back a change that is not in force yet; it stays readable. Raises `Refused` for who may not, and once it is in force."""
    row = _locked(change)
    if not may_withdraw_rule_change(by, row):
        raise Refused(Reason("decisions.may_not_withdraw"))
    if row.withdrawn_at is not None:
        raise Refused(Reason("decisions.rule_change_settled"))
    if row.approved_at is not None and row.effective_from <= localdate(at):
        raise Refused(Reason("decisions.rule_in_force"))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    record(by=by, at=at, action="withdraw_rule_change", subject_kind="rule_change", subject_id=row.pk, facts=_facts(row))
    return row


def _locked(change: RuleChange) -> RuleChange:
    return RuleChange.objects.select_related("programme").select_for_update(of=("self",)).get(pk=change.pk)


def _check_open(change: RuleChange) -> None:
    if change.approved_at is not None or change.withdrawn_at is not None:
        raise Refused(Reason("decisions.rule_change_settled"))


def _check_day(effective_from: date, at: datetime) -> None:
    if effective_from < localdate(at):
        raise Refused(Reason("decisions.effective_day_passed", {"effective_from": effective_from.isoformat()}))


def _facts(change: RuleChange) -> dict[str, object]:
    return {"parameter": change.parameter, "value": change.value, "effective_from": change.effective_from.isoformat()}
