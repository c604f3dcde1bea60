"""Signed days to euro, by the engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opstap.engine.costing import MonthCost, WorkedDay, load_rates, month_cost
from opstap.engine.matching.travel import Travel, kilometres
from opstap.journey.placements.models import Placement

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class SignedDay:
    """One signed day as it is paid: hours, and whether the way was gone; for a correction the differences."""

    on: date
    hours: Decimal
    trips: int


def way_there_and_back(placement: Placement) -> Decimal | None:
    """Return the kilometres from home to the work floor and back, by road as travel times count it; None when a spot is not known."""
    person, site = placement.person, placement.seat.place.site
    if person.longitude is None or person.latitude is None or site.longitude is None or site.latitude is None:
        return None
    distance = kilometres(person.longitude, person.latitude, site.longitude, site.latitude)
    return Decimal(distance * Travel().detour * 2).quantize(_TENTH)


def cost_of(placement: Placement, days: Iterable[SignedDay], way: Decimal | None = None) -> MonthCost:
    """Return what signed days of a placement pay, line by line; `way` is the kilometres there and back, from the map when not given."""
    worked = [WorkedDay(day.on, day.hours, day.trips) for day in days]
    return month_cost(worked, placement.instrument, way_there_and_back(placement) if way is None else way, load_rates())
