"""Workers with the end of their wage support and its premium; one worker; and the premiums of a quarter with their sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from opstap.engine.shared.vocabulary import LIMITS
from opstap.foundation.actor import Actor
from opstap.journey.associations.assembly import QuarterLine, quarter_premiums
from opstap.journey.associations.models import Association, Contract, Function, Support
from opstap.journey.associations.queries import contract_for, contracts_of, current_contracts, functions_of

WARN = timedelta(days=180)
"""How long before a right ends it is told: what comes after it takes time to ask for."""
_QUARTERS = 8


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """A worker: the contract, its wage support opened once, whether away today, and whether the right has ended or ends soon."""

    contract: Contract
    support: Support
    is_away: bool
    has_ended: bool
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class WorkerPage:
    """One worker. `barred`: functions that ask something the worker cannot do; which limit it is stays in the person's file."""

    line: WorkerLine
    functions: tuple[Function, ...]
    barred: tuple[Function, ...]
    knows_limits: bool
    quarters: tuple[QuarterLine, ...]


@dataclass(frozen=True, slots=True)
class PremiumPage:
    """The premiums of one quarter, worker by worker, with their sum."""

    quarter: QuarterLine
    lines: tuple[WorkerLine, ...]

    @property
    def total(self) -> Decimal:
        """The sum of what is known."""
        return self.quarter.total


def _line(contract: Contract, on: date) -> WorkerLine:
    support = contract.supported
    has_ended = support.until is not None and support.until <= on
    ends_soon = support.until is not None and not has_ended and support.until <= on + WARN
    is_away = any(on in absence.period for absence in contract.absences.all())
    return WorkerLine(contract, support, is_away, has_ended, ends_soon)


def worker_lines(actor: Actor, association: Association, on: date, *, past: bool = False) -> tuple[WorkerLine, ...]:
    """Return the workers of today and those to come; with `past` everybody who ever had a contract."""
    rows = contracts_of(actor, association) if past else current_contracts(actor, association, on, date.max)
    return tuple(_line(row, on) for row in rows)


def worker_page(actor: Actor, contract_id: UUID, on: date) -> WorkerPage | None:
    """Return one worker with the premiums of this quarter and the seven after it; None out of reach."""
    contract = contract_for(actor, contract_id)
    if contract is None:
        return None
    functions = tuple(functions_of(actor, contract.association))
    limits = contract.person.limits
    cannot = set(LIMITS if limits is None else limits)
    barred = tuple(function for function in functions if cannot & set(function.demands))
    quarters = tuple(quarter_premiums([contract], on, _QUARTERS))
    return WorkerPage(_line(contract, on), functions, barred, limits is not None, quarters)


def premium_page(actor: Actor, association: Association, first: date, on: date) -> PremiumPage:
    """Return the premiums of the quarter of the day `first`, for everybody with a contract in it."""
    quarter = quarter_premiums([], first, 1)[0].quarter
    until = quarter.period.until or date.max
    contracts = list(current_contracts(actor, association, quarter.period.start, until))
    return PremiumPage(quarter_premiums(contracts, first, 1)[0], tuple(_line(row, on) for row in contracts))
