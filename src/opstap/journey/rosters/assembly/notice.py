"""The days of the notice: until when hours that vary were told too late to be changed without asking."""

from __future__ import annotations

from datetime import date, timedelta

import holidays

from opstap.journey.associations.models import Association

_WORKING = range(5)


def notice_ends(association: Association, today: date) -> date:
    """Return the first day that lies beyond the notice: working days are Monday to Friday without public holidays, the longest reading.

    Source: Act of 3 October 2022 (to be confirmed; the number of days is the association's).
    """
    closed = holidays.country_holidays("BE", years=[today.year, today.year + 1])
    day, left = today, association.notice_working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() in _WORKING and day not in closed
    return day + timedelta(days=1)
