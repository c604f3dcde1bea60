"""A person's own days, month by month: what was noted, what they said of it, and what it pays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from opstap.bridges.payments import hidden_account
from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.attendance.assembly import MonthCost, SignedDay, cost_of, month_sheets
from opstap.journey.attendance.enums import ATTENDED, PersonState
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.queries.days import counting_days, month_of
from opstap.journey.attendance.queries.reach import attended_placements
from opstap.journey.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One month at one place: its days (newest first), the hours, and what they pay."""

    month: date
    placement_id: UUID
    place: str
    days: tuple[Day, ...]
    hours: Decimal
    cost: MonthCost


@dataclass(frozen=True, slots=True)
class PersonHours:
    """The person's months, newest first; `ahead` are the limits to know of; `account` hides most of the number."""

    months: tuple[PersonMonth, ...]
    ahead: tuple[Reason, ...]
    account: str

    @property
    def unanswered(self) -> tuple[Day, ...]:
        """The days of which the person said nothing yet."""
        return tuple(day for month in self.months for day in month.days if day.person_state == PersonState.NONE)

    @property
    def shown(self) -> tuple[str, ...]:
        """The days without an answer as the page shows them."""
        return tuple(as_shown(day) for day in self.unanswered)


def as_shown(day: Day) -> str:
    """Return what a page shows of a day, for a form to say to what somebody answered."""
    return f"{day.pk}|{day.state}|{day.hours}"


def person_hours(actor: Actor, referral: Referral, today: date) -> PersonHours:
    """Return the days of a referral's placements within the actor's reach."""
    placements = {row.pk: row for row in attended_placements(actor, today).filter(referral_id=referral.pk)}
    grouped: dict[tuple[date, UUID], list[Day]] = defaultdict(list)
    for day in counting_days(placements, date.min, date.max).order_by("-on", "half_day"):
        grouped[month_of(day.on), day.placement_id].append(day)
    months = []
    for (month, placement_id), days in sorted(grouped.items(), key=lambda item: item[0][0], reverse=True):
        placement = placements[placement_id]
        paid = [SignedDay(day.on, day.hours, int(day.state in ATTENDED)) for day in days]
        hours = sum((day.hours for day in days), Decimal(0))
        months.append(PersonMonth(month, placement_id, placement.seat.place.title, tuple(days), hours, cost_of(placement, paid)))
    running = [row for row in placements.values() if row.period.lower <= today < row.period.upper]
    ahead = tuple(reason for sheet in month_sheets(running, month_of(today)).values() for reason in sheet.ahead(today))
    account = referral.person.bank_account
    return PersonHours(tuple(months), ahead, hidden_account(account) if account else "")


def days_to_answer(actor: Actor, referral_id: UUID, today: date) -> int:
    """Return of how many days the person said nothing yet."""
    placements = attended_placements(actor, today).filter(referral_id=referral_id).values_list("pk", flat=True).order_by()
    return counting_days(placements, date.min, date.max).filter(person_state=PersonState.NONE.value).count()
