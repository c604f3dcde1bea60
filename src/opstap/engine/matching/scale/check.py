"""The independent judge of a run: reads the instance as it was given, shares no code with the solver, believes no number of the result.

Feasibility: every pair by every hard rule, every limit of place, mentor and host. Bound: whatever the prices are, as long as
they are not negative, sum(price x limit) + sum over people of max(0, best value - price) over all admissible pairs is at least
the value of any assignment (weak duality); so a small gap is a proof, not a claim.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from opstap.engine.matching.scale.instance import Instance, Int8, Int32, Int64, People, Places, UInt8, UInt16, UInt64
from opstap.engine.matching.scale.kernel import kernel
from opstap.engine.matching.scale.result import ScaledResult

_SQUARE = 500
"""Side of the squares in which places are looked up, in units of 10 metres."""
_CHUNKS = 64


@dataclass(frozen=True)
class Certificate:
    """What the judge found, in points; `pairs` is the number of admissible pairs; without `faults` the gap is proven."""

    value: int
    bound: int
    pairs: int
    faults: tuple[str, ...]

    @property
    def gap(self) -> float:
        """Return the part of the bound that the value may be short of the optimum."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0


class _Seekers(NamedTuple):
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
    veto_start: Int64
    veto: Int32


class _Offers(NamedTuple):
    x: Int32
    y: Int32
    half_days: UInt16
    needed: UInt8
    dutch: UInt8
    licences: UInt8
    demands: UInt8
    instruments: UInt8
    teaches: UInt64
    occupation: UInt8
    tie: UInt8
    row: Int64
    price: Int64
    start: Int64
    west: int
    south: int
    wide: int
    high: int


class _Worths(NamedTuple):
    placed: int
    wish: int
    first_wish: int
    learning: int
    learning_most: int
    travel: int


def certify(instance: Instance, result: ScaledResult, threads: int = 2) -> Certificate:
    """Return value, bound and every fault of the result, recomputed from the instance and the prices alone."""
    faults = [*_wrong_shapes(instance, result)]
    if faults:
        return Certificate(0, 0, 0, tuple(faults))
    faults += _overfull(instance, result) + _negative_prices(result)
    total = result.place_prices + _along(result.mentor_prices, instance.places.mentor) + _along(result.host_prices, instance.places.host)
    value, best, forbidden, pairs = _sweep_all(instance, result, total, threads)
    faults += [f"person {row} may not go to place {result.assignment[row]}" for row in forbidden[:10]]
    rent = sum(
        int((prices * limits).sum())
        for prices, limits in (
            (result.place_prices, instance.places.capacity),
            (result.mentor_prices, instance.mentor_capacity),
            (result.host_prices, instance.host_capacity),
        )
    )
    bound = (rent + best) // result.price_scale
    if value != result.value:
        faults.append(f"the assignment is worth {value}, not {result.value}")
    if bound > result.bound:
        faults.append(f"the prices prove a bound of {bound}, not {result.bound}")
    if not np.array_equal(total, result.prices):
        faults.append("the prices of places are not the sums of place, mentor and host")
    return Certificate(value, bound, pairs, tuple(faults))


def _wrong_shapes(instance: Instance, result: ScaledResult) -> list[str]:
    shapes = (
        ("assignment", result.assignment, len(instance.people)),
        ("prices", result.prices, len(instance.places)),
        ("place prices", result.place_prices, len(instance.places)),
        ("mentor prices", result.mentor_prices, len(instance.mentor_capacity)),
        ("host prices", result.host_prices, len(instance.host_capacity)),
    )
    faults = [f"{name}: {len(column)} rows instead of {rows}" for name, column, rows in shapes if len(column) != rows]
    if result.price_scale < 1:
        faults.append("the price scale is below 1")
    if (
        not faults
        and len(result.assignment)
        and not -1 <= int(result.assignment.min()) <= int(result.assignment.max()) < len(instance.places)
    ):
        faults.append("someone is sent to a place that does not exist")
    return faults


def _negative_prices(result: ScaledResult) -> list[str]:
    levels = (("place", result.place_prices), ("mentor", result.mentor_prices), ("host", result.host_prices))
    return [f"a {name} has a negative price" for name, prices in levels if len(prices) and int(prices.min()) < 0]


def _overfull(instance: Instance, result: ScaledResult) -> list[str]:
    placed = result.assignment[result.assignment >= 0]
    places = instance.places
    faults: list[str] = []
    for name, group, limits in (
        ("place", np.arange(len(places), dtype=np.int32), places.capacity),
        ("mentor", places.mentor, instance.mentor_capacity),
        ("host", places.host, instance.host_capacity),
    ):
        groups = group[placed]
        used = np.bincount(groups[groups >= 0], minlength=len(limits))
        faults += [f"{name} {row} has {used[row]} people for {limits[row]} seats" for row in np.flatnonzero(used > limits)[:10]]
    return faults


def _along(prices: Int64, group: Int32) -> Int64:
    padded = np.append(prices, np.int64(0))
    return np.asarray(padded[np.where(group >= 0, group, len(prices))])


def _sweep_all(instance: Instance, result: ScaledResult, price: Int64, threads: int) -> tuple[int, int, list[int], int]:
    """Return the value, the sum of best gains in price units, who sits where they may not, and the number of admissible pairs."""
    people, places, weights = instance.people, instance.places, instance.weights
    if not len(people) or not len(places):
        return 0, 0, [], 0
    seekers, offers = _seekers(people, instance), _offers(places, price)
    worths = _Worths(weights.placed, weights.wish, weights.first_wish, weights.learning, weights.learning_most, weights.travel)
    around = np.lexsort((people.y // _SQUARE, people.x // _SQUARE))
    worth = np.full(len(people), -1, np.int64)
    with ThreadPoolExecutor(threads) as pool:
        parts = list(
            pool.map(
                lambda rows: _judge(seekers, offers, worths, rows, result.assignment, worth, result.price_scale),
                np.array_split(around, _CHUNKS),
            )
        )
    seated = result.assignment >= 0
    value = int(worth[seated & (worth >= 0)].sum())
    forbidden = [int(row) for row in np.flatnonzero(seated & (worth < 0))]
    return value, sum(int(part[0]) for part in parts), forbidden, sum(int(part[1]) for part in parts)


def _seekers(people: People, instance: Instance) -> _Seekers:
    order = np.argsort(instance.veto_person, kind="stable")
    start = np.searchsorted(instance.veto_person[order], np.arange(len(people) + 1)).astype(np.int64)
    columns = {name: getattr(people, name) for name in _Seekers._fields if not name.startswith("veto")}
    return _Seekers(**columns, veto_start=start, veto=instance.veto_place[order])


def _offers(places: Places, price: Int64) -> _Offers:
    west, south = int(places.x.min()), int(places.y.min())
    across, up = (places.x - west) // _SQUARE, (places.y - south) // _SQUARE
    wide, high = int(across.max()) + 1, int(up.max()) + 1
    square = up.astype(np.int64) * wide + across
    row = np.argsort(square, kind="stable")
    start = np.searchsorted(square[row], np.arange(wide * high + 1)).astype(np.int64)
    names = [name for name in _Offers._fields if hasattr(places, name)]
    columns = {name: getattr(places, name)[row] for name in names}
    return _Offers(**columns, row=row, price=price[row], start=start, west=west, south=south, wide=wide, high=high)


@kernel
def _bits(value: int) -> int:
    count = 0
    while value:
        value &= value - 1
        count += 1
    return count


@kernel
def _may(seekers: _Seekers, offers: _Offers, who: int, index: int) -> bool:
    """Tell whether all hard rules but distance hold."""
    if seekers.dutch[who] < offers.dutch[index] or offers.demands[index] & seekers.limits[who]:
        return False
    if offers.licences[index] & ~seekers.licences[who] or not offers.instruments[index] & seekers.instruments[who]:
        return False
    if _bits(int(np.int64(offers.half_days[index] & seekers.half_days[who]))) < offers.needed[index]:
        return False
    for veto in range(seekers.veto_start[who], seekers.veto_start[who + 1]):  # noqa: SIM110 - all() does not compile
        if seekers.veto[veto] == offers.row[index]:
            return False
    return True


@kernel
def _worth(  # noqa: PLR0917 - compiled code takes its arguments by position
    seekers: _Seekers, offers: _Offers, worths: _Worths, who: int, index: int, square: int
) -> int:
    wish = 0
    if (seekers.wishes[who] >> np.uint64(offers.occupation[index])) & np.uint64(1):
        wish += worths.wish
    if seekers.first_wish[who] == int(offers.occupation[index]):
        wish += worths.first_wish
    learning = worths.learning * min(worths.learning_most, _bits(int(np.int64(offers.teaches[index] & seekers.goals[who]))))
    reach = max(int(seekers.reach[who]), 1)
    travel = worths.travel - int(worths.travel / float(reach) * math.sqrt(float(square)))
    tie = int(np.int64(seekers.tie[who] ^ offers.tie[index])) % 64
    return worths.placed + int(seekers.points[who]) + wish + learning + travel + tie


@kernel
def _judge(  # noqa: PLR0917 - compiled code takes its arguments by position
    seekers: _Seekers, offers: _Offers, worths: _Worths, rows: Int64, assignment: Int32, worth: Int64, scale: int
) -> tuple[int, int]:
    """Return the sum of best gains and the number of admissible pairs of these people; writes the worth of their own pairs."""
    total, pairs = 0, 0
    for who in rows:
        x, y, reach = int(seekers.x[who]), int(seekers.y[who]), int(seekers.reach[who])
        left, right = max(0, (x - reach - offers.west) // _SQUARE), min(offers.wide - 1, (x + reach - offers.west) // _SQUARE)
        low, high = max(0, (y - reach - offers.south) // _SQUARE), min(offers.high - 1, (y + reach - offers.south) // _SQUARE)
        best = 0
        for up in range(low, high + 1 if left <= right else low):
            for index in range(offers.start[up * offers.wide + left], offers.start[up * offers.wide + right + 1]):
                square = (x - int(offers.x[index])) ** 2 + (y - int(offers.y[index])) ** 2
                if square > reach * reach or not _may(seekers, offers, int(who), index):
                    continue
                pairs += 1
                points = _worth(seekers, offers, worths, int(who), index, square)
                best = max(best, points * scale - int(offers.price[index]))
                if offers.row[index] == assignment[who]:
                    worth[who] = points
        total += best
    return total, pairs
