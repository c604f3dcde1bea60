"""A person as the matching sees one: what work can be asked, where, when and what the person wants. Never sex, origin or nationality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from opstap.engine.shared import Period
from opstap.engine.shared.vocabulary import DUTCH_LEVELS, HALF_DAYS, TRAVEL_MODES

UNKNOWABLE = ("half_days", "dutch", "licences", "limits", "location", "travel_mode", "max_travel_minutes", "instruments")
"""The facts that may be named in `Person.unknown`: as long as one is not known, every rule that needs it asks for it."""

ALL_HALF_DAYS = (1 << len(HALF_DAYS)) - 1


@dataclass(frozen=True, slots=True)
class UsedUp:
    """An instrument under which the person has worked: the most months it may last, and since when none is left, or too few days.

    `left`: the days that are left all the same, fewer than the `least` that are worth proposing.
    """

    months: int
    since: date
    left: int = 0
    least: int = 1


@dataclass(frozen=True, slots=True)
class Person:
    """One job seeker. `key` is pseudonymous; the value of a fact named in `unknown` is not looked at.

    `drawn_as`: the name under which lots are drawn (empty: the key); one that outlives the key makes a draw repeatable elsewhere.

    `half_days`: bit mask of the half-days on which the person can work. `dutch`: rank 0 (none) to 6 (native).
    `max_travel_minutes`: one way. `wishes`: occupation keys, most wanted first. `interests`: places marked "interests me".
    `vetoes`: places the person does not want. `instruments`: per instrument the period of the decision in force.
    `closed`: instruments that the rules refuse on the day of the round, so that no explanation proposes to ask for them.
    `used_up`: instruments of which no month, or too few days, are left from a day on; `instruments` end by then.
    """

    key: str
    half_days: int
    dutch: int
    waiting_since: date
    licences: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    longitude: float | None = None
    latitude: float | None = None
    neighbourhood: str = ""
    travel_mode: str = "public_transport"
    max_travel_minutes: int = 45
    wishes: tuple[str, ...] = ()
    interests: frozenset[str] = frozenset()
    vetoes: frozenset[str] = frozenset()
    instruments: Mapping[str, Period] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    used_up: Mapping[str, UsedUp] = field(default_factory=dict)
    learning_goals: frozenset[str] = frozenset()
    is_young_low_educated: bool = False
    is_55_plus: bool = False
    unknown: frozenset[str] = frozenset()
    drawn_as: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError, in plain words, for a value that cannot be meant."""
        if not self.key:
            raise ValueError("a person needs a key")
        check_half_days(self.half_days, f"person {self.key}")
        check_dutch(self.dutch, f"person {self.key}")
        if self.travel_mode not in TRAVEL_MODES:
            msg = f"person {self.key}: travel mode {self.travel_mode!r} is none of {', '.join(TRAVEL_MODES)}"
            raise ValueError(msg)
        if self.max_travel_minutes < 0:
            msg = f"person {self.key}: the longest travel time cannot be {self.max_travel_minutes} minutes"
            raise ValueError(msg)
        if strange := self.unknown - set(UNKNOWABLE):
            msg = f"person {self.key}: {', '.join(sorted(strange))} cannot be named as unknown; choose from {', '.join(UNKNOWABLE)}"
            raise ValueError(msg)
        check_coordinates(self.longitude, self.latitude, f"person {self.key}")

    @property
    def has_location(self) -> bool:
        """Tell whether it is known where the person lives."""
        return self.longitude is not None and "location" not in self.unknown


def check_half_days(mask: int, whose: str) -> None:
    """Raise ValueError when the mask has bits outside the 14 half-days of a week."""
    if mask & ~ALL_HALF_DAYS:
        msg = f"{whose}: half-day mask {mask} has bits outside the {len(HALF_DAYS)} half-days of a week"
        raise ValueError(msg)


def check_dutch(rank: int, whose: str) -> None:
    """Raise ValueError when the rank is no level of Dutch."""
    if not 0 <= rank < len(DUTCH_LEVELS):
        msg = f"{whose}: level of Dutch {rank} is not between 0 (none) and {len(DUTCH_LEVELS) - 1} (native)"
        raise ValueError(msg)


def check_coordinates(longitude: float | None, latitude: float | None, whose: str) -> None:
    """Raise ValueError unless both coordinates are given in degrees, or neither."""
    if (longitude is None) != (latitude is None):
        msg = f"{whose}: give longitude and latitude, or neither"
        raise ValueError(msg)
    if longitude is not None and latitude is not None and not (abs(longitude) <= 180 and abs(latitude) <= 90):  # noqa: PLR2004 - degrees of the globe
        msg = f"{whose}: ({longitude}, {latitude}) is no longitude and latitude in degrees"
        raise ValueError(msg)
