"""Edges known so far: rows per person, and the same edges per place."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.matching.scale.kernel import kernel
from opstap.engine.matching.scale.seed import Favourites, Tops


class Edges(NamedTuple):
    """Edges of row r are `start[r]:start[r + 1]`; `other` is the place of a person's edge (or the person of a place's), value in points.

    Values are 64 bits wide where the edges were listed from a round with a strict order of criteria.
    """

    start: Int64
    other: Int32
    value: Int32 | Int64


@kernel
def from_seeds(tops: Tops, favourites: Favourites) -> Edges:
    """Return the seeds of both sides as one row per person, each pair once; strikes out repeated `favourites`."""
    degree = tops.size.astype(np.int64) + _count_favourites(tops, favourites)
    first = np.zeros(len(degree) + 1, np.int64)
    first[1:] = np.cumsum(degree)
    other, worth = np.empty(first[-1], np.int32), np.empty(first[-1], np.int32)
    at = first[:-1].copy()
    for who in range(len(at)):
        for known in range(tops.size[who]):
            other[at[who]], worth[at[who]] = tops.place[who, known], tops.value[who, known]
            at[who] += 1
    for lane in range(favourites.held.shape[0]):
        for row in range(favourites.held.shape[1]):
            for index in range(favourites.start[row], favourites.start[row] + favourites.held[lane, row]):
                who = favourites.person[lane, index]
                if who >= 0:
                    other[at[who]], worth[at[who]] = row, favourites.value[lane, index]
                    at[who] += 1
    return Edges(first, other, worth)


@kernel
def _count_favourites(tops: Tops, favourites: Favourites) -> Int64:
    """Return how often each person is a favourite of a place outside their own tops; the others are set to -1."""
    often = np.zeros(len(tops.size), np.int64)
    for lane in range(favourites.held.shape[0]):
        for row in range(favourites.held.shape[1]):
            for index in range(favourites.start[row], favourites.start[row] + favourites.held[lane, row]):
                who = favourites.person[lane, index]
                if _is_top(tops, who, row):
                    favourites.person[lane, index] = -1
                else:
                    often[who] += 1
    return often


@kernel
def _is_top(tops: Tops, person: int, place: int) -> bool:
    for known in range(tops.size[person]):  # noqa: SIM110 - any() does not compile
        if tops.place[person, known] == place:
            return True
    return False


@kernel
def extended(edges: Edges, place: Int32, value: Int32, count: Int32) -> Edges:
    """Return the edges with `place[i, :count[i]]` added to each person's row; the caller adds no pair that is known."""
    people = len(count)
    first = np.zeros(people + 1, np.int64)
    for who in range(people):
        first[who + 1] = first[who] + edges.start[who + 1] - edges.start[who] + count[who]
    other, worth = np.empty(first[people], np.int32), np.empty(first[people], np.int32)
    for who in range(people):
        at = first[who]
        for index in range(edges.start[who], edges.start[who + 1]):
            other[at], worth[at] = edges.other[index], edges.value[index]
            at += 1
        for index in range(count[who]):
            other[at], worth[at] = place[who, index], value[who, index]
            at += 1
    return Edges(first, other, worth)


@kernel
def transposed(edges: Edges, rows: int) -> Edges:
    """Return the same edges as one row per place (`rows` places)."""
    first = np.zeros(rows + 1, np.int64)
    for index in range(len(edges.other)):
        first[edges.other[index] + 1] += 1
    for row in range(rows):
        first[row + 1] += first[row]
    at = first[:-1].copy()
    other, worth = np.empty(len(edges.other), np.int32), np.empty(len(edges.other), edges.value.dtype)
    for who in range(len(edges.start) - 1):
        for index in range(edges.start[who], edges.start[who + 1]):
            row = edges.other[index]
            other[at[row]], worth[at[row]] = who, edges.value[index]
            at[row] += 1
    return Edges(first, other, worth)
