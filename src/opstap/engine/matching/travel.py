"""Travel time one way, in whole minutes: great circle times a detour, at the speed of the person's own means."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from opstap.engine.shared.vocabulary import TRAVEL_MODES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.people import Person
    from opstap.engine.matching.places import Place

Thing = TypeVar("Thing", bound=Hashable)
EARTH_RADIUS_KM = 6371.0
SPEEDS = MappingProxyType({"walk": 4.5, "bike": 14.0, "public_transport": 18.0, "car": 35.0})
WAITING = MappingProxyType({"walk": 0, "bike": 0, "public_transport": 10, "car": 3})
UNREACHABLE = 10_000
"""Minutes that stand for "cannot be computed": the home or the place is not on the map."""


@dataclass(frozen=True)
class Travel:
    """How long a way takes. Speeds in km an hour, waiting in minutes; `detour`: length of the road over the great circle.

    `shortest`: minutes that any way takes, since a home is only known by its neighbourhood.

    `minutes`: measured times that overrule the formula, by (from, to, travel mode); from and to are the keys of person and
    place, or their neighbourhoods. The keys of person and place go before the neighbourhoods.
    """

    detour: float = 1.3
    shortest: int = 5
    speeds: Mapping[str, float] = field(default_factory=lambda: dict(SPEEDS))
    waiting: Mapping[str, int] = field(default_factory=lambda: dict(WAITING))
    minutes: Mapping[tuple[str, str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise ValueError when a travel mode has no speed, or a speed or the detour is not above zero."""
        for mode in TRAVEL_MODES:
            if self.speeds.get(mode, 0.0) <= 0 or self.waiting.get(mode, -1) < 0:
                msg = f"travel: {mode} needs a speed above zero and a waiting time"
                raise ValueError(msg)
        if self.detour <= 0:
            raise ValueError("travel: the detour is a factor above zero")

    def minutes_between(self, person: Person, place: Place, mode: str) -> int | None:
        """Return the minutes one way, rounded up, or None when home or place is not on the map."""
        measured = self.minutes.get((person.key, place.key, mode))
        if measured is None and person.neighbourhood and place.neighbourhood:
            measured = self.minutes.get((person.neighbourhood, place.neighbourhood, mode))
        if measured is not None:
            return measured
        home, work = (person.longitude, person.latitude), (place.longitude, place.latitude)
        if not person.has_location or home[0] is None or home[1] is None or work[0] is None or work[1] is None:
            return None
        distance = kilometres(home[0], home[1], work[0], work[1])
        return max(self.shortest, math.ceil(distance * self.detour / self.speeds[mode] * 60.0 + self.waiting[mode] - _ROUNDING))

    def matrix(self, people: tuple[Person, ...], places: tuple[Place, ...], modes: tuple[str, ...]) -> NDArray[np.int32]:
        """Return minutes one way, int32 (people, places), each person by the mode in `modes`; UNREACHABLE where unknown."""
        if not people or not places:
            return np.zeros((len(people), len(places)), dtype=np.int32)
        homes, home_of = _grouped([(*_home(person), mode) for person, mode in zip(people, modes, strict=True)])
        works, work_of = _grouped([_degrees(place.longitude, place.latitude) for place in places])
        distance = _distances([home[:2] for home in homes], works)
        speed = np.array([self.speeds[mode] for _, _, mode in homes])[:, None]
        waiting = np.array([self.waiting[mode] for _, _, mode in homes])[:, None]
        minutes = np.maximum(self.shortest, np.ceil(distance * self.detour / speed * 60.0 + waiting - _ROUNDING))
        ways = np.where(np.isfinite(minutes), minutes, UNREACHABLE).astype(np.int32)
        result: NDArray[np.int32] = ways[np.ix_(home_of, work_of)]
        if self.minutes:
            self._overrule(result, people, places, modes)
        return result

    def _overrule(self, result: NDArray[np.int32], people: tuple[Person, ...], places: tuple[Place, ...], modes: tuple[str, ...]) -> None:
        for row, (person, mode) in enumerate(zip(people, modes, strict=True)):
            for column, place in enumerate(places):
                measured = self.minutes.get((person.key, place.key, mode))
                if measured is None and person.neighbourhood and place.neighbourhood:
                    measured = self.minutes.get((person.neighbourhood, place.neighbourhood, mode))
                if measured is not None:
                    result[row, column] = measured


_ROUNDING = 1e-9
"""Keeps a way of exactly 30 minutes at 30 when the last bit of a float says 30.000000000000004."""


def kilometres(longitude: float, latitude: float, to_longitude: float, to_latitude: float) -> float:
    """Return the great-circle distance in km between two spots in degrees (haversine)."""
    half_east, half_north = math.radians(longitude - to_longitude) / 2, math.radians(latitude - to_latitude) / 2
    chord = math.sin(half_north) ** 2 + math.cos(math.radians(latitude)) * math.cos(math.radians(to_latitude)) * math.sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def _grouped(things: Sequence[Thing]) -> tuple[list[Thing], NDArray[np.intp]]:
    """Return the different things, and for each thing given which of them it is: people of one neighbourhood share every way."""
    index: dict[Thing, int] = {}
    of = np.array([index.setdefault(thing, len(index)) for thing in things], dtype=np.intp)
    return list(index), of


def _distances(homes: Sequence[tuple[float, float]], works: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Haversine distances in km between spots in degrees, float64 (homes, works); nan where a location is not known."""
    home, work = np.radians(homes), np.radians(works)
    half_east = (home[:, None, 0] - work[None, :, 0]) / 2
    half_north = (home[:, None, 1] - work[None, :, 1]) / 2
    chord = np.sin(half_north) ** 2 + np.cos(home[:, None, 1]) * np.cos(work[None, :, 1]) * np.sin(half_east) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))  # type: ignore[no-any-return] # numpy's ufuncs are typed as Any


def _home(person: Person) -> tuple[float, float]:
    return _degrees(person.longitude if person.has_location else None, person.latitude)


def _degrees(longitude: float | None, latitude: float | None) -> tuple[float, float]:
    return (math.nan, math.nan) if longitude is None or latitude is None else (longitude, latitude)
