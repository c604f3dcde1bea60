"""Judging and valuing pairs: a vector filter that never drops a pair that matters, and the exact rule behind it.

The filter works in 32-bit floats and errs on the side of keeping; `worth` decides in whole numbers.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from opstap.engine.matching.scale.instance import TIE_SPAN, Int32, UInt8, UInt64
from opstap.engine.matching.scale.kernel import kernel
from opstap.engine.matching.scale.layout import CELL, Float32, Grid, Pairs

NOT_ADMISSIBLE = -1
WORD = 8
"""Flags are read eight at a time."""
_SLACK = np.float32(4.0)
"""Points by which rounding to 32-bit floats can be wrong at most, and more."""
_WIDER = np.float32(1.00001)


class Scratch(NamedTuple):
    """The working memory of one lane. `words` are the `flags` eight at a time; `costs` and `floors` are per place, in points."""

    flags: UInt8
    words: UInt64
    found: Int32
    costs: Float32
    floors: Float32


def scratch_memory(costs: Float32, floor: float) -> Scratch:
    """Return working memory with these costs per place and the same floor everywhere."""
    flags = np.zeros((len(costs) // WORD + 2) * WORD, np.uint8)
    found = np.empty(len(flags) + WORD, np.int32)
    return Scratch(flags, flags.view(np.uint64), found, costs, np.full(len(costs), floor, np.float32))


@kernel
def popcount(bits: np.uint64) -> int:
    """Return the number of set bits."""
    bits = bits - ((bits >> np.uint64(1)) & np.uint64(0x5555555555555555))
    bits = (bits & np.uint64(0x3333333333333333)) + ((bits >> np.uint64(2)) & np.uint64(0x3333333333333333))
    bits = (bits + (bits >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64((bits * np.uint64(0x0101010101010101)) >> np.uint64(56)))


@kernel
def worth(pairs: Pairs, person: int, place: int) -> int:
    """Return the value of the pair in points, or -1 when a hard rule forbids it."""
    people, places, points = pairs.people, pairs.places, pairs.points
    east, north = int(people.x[person]) - int(places.x[place]), int(people.y[person]) - int(places.y[place])
    square = east * east + north * north
    if square > int(people.reach[person]) * int(people.reach[person]):
        return NOT_ADMISSIBLE
    if places.needs_body[place] & people.lacks_body[person] or places.needs_paper[place] & people.lacks_paper[person]:
        return NOT_ADMISSIBLE
    if not places.needs_paper[place] & people.instruments[person]:
        return NOT_ADMISSIBLE
    if popcount(np.uint64(places.half_days[place] & people.half_days[person])) < places.needed[place]:
        return NOT_ADMISSIBLE
    for index in range(people.veto_start[person], people.veto_start[person + 1]):
        if people.veto[index] == place:
            return NOT_ADMISSIBLE
    wished = points.wish if people.wishes[person] & places.occupation[place] else 0
    if people.top_wish[person] & places.occupation[place]:
        wished += points.first_wish
    learned = min(popcount(places.teaches[place] & people.goals[person]), points.learning_most) * points.learning
    nearness = points.travel - int(people.slope[person] * math.sqrt(float(square)))
    tie = (people.tie[person] ^ places.tie[place]) & (TIE_SPAN - 1)
    return points.placed + int(people.points[person]) + wished + learned + nearness + int(tie)


@kernel
def columns_in_reach(grid: Grid, x: int, reach: int) -> tuple[int, int]:
    """Return the first column of cells in reach of a person and the one after the last."""
    return max(0, (x - reach - grid.west) // CELL), min(grid.columns, (x + reach - grid.west) // CELL + 1)


@kernel
def run_in_reach(grid: Grid, column: int, y: int, reach: int) -> tuple[int, int]:
    """Return the run of places of a column of cells in reach of a person, `[first, past)`."""
    low, high = max(0, (y - reach - grid.south) // CELL), min(grid.rows, (y + reach - grid.south) // CELL + 1)
    if low >= high:
        return 0, 0
    return int(grid.start[column * grid.rows + low]), int(grid.start[column * grid.rows + high])


@kernel
def likely_in_run(scratch: Scratch, pairs: Pairs, person: int, run: tuple[int, int], threshold: float) -> int:
    """List in `scratch.found` the places of the run `[first, past)` that may matter to the person; return how many.

    A place matters when the pair may be admissible and its value - `scratch.costs[place]` is more than `threshold` (the
    person's) or `scratch.floors[place]`, whichever is lower. All in points.
    """
    first, past = run
    _flag_admissible(scratch.flags, pairs, person, first, past)
    _flag_valuable(scratch, pairs, person, run, np.float32(threshold))
    count = past - first
    words = (count + WORD - 1) // WORD
    for k in range(count, words * WORD):
        scratch.flags[k] = 0
    found = 0
    for word in range(words):
        if scratch.words[word]:
            for k in range(WORD * word, WORD * word + WORD):
                scratch.found[found] = first + k
                found += scratch.flags[k]
    return found


@kernel
def _flag_admissible(flags: UInt8, pairs: Pairs, person: int, first: int, past: int) -> None:
    people, places = pairs.people, pairs.places
    x, y = np.float32(people.x[person]), np.float32(people.y[person])
    reach = np.float32(people.reach[person]) * _WIDER
    square = reach * reach
    body, paper, instruments = people.lacks_body[person], people.lacks_paper[person], people.instruments[person]
    place_x, place_y = places.x[first:past], places.y[first:past]
    needs_body, needs_paper = places.needs_body[first:past], places.needs_paper[first:past]
    for k in range(past - first):
        east, north = np.float32(place_x[k]) - x, np.float32(place_y[k]) - y
        lacks = (needs_body[k] & body) | (needs_paper[k] & paper)
        flags[k] = (east * east + north * north <= square) & (lacks == 0) & ((needs_paper[k] & instruments) != 0)


@kernel
def _flag_valuable(scratch: Scratch, pairs: Pairs, person: int, run: tuple[int, int], asked: np.float32) -> None:
    people, places, points, flags = pairs.people, pairs.places, pairs.points, scratch.flags
    first, past = run
    x, y, slope = np.float32(people.x[person]), np.float32(people.y[person]), np.float32(people.slope[person])
    base = np.float32(people.points[person] + points.placed + points.travel + TIE_SPAN) + _SLACK
    wish, first_wish, learning = np.float32(points.wish), np.float32(points.first_wish), np.float32(points.learning)
    most, nothing = np.float32(points.learning_most * points.learning), np.float32(0)
    goals, wishes, top_wish = people.goals[person], people.wishes[person], people.top_wish[person]
    place_x, place_y, teaches, occupation = (
        places.x[first:past],
        places.y[first:past],
        places.teaches[first:past],
        places.occupation[first:past],
    )
    cost, floor = scratch.costs[first:past], scratch.floors[first:past]
    for k in range(past - first):
        east, north = np.float32(place_x[k]) - x, np.float32(place_y[k]) - y
        learned = min(np.float32(popcount(teaches[k] & goals)) * learning, most)
        wished = wish if occupation[k] & wishes else nothing
        hoped = first_wish if occupation[k] & top_wish else nothing
        upper = base + learned + wished + hoped - slope * np.float32(math.sqrt(east * east + north * north)) - cost[k]
        flags[k] &= (upper > asked) | (upper > floor[k])
