"""Closing a month: what goes to pay and invoices is kept as it was sent; what becomes known later is a correction."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.associations.models import Association
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly.worked import Worked, after_month, closed_before, closed_lines, differences, worked_in
from opstap.journey.rosters.models import WorkedLine, WorkedMonth


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who closed a month or proposed a correction, and when; the product itself has no account."""

    user_id: UUID | None
    label: str
    at: datetime


@operation
def close_worked_month(*, association: Association, month: date, by: Actor, at: datetime) -> WorkedMonth:
    """Close the month that begins on `month`, or propose to correct one that was closed with what is known since.

    A correction counts when somebody else approved it. Raises `Refused` for who may not plan, before the month is over, when nothing is
    new, and while another correction waits.
    """
    if not may_plan(by, association):
        raise Refused(Reason("rosters.may_not_plan"))
    if month.day != 1 or localdate(at) < after_month(month):
        raise Refused(Reason("rosters.month_not_over", {"day": after_month(month.replace(day=1)).isoformat()}))
    lock_in_order(f"rosters:{association.pk}")
    lines = closed_lines(association, month)
    if any(not line.month.is_closed for line in lines):
        raise Refused(Reason("rosters.correction_waits"))
    found = differences(worked_in(association, month), closed_before(lines))
    if not found:
        raise Refused(Reason("rosters.month_has_nothing_new"))
    row = keep_closing(association, month, found, Proposed(by.user_id, by.label[:200], at))
    if row.number == 1:
        settle(row)
    facts = {"month": month.isoformat(), "number": row.number, "minutes": row.minutes, "lines": len(found), "digest": row.digest}
    record(by=by, at=at, action="close_worked_month", subject_kind="worked_month", subject_id=row.pk, facts=facts)
    return row


def keep_closing(association: Association, month: date, found: Worked, proposed: Proposed) -> WorkedMonth:
    """Store the next closing of a month with its lines; it does not count before it is settled."""
    number = WorkedMonth.objects.filter(association=association, month=month).count() + 1
    row = WorkedMonth.objects.create(
        association=association, month=month, number=number, minutes=sum(time.minutes for place, time in found.items() if place.member_id),
        digest=_digest(found), closed_by=proposed.label, closed_at=proposed.at, proposer_id=proposed.user_id,
    )  # fmt: skip
    WorkedLine.objects.bulk_create(
        WorkedLine(
            month=row, contract_id=place.contract_id, member_id=place.member_id, kind=place.kind, days=time.days, minutes=time.minutes
        )
        for place, time in found.items()
    )
    return row


def settle(row: WorkedMonth, **approval: object) -> None:
    """Let a closing count from now on; of a correction: approved by whom and when."""
    for name, value in {**approval, "is_closed": True}.items():
        setattr(row, name, value)
    row.save(update_fields=[*approval, "is_closed"])


@operation
def approve_correction(*, month: WorkedMonth, by: Actor, at: datetime) -> WorkedMonth:
    """Let a proposed correction count. Raises `Refused` for who may not plan, for who proposed it, and when it does not wait any more."""
    row = _waiting(month, by)
    if by.user_id is None or by.user_id == row.proposer_id:
        raise Refused(Reason("rosters.correction_needs_another"))
    settle(row, approver_id=by.user_id, approved_by=by.label[:200], approved_at=at)
    facts = {"month": row.month.isoformat(), "number": row.number, "digest": row.digest}
    record(by=by, at=at, action="approve_correction", subject_kind="worked_month", subject_id=row.pk, facts=facts)
    return row


@operation
def withdraw_correction(*, month: WorkedMonth, by: Actor, at: datetime) -> None:
    """Take a proposed correction back, or say no to it. Raises `Refused` for who may not plan, and when it does not wait any more."""
    row = _waiting(month, by)
    facts = {"month": row.month.isoformat(), "number": row.number, "digest": row.digest}
    record(by=by, at=at, action="withdraw_correction", subject_kind="worked_month", subject_id=row.pk, facts=facts)
    row.lines.all().delete()
    row.delete()


def _waiting(month: WorkedMonth, by: Actor) -> WorkedMonth:
    if not may_plan(by, month.association):
        raise Refused(Reason("rosters.may_not_plan"))
    lock_in_order(f"rosters:{month.association_id}")
    row = WorkedMonth.objects.filter(pk=month.pk, is_closed=False).first()
    if row is None:
        raise Refused(Reason("rosters.correction_gone"))
    return row


@operation
def take_out_worked_month(*, association: Association, month: date, by: Actor, at: datetime) -> None:
    """Keep that somebody took the hours of a month out as a file. Raises `Refused` for who may not plan."""
    if not may_plan(by, association):
        raise Refused(Reason("rosters.may_not_plan"))
    facts = {"month": month.isoformat()}
    record(by=by, at=at, action="take_out_worked_month", subject_kind="association", subject_id=association.pk, facts=facts)


def _digest(found: Worked) -> str:
    lines = sorted([str(place.contract_id), str(place.member_id), place.kind, time.days, time.minutes] for place, time in found.items())
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()
