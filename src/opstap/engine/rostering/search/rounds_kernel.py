"""The search over everybody, compiled: whole rounds run without the interpreter, so two can run side by side."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opstap.engine.rostering.search.answer_kernel import BY_CHANCE, BY_PRICES, FOR_GUIDES, PLAIN, respond
from opstap.engine.rostering.search.crew_kernel import Crew, Roster, Worth, count, leave
from opstap.engine.rostering.search.kernel import INFINITE

Float = NDArray[np.float64]
Int = NDArray[np.int64]
Flags = NDArray[np.bool_]
FEWEST, MOST = 2, 4
_TO_CHANCE, _TO_GUIDES, _TO_PRICES = 0.35, 0.70, 0.85
_STRANGERS = 0.3
_ALL_WEEKS, _LONGEST = 0.01, 3
"""The share of rounds in which all weeks are answered anew, and how many weeks in a row at most in the others."""


@njit(cache=True, nogil=True)
def search(  # noqa: PLR0917 - one loop, compiled as one
    crew: Crew, roster: Roster, worth: Worth, rows: Int, part_of: Int, part: int, low: int, high: int, heat: float, noise: float,
    rounds: int, seed: int,
) -> float:  # fmt: skip
    """Search among these workers at the demands of this part, in the weeks from `low` to `high`; return by how much the cost changed.

    A round takes two to four of them out and lets each answer the others again; up to `heat` points worse is kept by chance.
    """
    np.random.seed(seed)  # noqa: NPY002 - the generator of compiled code
    before, alone, unfair = np.empty((MOST, roster.chosen.shape[1]), np.int64), np.empty(MOST), np.empty(MOST)
    is_free = np.zeros(len(crew.sites), np.bool_)
    is_free[rows] = True
    total = 0.0
    for _ in range(rounds):
        picked, change, chance, mood = _related(crew, rows, is_free), 0.0, np.random.random(), PLAIN  # noqa: NPY002 - as above
        first, last = _window(low, high)
        for place, row in enumerate(picked):
            before[place], alone[place], unfair[place] = roster.chosen[row], roster.alone[row], roster.unfair[row]
            change += leave(crew, roster, row, first, last)
        if chance < _TO_PRICES:
            mood = BY_CHANCE if chance < _TO_CHANCE else FOR_GUIDES if chance < _TO_GUIDES else BY_PRICES
        answered = 0
        for row in picked:
            much = noise if mood == BY_CHANCE else np.random.random() * (1.2 if mood == FOR_GUIDES else 0.5)  # noqa: NPY002 - as above
            gain = respond(crew, roster, worth, row, mood, much, part_of, part, first, last)
            if gain >= INFINITE:
                break
            change += gain
            answered += 1
        if answered == len(picked) and change <= heat * np.random.random():  # noqa: NPY002 - as above
            total += change
            continue
        for place in range(answered):
            leave(crew, roster, picked[place], first, last)
        for place, row in enumerate(picked):
            roster.chosen[row], roster.alone[row], roster.unfair[row] = before[place], alone[place], unfair[place]
            count(crew, roster, row, 1, first, last)
    return total


@njit(cache=True, nogil=True)
def _window(low: int, high: int) -> tuple[int, int]:
    """Return the weeks of a round, from the first to the one after: a few in a row, or all."""
    if np.random.random() < _ALL_WEEKS:  # noqa: NPY002 - the generator of compiled code
        return low, high
    long = np.random.randint(1, _LONGEST + 1)  # noqa: NPY002 - as above
    first = np.random.randint(low + 1 - long, high)  # noqa: NPY002 - as above
    return max(low, first), min(high, first + long)


@njit(cache=True, nogil=True)
def _related(crew: Crew, rows: Int, is_free: Flags) -> Int:
    """Return a few of the workers: one at random, and some who can work at the same sites, or at random; in random order."""
    many = min(len(rows), np.random.randint(FEWEST, MOST + 1))  # noqa: NPY002 - the generator of compiled code
    first = rows[np.random.randint(len(rows))]  # noqa: NPY002 - as above
    picked = np.full(many, first)
    if np.random.random() < _STRANGERS:  # noqa: NPY002 - as above
        place = 1
        while place < many:
            picked[place] = rows[np.random.randint(len(rows))]  # noqa: NPY002 - as above
            if not (picked[:place] == picked[place]).any():
                place += 1
    else:
        scores = np.full(crew.near.shape[1], -1.0)
        for place, row in enumerate(crew.near[first]):
            if row != first and is_free[row]:
                scores[place] = crew.nearness[first, place] + np.random.random() * 0.5  # noqa: NPY002 - as above
        order = np.argsort(-scores)
        many = 1 + min(many - 1, int((scores >= 0).sum()))
        picked[1:many] = crew.near[first][order[: many - 1]]
    return picked[np.random.permutation(many)]  # noqa: NPY002 - as above
