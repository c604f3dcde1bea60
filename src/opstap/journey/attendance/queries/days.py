"""Noted days, as they count: a corrected row gives way to its correction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from opstap.journey.attendance.models import Day


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
