"""Payment lists as a coordinator sees them: what waits, what is made, and each euro down to the month that was signed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from opstap.bridges.payments import hidden_account
from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.foundation.programmes.models import Programme
from opstap.foundation.programmes.queries import coordinated_programme
from opstap.journey.attendance.assembly import Payability, Payable, payables
from opstap.journey.attendance.enums import RunState
from opstap.journey.attendance.models import PaymentLine, PaymentRun
from opstap.journey.attendance.queries.payments import approval_refused, paying_account_of, payment_run_for, payment_runs


@dataclass(frozen=True, slots=True)
class PaymentsPage:
    """What can be paid up to a month, who waits and why, and the lists until now.

    `account` hides most of the number; `account_by` gave it, at `account_on`.
    """

    programme: Programme
    month: date
    account_name: str
    account: str
    account_by: str
    account_on: datetime | None
    ready: tuple[Payable, ...]
    without_account: tuple[Payable, ...]
    carried_over: tuple[Payable, ...]
    runs: tuple[PaymentRun, ...]

    @property
    def ready_total(self) -> Decimal:
        """What a list made now would pay, in euro."""
        return sum((one.total for one in self.ready), Decimal(0))

    @property
    def has_draft(self) -> bool:
        """Whether a list waits for approval."""
        return any(run.state == RunState.DRAFT for run in self.runs)


@dataclass(frozen=True, slots=True)
class RunPerson:
    """What a list pays one person, with its lines."""

    name: str
    lines: tuple[PaymentLine, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines, in euro."""
        return sum((line.amount for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class RunPage:
    """One payment list, person by person. `why_not` says why this actor does not approve the draft, and who can; None for who may."""

    run: PaymentRun
    people: tuple[RunPerson, ...]
    why_not: Reason | None
    has_account: bool


def payments_page(actor: Actor, month: date) -> PaymentsPage | None:
    """Return the payments of the programme that the actor coordinates, up to and with a month; None for anybody else."""
    programme = coordinated_programme(actor)
    if programme is None:
        return None
    account = paying_account_of(actor, programme.pk)
    found = payables(programme.pk, month)
    return PaymentsPage(
        programme=programme,
        month=month,
        account_name=account.name if account else "",
        account=hidden_account(account.iban) if account else "",
        account_by=account.by_label if account else "",
        account_on=account.at if account else None,
        ready=_with(found, Payability.READY),
        without_account=_with(found, Payability.NO_ACCOUNT),
        carried_over=_with(found, Payability.CARRIED_OVER),
        runs=tuple(payment_runs(actor).filter(programme=programme)[:24]),
    )


def _with(found: list[Payable], payability: Payability) -> tuple[Payable, ...]:
    return tuple(one for one in found if one.payability is payability)


def run_page(actor: Actor, run_id: UUID, on: date) -> RunPage | None:
    """Return one payment list within reach, and who may approve it on a day, or None."""
    run = payment_run_for(actor, run_id)
    if run is None:
        return None
    shown = ("run_id", "placement_id", "kind", "covers", "month", "hours", "days", "kilometres", "rate_id", "rate", "amount", "confidence")
    lines = run.lines.select_related("placement__person", "closing").only(
        *shown, "closing__first_by", "closing__second_by", "closing__number",
        "placement__person__first_name", "placement__person__last_name", "placement__person__folded_name",
    )  # fmt: skip
    people: dict[UUID, list[PaymentLine]] = defaultdict(list)
    for line in lines.exclude(hours=0, kilometres=0).order_by("placement__person__folded_name", "month", "kind", "rate_id"):
        people[line.placement.person.pk].append(line)
    return RunPage(
        run=run,
        people=tuple(RunPerson(str(own[0].placement.person), tuple(own)) for own in people.values()),
        why_not=approval_refused(actor, run, on) if run.state == RunState.DRAFT else None,
        has_account=paying_account_of(actor, run.programme_id) is not None,
    )
