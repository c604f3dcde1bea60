"""The way from somebody's home to a site, by their own means: how far, how long, and in which direction."""

from __future__ import annotations

import math
from dataclasses import dataclass

from opstap.engine.matching.travel import Travel, kilometres
from opstap.foundation.organisations.models import Site
from opstap.journey.people.models import Person

_TRAVEL = Travel()
_WINDS = ("north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west")
_NEAR_KM = 0.3
"""Under this a direction says nothing: a home is known by its neighbourhood only."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: by which means, kilometres by road (estimated), minutes, and the wind towards which it goes ("" when it is near)."""

    mode: str
    kilometres: float
    minutes: int
    towards: str


def way(home: Person, site: Site) -> Way | None:
    """Return the way, or None when home, site or means is not known."""
    mode = home.travel_mode
    if home.latitude is None or home.longitude is None or site.longitude is None or site.latitude is None or not mode:
        return None
    straight = kilometres(home.longitude, home.latitude, site.longitude, site.latitude)
    road = straight * _TRAVEL.detour
    minutes = max(_TRAVEL.shortest, math.ceil(road / _TRAVEL.speeds[mode] * 60 + _TRAVEL.waiting[mode] - 1e-9))
    east = (site.longitude - home.longitude) * math.cos(math.radians(home.latitude))
    wind = round(math.atan2(east, site.latitude - home.latitude) / (math.pi / 4)) % len(_WINDS)
    return Way(mode, round(road, 1), minutes, _WINDS[wind] if straight >= _NEAR_KM else "")
