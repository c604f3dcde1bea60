"""The time of the house: passed into operations by desks, jobs and commands; the demonstration stands still on a chosen day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the moment, aware; in the demonstration the chosen day (OPSTAP_TODAY) with the real time of day."""
    moment = timezone.now()
    return moment if settings.FIXED_TODAY is None else on_day(moment, settings.FIXED_TODAY)


def on_day(moment: datetime, day: date) -> datetime:
    """Return the moment of a day, UTC, at which the clocks in Belgium show what they show at `moment`, in summer and in winter."""
    local = timezone.localtime(moment)
    return datetime.combine(day, local.time(), tzinfo=local.tzinfo).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the date in Belgium at an aware moment: half an hour after midnight it is still yesterday in UTC."""
    return timezone.localdate(moment)


def today() -> date:
    """Return the date in Belgium, or the chosen day of the demonstration."""
    return settings.FIXED_TODAY or timezone.localdate()
