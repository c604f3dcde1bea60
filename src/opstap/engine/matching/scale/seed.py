"""The first edges: the best places of every person, and the best people of every place; either side alone loses value."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from opstap.engine.matching.scale.heap import keep_largest
from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.matching.scale.kernel import kernel
from opstap.engine.matching.scale.lanes import BLOCK, LANES, run_lanes
from opstap.engine.matching.scale.layout import Pairs
from opstap.engine.matching.scale.pairs import Scratch, columns_in_reach, likely_in_run, run_in_reach, scratch_memory, worth

_NOTHING = -1.0


class Tops(NamedTuple):
    """Best places per person: `place[i, :size[i]]` with `value` in points."""

    place: Int32
    value: Int32
    size: Int32


class Favourites(NamedTuple):
    """Best people per place in each lane: `person[lane, start[j]:start[j] + held[lane, j]]` with `value` in points."""

    start: Int64
    person: Int32
    value: Int32
    held: Int32


def seed_edges(pairs: Pairs, per_person: int, per_place: Int64, threads: int) -> tuple[Tops, Favourites]:
    """Return the `per_person` best places of everyone and the `per_place[j]` best people of each place in each lane."""
    people, places = len(pairs.people.x), len(pairs.places.x)
    tops = Tops(
        place=np.empty((people, per_person), np.int32),
        value=np.empty((people, per_person), np.int32),
        size=np.zeros(people, np.int32),
    )
    start = np.zeros(places + 1, np.int64)
    np.cumsum(per_place, out=start[1:])
    favourites = Favourites(
        start=start,
        person=np.empty((LANES, start[-1]), np.int32),
        value=np.empty((LANES, start[-1]), np.int32),
        held=np.zeros((LANES, places), np.int32),
    )
    run_lanes(lambda lane: _sweep(pairs, lane, scratch_memory(np.zeros(places, np.float32), _NOTHING), tops, favourites), threads)
    return tops, favourites


@kernel
def _sweep(pairs: Pairs, lane: int, scratch: Scratch, tops: Tops, favourites: Favourites) -> None:
    for block in range(lane * BLOCK, len(tops.size), LANES * BLOCK):
        for person in range(block, min(block + BLOCK, len(tops.size))):
            x, reach = int(pairs.people.x[person]), int(pairs.people.reach[person])
            column, past_column = columns_in_reach(pairs.grid, x, reach)
            for each in range(column, past_column):
                _offer_column(pairs, lane, scratch, tops, favourites, person, each)


@kernel
def _offer_column(  # noqa: PLR0917 - compiled code takes its arguments by position
    pairs: Pairs, lane: int, scratch: Scratch, tops: Tops, favourites: Favourites, person: int, column: int
) -> None:
    """Offer the places of one column of cells to the person, and the person to the places."""
    people, most = pairs.people, tops.place.shape[1]
    values, places, size = tops.value[person], tops.place[person], int(tops.size[person])
    favourite_values, favourite_people = favourites.value[lane], favourites.person[lane]
    run = run_in_reach(pairs.grid, column, int(people.y[person]), int(people.reach[person]))
    threshold = float(values[0]) if size == most else _NOTHING
    for index in range(likely_in_run(scratch, pairs, person, run, threshold)):
        place = int(scratch.found[index])
        value = worth(pairs, person, place)
        if value < 0:
            continue
        size = keep_largest(values, places, 0, size, most, value, place)
        at, room = int(favourites.start[place]), int(favourites.start[place + 1] - favourites.start[place])
        held = keep_largest(favourite_values, favourite_people, at, int(favourites.held[lane, place]), room, value, person)
        favourites.held[lane, place] = held
        if held == room:
            scratch.floors[place] = favourite_values[at]
    tops.size[person] = size
