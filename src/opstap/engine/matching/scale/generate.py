"""Seeded instances of any size, drawn like a coast with towns: people cluster, places cluster, means of travel differ."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from opstap.engine.matching.scale.instance import LARGEST_REACH, UNITS_PER_KM, Instance, Int32, People, Places, Weights

_PEOPLE_PER_KM2 = 12.0
"""About the density of job seekers in Flanders."""
_TOWN_SPREAD_KM = 4.0
_HALF_DAYS = 10
_GOALS = 48
_OCCUPATIONS = 55
_POPULARITY = 0.6 / (1 + 0.2 * np.arange(_OCCUPATIONS))
"""Share of people who wish each occupation: a few are wished by many."""
_MENTOR_LIMIT = 3
_HAVE_A_FIRST_WISH, _ARE_FLEXIBLE, _HAVE_A_LIMIT = 0.6, 0.3, 0.5
_REACH_KM = (3, 8, 14, 20, 30)
_REACH_SHARE = (0.05, 0.30, 0.35, 0.20, 0.10)
Random = np.random.Generator


def instance(people: int, places: int, seed: int, *, nested: bool = False) -> Instance:
    """Return an instance of that many people and places; the same seed gives the same instance.

    With `nested`, mentors guide one to four neighbouring places and hosts limit some of their mentors together; without, each
    mentor guides one place.
    """
    random = np.random.default_rng(seed)
    side = math.sqrt(max(people, 400) / _PEOPLE_PER_KM2)
    towns = random.uniform(0, side, (max(3, people // 4000), 2))
    size = np.clip(random.zipf(1.6, len(towns)), 1, 60).astype(float)
    shares = size / size.sum()
    mentor, host, mentor_capacity, host_capacity = _groups(random, places, nested=nested)
    vetoes = people // 20
    return Instance(
        people=_people(random, _positions(random, people, towns, shares, side)),
        places=_places(random, _positions(random, places, towns, shares, side), mentor, host),
        mentor_capacity=mentor_capacity,
        host_capacity=host_capacity,
        veto_person=random.integers(0, max(people, 1), vetoes).astype(np.int32),
        veto_place=random.integers(0, max(places, 1), vetoes if places else 0).astype(np.int32),
        weights=Weights(),
    )


def _positions(random: Random, count: int, towns: NDArray[np.float64], shares: NDArray[np.float64], side: float) -> Int32:
    around = towns[random.choice(len(towns), count, p=shares)]
    spread = np.clip(around + random.normal(0, _TOWN_SPREAD_KM, (count, 2)), 0, side)
    return np.asarray(spread * UNITS_PER_KM, np.int32)


def _bits(random: Random, count: int, width: int, chance: float | NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return `count` bit sets in which each of `width` bits is set with that chance (one for all, or one per set)."""
    sets = np.zeros(count, np.uint64)
    for bit in range(width):
        sets |= (random.random(count) < chance).astype(np.uint64) << np.uint64(bit)
    return sets


def _people(random: Random, at: Int32) -> People:
    count = len(at)
    wishes = np.zeros(count, np.uint64)
    for occupation, chance in enumerate(_POPULARITY):
        wishes |= _bits(random, count, 1, float(chance)) << np.uint64(occupation)
    first = random.choice(_OCCUPATIONS, count, p=_POPULARITY / _POPULARITY.sum())
    has_first = random.random(count) < _HAVE_A_FIRST_WISH
    wishes |= np.where(has_first, np.uint64(1) << first.astype(np.uint64), np.uint64(0))
    return People(
        x=np.ascontiguousarray(at[:, 0]),
        y=np.ascontiguousarray(at[:, 1]),
        reach=np.minimum(random.choice(_REACH_KM, count, p=_REACH_SHARE) * UNITS_PER_KM, LARGEST_REACH).astype(np.int32),
        half_days=_bits(random, count, _HALF_DAYS, 0.85).astype(np.uint16),
        dutch=random.choice(7, count, p=(0.03, 0.07, 0.2, 0.2, 0.15, 0.05, 0.3)).astype(np.uint8),
        licences=_bits(random, count, 3, 0.4).astype(np.uint8),
        limits=_bits(random, count, 6, 0.1).astype(np.uint8),
        instruments=(_bits(random, count, 5, 0.5) | np.uint64(1)).astype(np.uint8),
        goals=_bits(random, count, _GOALS, 0.3),
        wishes=wishes,
        first_wish=np.where(has_first, first, -1).astype(np.int8),
        points=(random.choice((0, 800, 1600), count, p=(0.5, 0.35, 0.15)) + 60 * random.integers(0, 36, count)).astype(np.int32),
        tie=random.integers(0, 256, count).astype(np.uint8),
    )


def _places(random: Random, at: Int32, mentor: Int32, host: Int32) -> Places:
    count = len(at)
    half_days = np.zeros(count, np.uint16)
    for _ in range(3):
        half_days |= np.left_shift(np.uint16(1), random.integers(0, _HALF_DAYS, count).astype(np.uint16), dtype=np.uint16)
    days = np.bitwise_count(half_days)
    flexible = random.random(count) < _ARE_FLEXIBLE
    return Places(
        x=np.ascontiguousarray(at[:, 0]),
        y=np.ascontiguousarray(at[:, 1]),
        capacity=random.choice((1, 2, 3, 4, 6, 10), count, p=(0.30, 0.26, 0.21, 0.11, 0.08, 0.04)).astype(np.int32),
        half_days=half_days,
        needed=np.where(flexible, np.minimum(days, 2), days).astype(np.uint8),
        dutch=random.choice(5, count, p=(0.35, 0.25, 0.2, 0.15, 0.05)).astype(np.uint8),
        licences=_bits(random, count, 3, 0.06).astype(np.uint8),
        demands=_bits(random, count, 6, 0.2).astype(np.uint8),
        instruments=(_bits(random, count, 5, 0.3) | np.uint64(1) << random.integers(0, 2, count).astype(np.uint64)).astype(np.uint8),
        teaches=_bits(random, count, _GOALS, random.uniform(0.02, 0.25, count)),
        occupation=random.integers(0, _OCCUPATIONS, count).astype(np.uint8),
        tie=random.integers(0, 256, count).astype(np.uint8),
        mentor=mentor,
        host=host,
    )


def _groups(random: Random, places: int, *, nested: bool) -> tuple[Int32, Int32, Int32, Int32]:
    """Return mentor and host of each place and the capacities of mentors and hosts."""
    if not nested:
        alone = np.arange(places, dtype=np.int32)
        return alone, np.full(places, -1, np.int32), np.full(places, 2 * _MENTOR_LIMIT, np.int32), np.zeros(0, np.int32)
    mentor = np.repeat(np.arange(places), random.integers(1, 5, places))[:places].astype(np.int32)
    mentors = int(mentor.max(initial=-1)) + 1
    host_of_mentor = np.repeat(np.arange(mentors), random.integers(1, 6, mentors))[:mentors].astype(np.int32)
    hosts = int(host_of_mentor.max(initial=-1)) + 1
    limits = np.where(random.random(hosts) < _HAVE_A_LIMIT, random.integers(1, 9, hosts), 10_000).astype(np.int32)
    return mentor, host_of_mentor[mentor], np.full(mentors, _MENTOR_LIMIT, np.int32), limits
