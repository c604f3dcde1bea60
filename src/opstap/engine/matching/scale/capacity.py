"""Nested capacities, place within mentor within host: what can be folded into the places, and the groups that remain.

A mentor or host with one place is folded into that place; one whose places together never reach its limit is dropped.
What remains is exact too: the auction of `nested` bids in the tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opstap.engine.matching.scale.instance import NO_GROUP, Instance, Int32, Int64

AT_PLACE, AT_MENTOR, AT_HOST = 0, 1, 2


class Limits(NamedTuple):
    """The limits as given: seats per place, its mentor and host (rows or -1), and what those can take."""

    place: Int32
    mentor: Int32
    host: Int32
    mentor_capacity: Int32
    host_capacity: Int32


def limits_of(instance: Instance) -> Limits:
    """Return the limits of an instance."""
    places = instance.places
    return Limits(places.capacity, places.mentor, places.host, instance.mentor_capacity, instance.host_capacity)


@dataclass(frozen=True)
class Capacities:
    """Seats per place after folding, in rows of the instance; `mentor` and `host` are -1 where no group limit remains.

    `level[j]` says whose limit the seats of place j are: the place's own, its mentor's or its host's.
    """

    place: Int32
    level: NDArray[np.int8]
    mentor: Int32
    host: Int32
    mentor_capacity: Int32
    host_capacity: Int32

    @property
    def is_nested(self) -> bool:
        """Tell whether limits remain that no single place can carry."""
        return bool(np.any(self.mentor >= 0) or np.any(self.host >= 0))

    def open_places(self) -> NDArray[np.bool_]:
        """Tell per place whether any seat can be taken at all."""
        seats = self.place > 0
        for group, capacity in ((self.mentor, self.mentor_capacity), (self.host, self.host_capacity)):
            grouped = group >= 0
            seats[grouped] &= capacity[group[grouped]] > 0
        return seats


def fold(limits: Limits) -> Capacities:
    """Return the limits with every one folded or dropped where that changes nothing."""
    mentors, hosts = len(limits.mentor_capacity), len(limits.host_capacity)
    seats, level = limits.place.astype(np.int64), np.zeros(len(limits.place), np.int8)
    mentor = _fold_singles(seats, level, limits.mentor, limits.mentor_capacity, AT_MENTOR)
    host = _fold_singles(seats, level, limits.host, limits.host_capacity, AT_HOST)
    most_of_mentor = np.minimum(_sum_by(mentor, seats, mentors), limits.mentor_capacity)
    mentor = _drop_loose(mentor, _sum_by(mentor, seats, mentors), limits.mentor_capacity)
    most_of_host = _sum_by(np.where(mentor < 0, host, NO_GROUP), seats, hosts)
    grouped = np.unique(mentor[mentor >= 0])
    host_of = np.full(mentors, NO_GROUP, np.int64)
    host_of[mentor[mentor >= 0]] = host[mentor >= 0]
    most_of_host += _sum_by(host_of[grouped], most_of_mentor[grouped], hosts)
    host = _drop_loose(host, most_of_host, limits.host_capacity)
    return Capacities(
        seats.astype(np.int32), level, mentor.astype(np.int32), host.astype(np.int32), limits.mentor_capacity, limits.host_capacity
    )


def _sum_by(group: Int64 | Int32, amount: Int64, groups: int) -> Int64:
    inside = group >= 0
    return np.bincount(group[inside], weights=amount[inside], minlength=groups).astype(np.int64)


def _fold_singles(seats: Int64, level: NDArray[np.int8], group: Int32, capacity: Int32, name: int) -> Int64:
    """Lower the seats of places that are alone in their group to the group's limit; return the groups of the others."""
    size = np.bincount(group[group >= 0], minlength=len(capacity))
    alone = np.flatnonzero(group >= 0)
    alone = alone[size[group[alone]] == 1]
    tighter = alone[capacity[group[alone]] < seats[alone]]
    seats[tighter] = capacity[group[tighter]]
    level[tighter] = name
    rest = group.astype(np.int64)
    rest[alone] = NO_GROUP
    return rest


def _drop_loose(group: Int64, most: Int64, capacity: Int32) -> Int64:
    """Return the groups without those whose members together can never pass the limit."""
    if not len(capacity):
        return group
    return np.where((group >= 0) & (most > capacity)[group], group, NO_GROUP)
