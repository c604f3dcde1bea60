"""The time of the house: passed into operations by desks, jobs and commands; the demonstration stands still on a chosen day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the moment, aware; in the demonstration the chosen day (OPSTAP_TODAY) with the real time of day.

    A test chooses the time of day as well (FIXED_TIME): what is said by day and kept back at night must not depend on when tests run.
    """
    moment = timezone.now()
    if settings.FIXED_TODAY is None:
        return moment
    return on_day(moment, settings.FIXED_TODAY) if settings.FIXED_TIME is None else at_time(settings.FIXED_TODAY, settings.FIXED_TIME)


def on_day(moment: datetime, day: date) -> datetime:
    """Return the moment of a day, UTC, at which the clocks in Belgium show what they show at `moment`, in summer and in winter."""
    return at_time(day, timezone.localtime(moment).time())


def at_time(day: date, clock: time) -> datetime:
    """Return the moment of a day, UTC, at which the clocks in Belgium show this time."""
    return datetime.combine(day, clock, tzinfo=timezone.get_current_timezone()).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return the date in Belgium at an aware moment: half an hour after midnight it is still yesterday in UTC."""
    return timezone.localdate(moment)


def today() -> date:
    """Return the date in Belgium, or the chosen day of the demonstration."""
    return settings.FIXED_TODAY or timezone.localdate()
