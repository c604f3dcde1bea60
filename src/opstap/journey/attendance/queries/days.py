"""Noted days, as they count: a corrected row gives way to its correction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from opstap.foundation.actor import Actor
from opstap.journey.attendance.models import Day, MonthClosing
from opstap.journey.attendance.queries.reach import attended_placements


def next_month(month: date) -> date:
    """Return the first day of the month after this one."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_of(on: date) -> date:
    """Return the first day of the month that a day lies in."""
    return on.replace(day=1)


def counting_days(placement_ids: Iterable[UUID], first: date, until: date) -> QuerySet[Day]:
    """Return the days `[first, until)` of placements as they count now: without rows that a later row corrects."""
    rows = Day.objects.filter(placement_id__in=list(placement_ids), on__gte=first, on__lt=until)
    return rows.filter(~Exists(Day.objects.filter(corrects=OuterRef("pk"))))


def day_for(actor: Actor, day_id: UUID, on: date) -> Day | None:
    """Return one day of a placement that the actor sees, or None."""
    return Day.objects.filter(pk=day_id, placement__in=attended_placements(actor, on).only("pk").order_by()).first()


def closing_for(actor: Actor, closing_id: UUID, on: date) -> MonthClosing | None:
    """Return one closing of a placement that the actor sees, or None."""
    return MonthClosing.objects.filter(pk=closing_id, placement__in=attended_placements(actor, on).only("pk").order_by()).first()
