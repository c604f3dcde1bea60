"""Payment lists: made by one coordinator from what two parties signed, approved by another, written once and kept."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import localdate

from opstap.bridges.payments import account_number
from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, queue_message
from opstap.journey.attendance.assembly import Payability, Payable, payables
from opstap.journey.attendance.enums import RUN_TRANSITIONS, LineKind, RunState
from opstap.journey.attendance.models import PayingAccount, PaymentLine, PaymentRun
from opstap.journey.attendance.operations.files import files_of
from opstap.journey.attendance.permissions import may_pay
from opstap.journey.attendance.queries.payments import approval_refused
from opstap.journey.people.models import Person
from opstap.journey.people.permissions import is_within
from opstap.journey.people.queries import recipient_of
from opstap.journey.referrals.queries import followed_referrals


@operation
def give_bank_account(*, person: Person, number: str, by: Actor, at: datetime) -> Person:
    """Keep the account on which somebody is paid; "" takes it away. The person hears of a change, and of what somebody else fills in.

    Who fills it in for somebody never approves a payment on it.

    Raises `Refused` for who may not, and for a number with a mistake.
    """
    if not is_within(by, person.pk, followed_referrals(by)):
        raise Refused(Reason("attendance.may_not_give_account"))
    iban = account_number(number) if number.strip() else ""
    if iban is None:
        raise Refused(Reason("attendance.account_with_mistake"))
    row = Person.objects.select_for_update().get(pk=person.pk)
    before, row.bank_account = row.bank_account or "", iban or None
    if before != iban:
        row.bank_account_user = by.user_id if by.person_id is None else None
    row.save(update_fields=["bank_account", "bank_account_user"])
    if before != iban and (before or by.person_id is None):
        _tell_account(row, by, at)
    record(
        by=by, at=at, action="give_bank_account", subject_kind="person", subject_id=row.pk, person_id=row.pk, facts={"is_known": bool(iban)}
    )
    return row


def _tell_account(row: Person, by: Actor, at: datetime) -> None:
    """Tell the person that the account changed, never the number: who did not ask for that can call before anything is paid."""
    queue_message(
        content=Content("message.account", {"on": localdate(at).isoformat()}, Weight.MUST),
        recipient=recipient_of(row),
        subject_kind="person",
        subject_id=row.pk,
        by=by,
        at=at,
    )


@operation
def set_paying_account(*, programme_id: UUID, name: str, iban: str, bic: str = "", by: Actor, at: datetime) -> PayingAccount:
    """Keep from which account a programme pays. Who fills it in or changes it never approves a list that it pays.

    Raises `Refused` for who may not, and for a number with a mistake.
    """
    number = account_number(iban)
    if not may_pay(by, programme_id):
        raise Refused(Reason("attendance.may_not_pay"))
    if number is None or not name.strip():
        raise Refused(Reason("attendance.account_with_mistake"))
    lock_in_order(f"payments:{programme_id}")
    row = PayingAccount.objects.filter(programme_id=programme_id).first() or PayingAccount(programme_id=programme_id)
    before, given = (row.name, row.iban, row.bic), (name.strip()[:70], number, bic.strip().upper()[:11])
    if before != given:
        row.name, row.iban, row.bic = given
        row.by_user, row.by_label, row.at = by.user_id, by.label, at
        row.save()
    facts = {"changed": before != given}
    record(by=by, at=at, action="set_paying_account", subject_kind="programme", subject_id=programme_id, facts=facts)
    return row


@operation
def make_payment_run(*, programme_id: UUID, month: date, by: Actor, at: datetime) -> PaymentRun:
    """Make a draft of every closed month up to and with `month` (a first day) that no list pays yet.

    Who has no account, or is owed nothing or less after a correction, is left out and stays for the next list: nothing is lost.
    Raises `Refused` for who may not pay, while another draft waits, and when there is nobody to pay.
    """
    if not may_pay(by, programme_id):
        raise Refused(Reason("attendance.may_not_pay"))
    lock_in_order(f"payments:{programme_id}")
    runs = PaymentRun.objects.filter(programme_id=programme_id)
    if runs.filter(state=RunState.DRAFT).exists():
        raise Refused(Reason("attendance.draft_waits"))
    ready = [one for one in payables(programme_id, month) if one.payability is Payability.READY]
    if not ready:
        raise Refused(Reason("attendance.nobody_to_pay", {"month": month.isoformat()}))
    run = PaymentRun(
        programme_id=programme_id,
        month=month,
        number=1 + runs.filter(month=month).count(),
        total=sum((one.total for one in ready), Decimal(0)),
        made_user=by.user_id,
        made_by=by.label,
        made_at=at,
    )
    lines = [line for one in ready for line in _lines(run, one)]
    run.digest = digest_of(lines)
    run.save()
    PaymentLine.objects.bulk_create(lines, batch_size=1000)
    facts = {"month": month.isoformat(), "people": len(ready), "total": str(run.total)}
    record(by=by, at=at, action="make_payment_run", subject_kind="payment_run", subject_id=run.pk, facts=facts)
    return run


def _lines(run: PaymentRun, payable: Payable) -> list[PaymentLine]:
    return [
        PaymentLine(
            run=run,
            placement_id=month.closing.placement_id,
            closing=month.closing,
            kind=line.covers if month.closing.number == 1 else LineKind.CORRECTION.value,
            covers=line.covers,
            month=month.closing.month,
            hours=line.hours,
            days=len(line.days),
            kilometres=line.kilometres,
            rate_id=line.rate.id,
            rate=line.rate.value,
            amount=line.amount,
            confidence=line.rate.confidence,
        )
        for month in payable.months
        for line in month.lines
    ]


def digest_of(lines: list[PaymentLine]) -> str:
    """Return the SHA-256 of what a list pays: the closing, what it covers, the rate and the amount of each line."""
    texts = sorted(f"{line.closing_id}|{line.covers}|{line.rate_id}|{line.amount:.2f}" for line in lines)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


@operation
def discard_payment_run(*, run: PaymentRun, by: Actor, at: datetime) -> None:
    """Throw a draft away: its months are free for the next list. Raises `Refused` for who may not, and for an approved list."""
    row = _locked(run, by)
    if row.state != RunState.DRAFT:
        raise Refused(Reason("attendance.run_is_approved"))
    record(by=by, at=at, action="discard_payment_run", subject_kind="payment_run", subject_id=row.pk)
    row.delete()


@operation
def approve_payment_run(*, run: PaymentRun, pay_on: date, by: Actor, at: datetime) -> PaymentRun:
    """Approve a draft that somebody else made, and write its files; from now on it stays as it is.

    Raises `Refused` for who made it, signed hours on it or filled in an account to or from which it pays (naming who can), without an
    account to pay from, for a day that is past, and when the list changed since.
    """
    row = _locked(run, by)
    if (refused := approval_refused(by, row, localdate(at))) is not None:
        raise Refused(refused)
    _must_follow(row, RunState.APPROVED)
    account = PayingAccount.objects.filter(programme_id=row.programme_id).first()
    if account is None:
        raise Refused(Reason("attendance.no_paying_account"))
    if pay_on < localdate(at):
        raise Refused(Reason("attendance.pay_day_past", {"on": pay_on.isoformat()}))
    lines = list(row.lines.select_related("placement__person").order_by("placement__person__folded_name", "month", "kind", "rate_id"))
    if digest_of(lines) != row.digest:
        raise Refused(Reason("attendance.run_changed"))
    row.state, row.approved_user, row.approved_by, row.approved_at, row.pay_on = RunState.APPROVED.value, by.user_id, by.label, at, pay_on
    row.file = files_of(row, lines, account, pay_on, at)
    row.save()
    facts = {"total": str(row.total), "pay_on": pay_on.isoformat()}
    record(by=by, at=at, action="approve_payment_run", subject_kind="payment_run", subject_id=row.pk, facts=facts)
    return row


@operation
def export_payment_run(*, run: PaymentRun, kind: str, by: Actor, at: datetime) -> str:
    """Return one of the approved list's files ("sepa" or "csv"), as it was written at approval. Raises `Refused` before approval."""
    row = _locked(run, by)
    _must_follow(row, RunState.EXPORTED)
    if row.state == RunState.APPROVED:
        row.state, row.exported_at = RunState.EXPORTED.value, at
        row.save(update_fields=["state", "exported_at"])
    record(by=by, at=at, action="export_payment_run", subject_kind="payment_run", subject_id=row.pk, facts={"kind": kind})
    text: str = row.file[kind]
    return text


def _locked(run: PaymentRun, by: Actor) -> PaymentRun:
    lock_in_order(f"payments:{run.programme_id}")
    row = PaymentRun.objects.get(pk=run.pk)
    if not may_pay(by, row.programme_id):
        raise Refused(Reason("attendance.may_not_pay"))
    return row


def _must_follow(row: PaymentRun, state: RunState) -> None:
    if state not in RUN_TRANSITIONS[RunState(row.state)]:
        raise Refused(Reason("attendance.run_not_there_yet", {"state": row.state}))
