"""The wage premiums of contracts per quarter, with their sum and what is not known of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from opstap.engine.costing import Premium, Quarter, Supported, load_premiums, premium
from opstap.engine.shared import Period
from opstap.journey.associations.models import Contract


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A quarter: what each contract brings (by its id), the sum of what is known, and how many amounts are not known."""

    quarter: Quarter
    premiums: dict[UUID, Premium]
    total: Decimal
    unknown: int
    is_confirmed: bool


def quarter_premiums(contracts: Iterable[Contract], first: date, count: int) -> list[QuarterLine]:
    """Return `count` quarters from the one of the day `first`; contracts outside contract and right bring nothing."""
    rows = [(contract, as_supported(contract)) for contract in contracts]
    quarter, book, found = Quarter.of(first), load_premiums(), []
    for _ in range(count):
        lines = {row.pk: premium(support, quarter, book) for row, support in rows}
        known = [line.amount for line in lines.values() if line.amount is not None]
        confirmed = all(line.is_confirmed for line in lines.values() if line.amount)
        found.append(QuarterLine(quarter, lines, sum(known, Decimal(0)), len(lines) - len(known), confirmed))
        quarter = quarter.next
    return found


def as_supported(contract: Contract) -> Supported:
    """Return the right of a contract as the engine asks for it: from the later of both starts to the earlier of both ends."""
    support = contract.supported
    starts = max(support.from_on or contract.from_on, contract.from_on)
    ends = min(support.until or date.max, contract.until_on or date.max)
    period = Period(starts, None if ends == date.max else max(ends, starts))
    return Supported(
        status=support.status.value,
        starts_on=support.from_on or contract.from_on,
        period=period,
        right_years=support.right_years,
        percent=support.percent,
        wage_cost=support.wage_cost,
        coaching=support.coaching,
    )
