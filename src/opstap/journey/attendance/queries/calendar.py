"""Days on which nobody is expected: public holidays in Belgium, and the closures of an organisation or a site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

import holidays
from django.db.models import QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.among import Keys
from opstap.foundation.prepared import Prepared
from opstap.journey.attendance.models import Closure
from opstap.journey.places.models import Place


@cache
def public_holidays(year: int) -> dict[date, str]:
    """Return the public holidays of Belgium in a year with their Dutch names."""
    return dict(holidays.country_holidays("BE", years=year, language="nl"))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The closures that count for some organisations over some days."""

    closures: tuple[Closure, ...]

    def closed(self, on: date, place: Place) -> Reason | None:
        """Return why nobody is expected at the place on the day, or None."""
        if name := public_holidays(on.year).get(on):
            return Reason("attendance.public_holiday", {"on": on.isoformat(), "name": name})
        for closure in self.closures:
            is_here = closure.organisation_id == place.organisation_id and closure.site_id in {None, place.site_id}
            if is_here and closure.starts_on <= on < closure.until_on:
                return Reason("attendance.place_closed", {"on": on.isoformat(), "why": closure.reason})
        return None


def calendar_of(organisation_ids: Iterable[UUID], first: date, until: date) -> Calendar:
    """Return the calendar of organisations for the days `[first, until)`."""
    return Calendar(tuple(_CLOSURES(ids=Keys(set(organisation_ids)), first=first, until=until)))


def _closures(ids: Keys, first: date, until: date) -> QuerySet[Closure]:
    return Closure.objects.filter(organisation_id__among=ids, starts_on__lt=until, until_on__gt=first)


_CLOSURES = Prepared(_closures)
