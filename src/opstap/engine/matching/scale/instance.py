"""A round at the size of a country: people and places as columns, one row each, and what a good pair is worth.

Units: coordinates and reach in units of 10 metres as whole numbers, so that every distance test is exact; values in points.
Bits: half-days, limits and Dutch ranks as in `engine.shared.vocabulary`; licences, instruments, goals and occupations are the caller's.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
UInt8 = NDArray[np.uint8]
UInt16 = NDArray[np.uint16]
UInt64 = NDArray[np.uint64]

UNITS_PER_KM = 100
LARGEST_REACH = 30_000
"""300 km one way in units of 10 metres."""
LARGEST_COORDINATE = 1_000_000
LARGEST_VALUE = 2**22
NO_GROUP = -1
TIE_SPAN = 64
"""A tie-breaker is worth 0 to 63 points."""
_BITS = {"half_days": 14, "licences": 8, "limits": 6, "demands": 6, "instruments": 8}
_RANKS = {"dutch": 6, "occupation": 63, "first_wish": 63}


@dataclass(frozen=True)
class People:
    """Columns of n people.

    `half_days`, `licences`, `limits`, `instruments`, `goals`, `wishes` are bit sets; `first_wish` is the bit of the first wish
    or -1; `points` what placing this person adds by itself (priority, waiting); `tie` a keyed hash of the person.
    """

    x: Int32
    y: Int32
    reach: Int32
    half_days: UInt16
    dutch: UInt8
    licences: UInt8
    limits: UInt8
    instruments: UInt8
    goals: UInt64
    wishes: UInt64
    first_wish: Int8
    points: Int32
    tie: UInt8

    def __post_init__(self) -> None:
        """Raise ValueError for columns of unequal length or values out of range."""
        _check_columns(self)
        if len(self.reach) and not 0 <= int(self.reach.min()) <= int(self.reach.max()) <= LARGEST_REACH:
            raise ValueError(f"reach lies between 0 and {LARGEST_REACH} units of 10 metres")
        if len(self.points) and int(self.points.min()) < 0:
            raise ValueError("points of a person cannot be negative")

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.x)


@dataclass(frozen=True)
class Places:
    """Columns of m places.

    `needed` is how many of its `half_days` a person must cover; `mentor` and `host` are indices into the instance's
    group capacities, or -1 for none; `occupation` is a bit number, `teaches` a set of goals.
    """

    x: Int32
    y: Int32
    capacity: Int32
    half_days: UInt16
    needed: UInt8
    dutch: UInt8
    licences: UInt8
    demands: UInt8
    instruments: UInt8
    teaches: UInt64
    occupation: UInt8
    tie: UInt8
    mentor: Int32
    host: Int32

    def __post_init__(self) -> None:
        """Raise ValueError for columns of unequal length or values out of range."""
        _check_columns(self)
        if len(self.capacity) and int(self.capacity.min()) < 0:
            raise ValueError("capacity of a place cannot be negative")
        if bool(np.any(self.needed > np.bitwise_count(self.half_days))):
            raise ValueError("a place cannot need more half-days than it has")

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.x)


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of one pair: placed + the person's points + wish + learning + nearness + tie (0 to 63).

    `wish` for any wished occupation, `first_wish` on top for the first one; `learning` per goal taught, at most
    `learning_most` goals; `travel` at the door, falling in a straight line to 0 at the edge of the person's reach.
    """

    placed: int = 1500
    wish: int = 2000
    first_wish: int = 500
    learning: int = 400
    learning_most: int = 6
    travel: int = 1500

    def __post_init__(self) -> None:
        """Raise ValueError unless being placed counts and nothing counts against it."""
        if self.placed < 1 or min(self.wish, self.first_wish, self.learning, self.learning_most, self.travel) < 0:
            raise ValueError("placed is worth at least 1 point, nothing else less than 0")

    @property
    def most_per_pair(self) -> int:
        """Points that a pair can add at most to the person's own."""
        return self.placed + self.wish + self.first_wish + self.learning * self.learning_most + self.travel + TIE_SPAN - 1


@dataclass(frozen=True)
class Instance:
    """A round: people, places, the limits of mentors and hosts, vetoed pairs (person rows and place rows) and the weights."""

    people: People
    places: Places
    mentor_capacity: Int32
    host_capacity: Int32
    veto_person: Int32
    veto_place: Int32
    weights: Weights

    def __post_init__(self) -> None:
        """Raise ValueError when rows point nowhere, a mentor works for two hosts or values grow too large."""
        _check_index("mentor", self.places.mentor, len(self.mentor_capacity), lowest=NO_GROUP)
        _check_index("host", self.places.host, len(self.host_capacity), lowest=NO_GROUP)
        _check_index("vetoing person", self.veto_person, len(self.people))
        _check_index("vetoed place", self.veto_place, len(self.places))
        if len(self.veto_person) != len(self.veto_place):
            raise ValueError("every veto names one person and one place")
        if self.weights.most_per_pair + int(self.people.points.max(initial=0)) > LARGEST_VALUE:
            raise ValueError(f"a pair may be worth at most {LARGEST_VALUE} points")
        host_of_mentor(self)


def host_of_mentor(instance: Instance) -> Int32:
    """Return the host of each mentor (-1: none); raises ValueError when a mentor works for two hosts."""
    places = instance.places
    guided = np.flatnonzero(places.mentor >= 0)
    hosts = np.full(len(instance.mentor_capacity), NO_GROUP, np.int32)
    hosts[places.mentor[guided]] = places.host[guided]
    if bool(np.any(hosts[places.mentor[guided]] != places.host[guided])):
        raise ValueError("a mentor works for one host")
    return hosts


def _check_columns(table: People | Places) -> None:
    columns = {each.name: getattr(table, each.name) for each in fields(table)}
    if len({column.shape for column in columns.values()}) != 1 or columns["x"].ndim != 1:
        raise ValueError("all columns have one value per row")
    for name, kind in {each.name: str(each.type) for each in fields(table)}.items():
        if columns[name].dtype != np.dtype(kind.lower()):
            raise ValueError(f"column {name} is {columns[name].dtype}, not {kind.lower()}")
    for name, bits in _BITS.items():
        if name in columns and bool(np.any(columns[name] >> bits)):
            raise ValueError(f"column {name} has {bits} bits")
    for name, highest in _RANKS.items():
        if name in columns and int(columns[name].max(initial=0)) > highest:
            raise ValueError(f"column {name} is at most {highest}")
    if max(int(np.abs(columns[axis]).max(initial=0)) for axis in ("x", "y")) > LARGEST_COORDINATE:
        raise ValueError("coordinates lie within 10,000 km of the origin")


def _check_index(name: str, rows: Int32, length: int, lowest: int = 0) -> None:
    if len(rows) and not lowest <= int(rows.min()) <= int(rows.max()) < length:
        raise ValueError(f"a {name} points at a row that does not exist")
