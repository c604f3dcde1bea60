"""Pricing: with the prices of places, find for everyone the places worth more than all edges known so far, and the dual bound."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from opstap.engine.matching.scale.heap import keep_largest
from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.matching.scale.kernel import kernel
from opstap.engine.matching.scale.lanes import BLOCK, LANES, run_lanes
from opstap.engine.matching.scale.layout import Pairs
from opstap.engine.matching.scale.pairs import Scratch, columns_in_reach, likely_in_run, run_in_reach, scratch_memory, worth


class Violations(NamedTuple):
    """Pairs worth more than is known: `place[i, :size[i]]` with `value` in points.

    `profit[i]` is the best gain of person i over all admissible pairs, in price units.
    """

    place: Int32
    value: Int32
    size: Int32
    profit: Int64


class Prices(NamedTuple):
    """Prices per place in price units, and price units per point."""

    of: Int64
    scale: int


def price_out(pairs: Pairs, prices: Prices, profit: Int64, *, most: int, threads: int) -> Violations:
    """Return, over all admissible pairs, up to `most` pairs a person that gain more than `profit` (price units)."""
    people = len(pairs.people.x)
    found = Violations(
        place=np.empty((people, most), np.int32),
        value=np.empty((people, most), np.int32),
        size=np.zeros(people, np.int32),
        profit=profit.copy(),
    )
    costs = (prices.of / prices.scale).astype(np.float32)

    def work(lane: int) -> None:
        _sweep(pairs, lane, scratch_memory(costs, np.inf), prices, found, np.empty(most, np.int64))

    run_lanes(work, threads)
    return found


@kernel
def _sweep(  # noqa: PLR0917 - compiled code takes its arguments by position
    pairs: Pairs, lane: int, scratch: Scratch, prices: Prices, found: Violations, keys: Int64
) -> None:
    people = len(found.size)
    for block in range(lane * BLOCK, people, LANES * BLOCK):
        for person in range(block, min(block + BLOCK, people)):
            _price_person(pairs, scratch, prices, found, keys, person)
            for index in range(found.size[person]):
                found.value[person, index] = worth(pairs, person, int(found.place[person, index]))


@kernel
def _price_person(  # noqa: PLR0917 - compiled code takes its arguments by position
    pairs: Pairs, scratch: Scratch, prices: Prices, found: Violations, keys: Int64, person: int
) -> None:
    """Find the best violations of one person; `keys` is room for their gains."""
    x, y, reach = int(pairs.people.x[person]), int(pairs.people.y[person]), int(pairs.people.reach[person])
    known = best = int(found.profit[person])
    places, most, size = found.place[person], found.place.shape[1], 0
    column, past_column = columns_in_reach(pairs.grid, x, reach)
    for each in range(column, past_column):
        run = run_in_reach(pairs.grid, each, y, reach)
        threshold = max(known, int(keys[0])) if size == most else known
        for index in range(likely_in_run(scratch, pairs, person, run, float(math.floor(threshold / prices.scale)))):
            place = int(scratch.found[index])
            value = worth(pairs, person, place)
            gain = value * prices.scale - int(prices.of[place])
            if value >= 0 and gain > known:
                best = max(best, gain)
                size = keep_largest(keys, places, 0, size, most, gain, place)
    found.size[person] = size
    found.profit[person] = best
