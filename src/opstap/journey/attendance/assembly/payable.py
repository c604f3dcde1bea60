"""What closed months pay, person by person, before a payment list is made of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from opstap.bridges.payments import account_number
from opstap.engine.costing import CostLine
from opstap.engine.shared import Reason
from opstap.journey.attendance.assembly.costs import SignedDay, cost_of
from opstap.journey.attendance.enums import ATTENDED
from opstap.journey.attendance.models import Day, MonthClosing
from opstap.journey.attendance.queries.payments import paid_covers, unpaid_closings, ways_paid
from opstap.journey.people.models import Person


class Payability(StrEnum):
    """Whether a person can be paid now."""

    READY = "ready"
    NO_ACCOUNT = "no_account"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True)
class PayableMonth:
    """One closed month (or its corrections) with its lines and what is not paid here."""

    closing: MonthClosing
    lines: tuple[CostLine, ...]
    notes: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Payable:
    """What one person is owed: `total` in euro over `months`; `iban` is "" when it is not known or not right."""

    person: Person
    iban: str
    months: tuple[PayableMonth, ...]
    total: Decimal

    @property
    def payability(self) -> Payability:
        """A total of nothing or less waits for the next list; so does a person without an account."""
        if self.total <= 0:
            return Payability.CARRIED_OVER
        return Payability.READY if self.iban else Payability.NO_ACCOUNT


def payables(programme_id: UUID, until_month: date) -> list[Payable]:
    """Return who is owed something for months closed up to and with `until_month`, by name; in four queries at most."""
    closings = list(unpaid_closings(programme_id, until_month))
    days = _signed_days([closing.pk for closing in closings])
    by_person: dict[UUID, list[PayableMonth]] = defaultdict(list)
    people: dict[UUID, Person] = {}
    paid = paid_covers(closing.pk for closing in closings)
    ways = ways_paid({closing.placement_id for closing in closings if closing.number > 1})
    for closing in closings:
        cost = cost_of(closing.placement, days[closing.pk], ways.get((closing.placement_id, closing.month)) if closing.number > 1 else None)
        lines = tuple(line for line in cost.lines if (closing.pk, line.covers) not in paid)
        if lines:
            people.setdefault(closing.placement.person.pk, closing.placement.person)
            by_person[closing.placement.person.pk].append(PayableMonth(closing, lines, cost.notes))
    return [_payable(people[person_id], tuple(months)) for person_id, months in by_person.items()]


def _payable(person: Person, months: tuple[PayableMonth, ...]) -> Payable:
    total = sum((line.amount for month in months for line in month.lines), Decimal(0))
    return Payable(person, account_number(person.bank_account or "") or "", months, total)


def _signed_days(closing_ids: list[UUID]) -> dict[UUID, list[SignedDay]]:
    """Return the signed days of closings as they are paid; a correction counts with its difference."""
    rows = Day.objects.filter(closing_id__in=closing_ids).order_by("on", "half_day", "id")
    fields = ("closing_id", "on", "state", "hours", "corrects__state", "corrects__hours", "corrects_id")
    found: dict[UUID, list[SignedDay]] = defaultdict(list)
    gone: set[tuple[UUID, date]] = set()
    for closing_id, on, state, hours, state_before, hours_before, corrects in rows.values_list(*fields):
        trips = (state in ATTENDED) - (corrects is not None and state_before in ATTENDED)
        if corrects is None and trips:
            trips = 0 if (closing_id, on) in gone else 1
            gone.add((closing_id, on))
        found[closing_id].append(SignedDay(on, hours - (hours_before or Decimal(0)), trips))
    return found
