"""The time of the house: passed into operations by desks, jobs and commands; the demonstration stands still on a chosen day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the moment, aware; in the demonstration the chosen day (OPSTAP_TODAY) with the real time of day."""
    moment = timezone.now()
    if settings.FIXED_TODAY is None:
        return moment
    return moment + timedelta(days=(settings.FIXED_TODAY - timezone.localdate(moment)).days)


def today() -> date:
    """Return the date in Belgium, or the chosen day of the demonstration."""
    return settings.FIXED_TODAY or timezone.localdate()
