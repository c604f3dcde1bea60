"""The files of an approved payment list: a transfer for the bank, a table for the accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from opstap.bridges.payments import Payer, Payment, account_number, credit_transfer, payment_table
from opstap.engine.shared import Reason, Refused
from opstap.journey.attendance.models import PayingAccount, PaymentLine, PaymentRun

_HEADS = ("naam", "rekening", "maand", "soort", "uren", "dagen", "kilometer", "tarief", "bedrag", "tarief van", "betaling")
_KINDS = {"allowance": "vergoeding", "travel": "verplaatsing", "correction": "verbetering"}


def files_of(run: PaymentRun, lines: list[PaymentLine], account: PayingAccount, pay_on: date, at: datetime) -> dict[str, str]:
    """Return {"sepa": XML, "csv": text}; raise `Refused` for somebody whose account was taken away since the list was made."""
    people: dict[UUID, list[PaymentLine]] = defaultdict(list)
    for line in lines:
        people[line.placement.person_id].append(line)
    accounts = {person_id: account_number(own[0].placement.person.bank_account or "") for person_id, own in people.items()}
    missing = [str(people[person_id][0].placement.person) for person_id, number in accounts.items() if number is None]
    if missing:
        raise Refused(Reason("attendance.accounts_missing", {"count": len(missing), "names": tuple(missing[:5])}))
    known = {person_id: number for person_id, number in accounts.items() if number}
    name = f"OPSTAP-{run.month:%Y%m}-{run.number}-{run.pk.hex[:12]}"
    payments = [_payment(run, own, known[person_id], number) for number, (person_id, own) in enumerate(people.items(), start=1)]
    sepa = credit_transfer(Payer(account.name, account.iban, account.bic), payments, pay_on=pay_on, message=name, at=at)
    return {"sepa": sepa, "csv": payment_table(_HEADS, _rows(lines, known, {one: index for index, one in enumerate(people, start=1)}))}


def _payment(run: PaymentRun, own: list[PaymentLine], iban: str, number: int) -> Payment:
    """Return one transfer a person; its text says which month, and nothing about why somebody is paid."""
    cents = int(sum((line.amount for line in own), Decimal(0)) * 100)
    return Payment(str(own[0].placement.person), iban, cents, f"{run.month:%Y%m}-{run.number}-{number}", f"Vergoeding {run.month:%m/%Y}")


def _rows(lines: Iterable[PaymentLine], accounts: dict[UUID, str], numbers: dict[UUID, int]) -> Iterable[tuple[str, ...]]:
    for line in (each for each in lines if each.hours or each.kilometres):
        person = line.placement.person
        yield (
            str(person),
            accounts[person.pk],
            f"{line.month:%Y-%m}",
            _KINDS[line.kind],
            _number(line.hours),
            str(line.days),
            _number(line.kilometres),
            _number(line.rate),
            _number(line.amount),
            line.rate_id,
            str(numbers[person.pk]),
        )


def _number(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")
