"""The instance as the kernels read it: sorted in space, hard rules packed into words, one run of places per column of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opstap.engine.matching.scale.instance import Instance, Int32, Int64, UInt64

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
UInt32 = NDArray[np.uint32]

CELL = 300
"""Side of a cell in units of 10 metres: 3 km."""
_LIMITS_AT = 14
_DUTCH_AT = 20
_INSTRUMENTS_AT = 16


class PeopleColumns(NamedTuple):
    """People in the order of the kernels; `lacks_*` has a bit for everything the person does not have, `top_wish` at most one."""

    x: Int32
    y: Int32
    reach: Int32
    lacks_body: UInt32
    lacks_paper: UInt32
    instruments: UInt32
    half_days: UInt32
    goals: UInt64
    wishes: UInt64
    top_wish: UInt64
    points: Int64
    slope: Float64
    tie: Int64
    veto_start: Int64
    veto: Int32


class PlaceColumns(NamedTuple):
    """Places in the order of the kernels; `needs_*` has a bit for everything a person must have.

    body: half-days that must all be covered, demands, thermometer of the Dutch rank. paper: licences, and above them the
    instruments of which one is enough. `occupation` is one bit.
    """

    x: Int32
    y: Int32
    needs_body: UInt32
    needs_paper: UInt32
    half_days: UInt32
    needed: Int64
    teaches: UInt64
    occupation: UInt64
    tie: Int64


class Grid(NamedTuple):
    """Places of cell (column, row) are `start[column * rows + row]` up to the next start, so a column is one contiguous run."""

    start: Int64
    columns: int
    rows: int
    west: int
    south: int


class Points(NamedTuple):
    """The weights as plain integers, see `instance.Weights`."""

    placed: int
    wish: int
    first_wish: int
    learning: int
    learning_most: int
    travel: int


class Pairs(NamedTuple):
    """Everything needed to judge and value any pair."""

    people: PeopleColumns
    places: PlaceColumns
    grid: Grid
    points: Points


@dataclass(frozen=True)
class Layout:
    """The sorted instance and the way back: row k of the kernels is row `people_order[k]` (`places_order[k]`) of the instance."""

    pairs: Pairs
    people_order: Int64
    places_order: Int64


def lay_out(instance: Instance, kept: Int64) -> Layout:
    """Return the people and the `kept` rows of the places (at least one) sorted and packed for the kernels."""
    people, weights = instance.people, instance.weights
    grid, order = _grid(instance.places.x[kept].astype(np.int64), instance.places.y[kept].astype(np.int64))
    places_order = kept[order]
    people_order = np.lexsort((people.y // (2 * CELL), people.x // (2 * CELL)))
    points = Points(weights.placed, weights.wish, weights.first_wish, weights.learning, weights.learning_most, weights.travel)
    return Layout(
        Pairs(_people_columns(instance, people_order, places_order), _place_columns(instance, places_order), grid, points),
        people_order,
        places_order,
    )


def _grid(x: Int64, y: Int64) -> tuple[Grid, Int64]:
    """Return the cells over the places and the order of the places in which every cell is one run."""
    west, south = int(x.min()), int(y.min())
    column, row = (x - west) // CELL, (y - south) // CELL
    columns, rows = int(column.max()) + 1, int(row.max()) + 1
    cell = column * rows + row
    start = np.zeros(columns * rows + 1, np.int64)
    np.cumsum(np.bincount(cell, minlength=columns * rows), out=start[1:])
    return Grid(start, columns, rows, west, south), np.argsort(cell, kind="stable")


def _thermometer(rank: NDArray[np.uint8]) -> UInt32:
    """Return one bit per rank reached: rank 3 is 0b111."""
    return (np.uint32(1) << rank.astype(np.uint32)) - np.uint32(1)


def _top_wish(first_wish: NDArray[np.int8]) -> UInt64:
    """Return the first wish as one bit, or no bit."""
    return np.where(first_wish >= 0, np.uint64(1) << np.maximum(first_wish, 0).astype(np.uint64), np.uint64(0))


def _people_columns(instance: Instance, order: Int64, places_order: Int64) -> PeopleColumns:
    people = instance.people
    able = np.uint32(63) & ~people.limits.astype(np.uint32)
    body = people.half_days.astype(np.uint32) | able << np.uint32(_LIMITS_AT) | _thermometer(people.dutch) << np.uint32(_DUTCH_AT)
    lacks_paper = np.uint32(255) & ~people.licences.astype(np.uint32)
    veto_start, veto = _vetoes(instance, order, places_order)
    reach = people.reach[order]
    return PeopleColumns(
        x=people.x[order],
        y=people.y[order],
        reach=reach,
        lacks_body=~body[order],
        lacks_paper=lacks_paper[order],
        instruments=people.instruments[order].astype(np.uint32) << np.uint32(_INSTRUMENTS_AT),
        half_days=people.half_days[order].astype(np.uint32),
        goals=people.goals[order],
        wishes=people.wishes[order],
        top_wish=_top_wish(people.first_wish[order]),
        points=people.points[order].astype(np.int64),
        slope=instance.weights.travel / np.maximum(reach, 1).astype(np.float64),
        tie=people.tie[order].astype(np.int64),
        veto_start=veto_start,
        veto=veto,
    )


def _place_columns(instance: Instance, order: Int64) -> PlaceColumns:
    places = instance.places
    strict = places.needed == np.bitwise_count(places.half_days)
    body = np.where(strict, places.half_days, 0).astype(np.uint32)
    body |= places.demands.astype(np.uint32) << np.uint32(_LIMITS_AT)
    body |= _thermometer(places.dutch) << np.uint32(_DUTCH_AT)
    paper = places.licences.astype(np.uint32) | places.instruments.astype(np.uint32) << np.uint32(_INSTRUMENTS_AT)
    return PlaceColumns(
        x=places.x[order],
        y=places.y[order],
        needs_body=body[order],
        needs_paper=paper[order],
        half_days=places.half_days[order].astype(np.uint32),
        needed=places.needed[order].astype(np.int64),
        teaches=places.teaches[order],
        occupation=np.uint64(1) << places.occupation[order].astype(np.uint64),
        tie=places.tie[order].astype(np.int64),
    )


def _vetoes(instance: Instance, order: Int64, places_order: Int64) -> tuple[Int64, Int32]:
    """Return per person, in the order of the kernels, the vetoed places as kernel rows (start offsets and places)."""
    person_row = _rows_of(order, len(instance.people))[instance.veto_person]
    place_row = _rows_of(places_order, len(instance.places))[instance.veto_place]
    kept = np.flatnonzero(place_row >= 0)
    kept = kept[np.argsort(person_row[kept], kind="stable")]
    start = np.zeros(len(order) + 1, np.int64)
    np.cumsum(np.bincount(person_row[kept], minlength=len(order)), out=start[1:])
    return start, place_row[kept].astype(np.int32)


def _rows_of(order: Int64, count: int) -> Int64:
    """Return the kernel row of each row of the instance, -1 for those left out."""
    rows = np.full(count, -1, np.int64)
    rows[order] = np.arange(len(order))
    return rows
