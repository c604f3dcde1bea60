"""A day of a closed month is corrected with four eyes: one planner proposes and says why, another says yes, or no with the reason."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.journey.associations.models import Contract
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.assembly.worked import differences, told_in, worked_in
from opstap.journey.rosters.enums import Verdict
from opstap.journey.rosters.models import DayCorrection, Presence
from opstap.journey.rosters.operations.months import Proposed, keep_closing, settle
from opstap.journey.rosters.operations.presence import PresenceNote, minutes_of
from opstap.journey.rosters.queries import is_month_closed


@operation
def propose_day_correction(*, contract: Contract, note: PresenceNote, reason: str, by: Actor, at: datetime) -> DayCorrection:
    """Propose how a day of a closed month should count. Nothing changes before somebody else approves it.

    Raises `Refused` for who may not plan, or is not a person with an account; without a reason; while the month is open; for a day
    without a shift that was told; when nothing would be different; and while another correction of the day waits.
    """
    association, month, words = contract.association, note.on.replace(day=1), " ".join(reason.split())[:300]
    if not may_plan(by, association) or by.user_id is None:
        raise Refused(Reason("rosters.may_not_plan"))
    if not words:
        raise Refused(Reason("rosters.correction_needs_reason"))
    lock_in_order(f"presence:{contract.pk}", f"rosters:{association.pk}")
    if not is_month_closed(by, association, month):
        raise Refused(Reason("rosters.month_is_open"))
    told = told_in(association, month)
    shift, noted = told.shifts.get(contract.pk, {}).get(note.on), told.noted.get(contract.pk, {}).get(note.on)
    if shift is None or note.on > localdate(at):
        raise Refused(Reason("rosters.no_shift_that_day"))
    minutes = minutes_of(note, shift)
    away = any(note.on in absence.period for absence in contract.absences.all())
    was = (noted.state, noted.minutes) if noted else ("", 0 if away else shift.minutes)
    if was == (note.state.value, minutes):
        raise Refused(Reason("rosters.correction_changes_nothing"))
    if DayCorrection.objects.filter(contract=contract, on=note.on, verdict=Verdict.WAITING.value).exists():
        raise Refused(Reason("rosters.day_correction_waits"))
    row = DayCorrection.objects.create(
        contract=contract, on=note.on, site=shift.site, was_state=was[0], was_minutes=was[1], state=note.state.value, minutes=minutes,
        reason=words, proposer_id=by.user_id, proposed_by=by.label[:200], proposed_at=at,
    )  # fmt: skip
    _record(row, "propose_day_correction", by, at)
    return row


@operation
def approve_day_correction(*, correction: DayCorrection, by: Actor, at: datetime) -> DayCorrection:
    """Let a day count as was proposed: noted beside what stood there, and paid as a correction of the month of its own.

    Raises `Refused` for who may not plan, for who proposed it, and when it does not wait any more.
    """
    row = _waiting(correction, by)
    _must_be_another(row, by)
    association, month = row.contract.association, row.on.replace(day=1)
    before = worked_in(association, month, [row.contract])
    Presence.objects.create(
        contract=row.contract, on=row.on, site=row.site, state=row.state, minutes=row.minutes, noted_by=row.proposed_by, noted_at=at
    )
    found = differences(worked_in(association, month, [row.contract]), before)
    if found:
        row.closing = keep_closing(association, month, found, Proposed(row.proposer_id, row.proposed_by, row.proposed_at))
        settle(row.closing, approver_id=by.user_id, approved_by=by.label[:200], approved_at=at)
    _decide(row, Verdict.APPROVED, None, by, at)
    _record(row, "approve_day_correction", by, at)
    return row


@operation
def refuse_day_correction(*, correction: DayCorrection, answer: str, by: Actor, at: datetime) -> DayCorrection:
    """Say no to a correction, and why: the day counts as it did. Raises `Refused` as for a yes, and without a reason."""
    row, words = _waiting(correction, by), " ".join(answer.split())[:300]
    _must_be_another(row, by)
    if not words:
        raise Refused(Reason("rosters.correction_needs_reason"))
    _decide(row, Verdict.REFUSED, words, by, at)
    _record(row, "refuse_day_correction", by, at)
    return row


@operation
def withdraw_day_correction(*, correction: DayCorrection, by: Actor, at: datetime) -> DayCorrection:
    """Take the own proposal back. Raises `Refused` for anybody else, and when it does not wait any more."""
    row = _waiting(correction, by)
    if by.user_id != row.proposer_id:
        raise Refused(Reason("rosters.correction_is_anothers"))
    _decide(row, Verdict.WITHDRAWN, None, by, at)
    _record(row, "withdraw_day_correction", by, at)
    return row


def _waiting(correction: DayCorrection, by: Actor) -> DayCorrection:
    contract = correction.contract
    if not may_plan(by, contract.association):
        raise Refused(Reason("rosters.may_not_plan"))
    lock_in_order(f"presence:{contract.pk}", f"rosters:{contract.association_id}")
    rows = DayCorrection.objects.select_related("contract__association", "contract__person", "site")
    row = rows.filter(pk=correction.pk, verdict=Verdict.WAITING.value).first()
    if row is None:
        raise Refused(Reason("rosters.correction_gone"))
    return row


def _must_be_another(row: DayCorrection, by: Actor) -> None:
    if by.user_id is None or by.user_id == row.proposer_id:
        raise Refused(Reason("rosters.correction_needs_another"))


def _decide(row: DayCorrection, verdict: Verdict, answer: str | None, by: Actor, at: datetime) -> None:
    row.verdict, row.answer, row.decider_id, row.decided_by, row.decided_at = verdict.value, answer, by.user_id, by.label[:200], at
    row.save(update_fields=["verdict", "answer", "decider", "decided_by", "decided_at", "closing"])


def _record(row: DayCorrection, action: str, by: Actor, at: datetime) -> None:
    facts = {"on": row.on.isoformat(), "state": row.state, "minutes": row.minutes, "was": row.was_minutes}
    record(by=by, at=at, action=action, subject_kind="day_correction", subject_id=row.pk, person_id=row.contract.person_id, facts=facts)
