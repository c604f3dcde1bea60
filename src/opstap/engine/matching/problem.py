"""One round of matching as a value: who, where, under which limits and in which order of importance. Errors at construction."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from opstap.engine.matching.columns import Crowd
from opstap.engine.matching.people import Person
from opstap.engine.matching.places import LEARNERS_PER_MENTOR, Host, Mentor, Place
from opstap.engine.matching.travel import Travel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["CRITERIA", "LEARNERS_PER_MENTOR", "Hold", "Host", "Mentor", "Objective", "Person", "Pin", "Place", "Problem", "Travel"]

CRITERIA = ("placed", "wishes", "priority", "waiting", "learning", "travel")
"""The criteria a programme can put in order; the usual order."""


@dataclass(frozen=True, slots=True)
class Objective:
    """The order in which the programme weighs its criteria, most important first; a criterion left out does not count."""

    order: tuple[str, ...] = CRITERIA

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown or repeated criterion, or when "placed" is missing."""
        if strange := set(self.order) - set(CRITERIA):
            msg = f"unknown criterion {', '.join(sorted(strange))}; choose from {', '.join(CRITERIA)}"
            raise ValueError(msg)
        if len(set(self.order)) != len(self.order):
            raise ValueError("a criterion can stand in the order only once")
        if "placed" not in self.order:
            raise ValueError('"placed" must be in the order: without it a place may stay empty while someone could work there')


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """A decision that this person goes to this place; the rest is matched around it."""

    person: str
    place: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Seats of a place kept free until (not including) a day."""

    place: str
    seats: int
    until: date

    def __post_init__(self) -> None:
        """Raise ValueError unless at least one seat is held."""
        if self.seats < 1:
            msg = f"place {self.place}: a hold keeps at least one seat, not {self.seats}"
            raise ValueError(msg)


@dataclass(frozen=True)
class Problem:
    """A round of matching on the day `on`. `taken`: seats per place where someone already works or is about to.

    Capacities nest: place within mentor within host; taken and held seats count at all three. `forbidden`: (person, place)
    pairs that a person of the programme ruled out. `seed` decides ties, see `ties`.
    """

    people: tuple[Person, ...]
    places: tuple[Place, ...]
    hosts: tuple[Host, ...]
    on: date
    mentors: tuple[Mentor, ...] = ()
    pins: tuple[Pin, ...] = ()
    holds: tuple[Hold, ...] = ()
    forbidden: frozenset[tuple[str, str]] = frozenset()
    taken: Mapping[str, int] = field(default_factory=dict)
    objective: Objective = field(default_factory=Objective)
    travel: Travel = field(default_factory=Travel)
    seed: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError when keys repeat, point nowhere, or a mentor works for two hosts."""
        for kind, keys in (("person", self.person_row), ("place", self.place_row), ("mentor", self.mentor_by), ("host", self.host_by)):
            _check_unique(kind, keys, {"person": self.people, "place": self.places, "mentor": self.mentors, "host": self.hosts}[kind])
        _check_known("host", (place.host for place in self.places), self.host_by)
        _check_known("mentor", (place.mentor for place in self.places if place.mentor is not None), self.mentor_by)
        _check_known("place", [*(pin.place for pin in self.pins), *(hold.place for hold in self.holds), *self.taken], self.place_row)
        _check_known("person", (pin.person for pin in self.pins), self.person_row)
        if any(seats < 0 for seats in self.taken.values()):
            raise ValueError("taken seats cannot be negative")
        self._check_mentors_have_one_host()

    def _check_mentors_have_one_host(self) -> None:
        host_of: dict[str, str] = {}
        for place in self.places:
            if place.mentor is not None and host_of.setdefault(place.mentor, place.host) != place.host:
                msg = f"mentor {place.mentor} guides at hosts {host_of[place.mentor]} and {place.host}; give the mentor a key per host"
                raise ValueError(msg)

    @cached_property
    def person_row(self) -> dict[str, int]:
        """Row of each person's key."""
        return {person.key: row for row, person in enumerate(self.people)}

    @cached_property
    def place_row(self) -> dict[str, int]:
        """Row of each place's key."""
        return {place.key: row for row, place in enumerate(self.places)}

    @cached_property
    def mentor_by(self) -> dict[str, Mentor]:
        """Mentor of each key."""
        return {mentor.key: mentor for mentor in self.mentors}

    @cached_property
    def host_by(self) -> dict[str, Host]:
        """Host of each key."""
        return {host.key: host for host in self.hosts}

    @cached_property
    def minutes(self) -> NDArray[np.int32]:
        """Minutes one way by the person's own means, int32 (people, places); `travel.UNREACHABLE` where not on the map."""
        return self.travel.matrix(self.people, self.places, self.crowd.modes)

    @cached_property
    def crowd(self) -> Crowd:
        """The people as columns."""
        return Crowd(self.people)

    def with_places(self, places: tuple[Place, ...]) -> Problem:
        """Return the same people before other places, with nothing pinned, held or taken."""
        other = replace(self, places=places, pins=(), holds=(), taken={})
        other.__dict__["crowd"] = self.crowd
        return other

    def start_at(self, place: Place) -> date:
        """Return the first day on which someone matched in this round could start at the place."""
        return max(self.on, place.period.start)

    def digest(self) -> str:
        """Return the hash of the whole input, hexadecimal; the order in which people and places are listed does not matter."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        whole = {each.name: getattr(self, each.name) for each in fields(self)}
        for name in ("people", "places", "mentors", "hosts"):
            whole[name] = sorted(whole[name], key=lambda thing: thing.key)
        whole["pins"] = sorted(set(self.pins))
        whole["holds"] = sorted(self.holds, key=lambda hold: (hold.place, hold.until, hold.seats))
        text = json.dumps(whole, default=_plain, sort_keys=True, separators=(",", ":"))
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _check_unique(kind: str, rows: Mapping[str, Any], things: tuple[Any, ...]) -> None:
    if len(rows) != len(things):
        repeated = [key for key, count in Counter(thing.key for thing in things).items() if count > 1]
        msg = f"{kind} {', '.join(repeated)} stands in the round more than once"
        raise ValueError(msg)


def _check_known(kind: str, keys: Iterable[str], known: Mapping[str, Any]) -> None:
    if missing := sorted({key for key in keys if key not in known}):
        msg = f"{kind} {', '.join(missing)} is named but not part of the round"
        raise ValueError(msg)


def _plain(value: Any) -> Any:  # noqa: ANN401 - the hook of json, for any value of the problem
    """Return a value of the problem as plain JSON data, equal for equal values."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Travel):
        measured = sorted([*way, minutes] for way, minutes in value.minutes.items())
        return {
            "detour": value.detour,
            "shortest": value.shortest,
            "speeds": dict(value.speeds),
            "waiting": dict(value.waiting),
            "minutes": measured,
        }
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return {name: getattr(value, name) for name in value.__slots__}
