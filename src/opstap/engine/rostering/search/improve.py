"""Better rosters step by step: take a few workers out, let each answer the others in turn with the best path, keep what is better."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.market import Market
from opstap.engine.rostering.search.prices import layout_of, option_costs

Float = NDArray[np.float64]
Clock = Callable[[], float]
FEWEST, MOST = 2, 4
HEAT = 150.0
"""Points above which a round's result is never kept; falls to nothing while the search goes on."""

_AT_RANDOM, _FOR_GUIDES, _BY_PRICES = 0.35, 0.70, 0.85
_STRANGERS = 0.3
_PROBE = 100
_INSTANT = 1e-9


@dataclass(frozen=True)
class Guidance:
    """What the prices say to each worker's options: all of it, and only the worth of guiding a learner.

    `kinship` (workers, workers): the share of the second's options that lie in crowds where the first can work too.
    """

    prices: list[Float]
    guiding: list[Float]
    kinship: Float


def guidance_of(load: Load, prices: Float) -> Guidance:
    """Return the guidance of prices."""
    market = load.market
    beside = layout_of(market).split(prices)[3]
    views = list(enumerate(market.views))
    return Guidance(
        [option_costs(market, prices, row) - view.own for row, view in views],
        [np.where(view.learns, 0.0, -market.guides * beside[view.cells]) for _, view in views],
        _kinship(market),
    )


def _kinship(market: Market) -> Float:
    found = np.zeros((len(market.views), len(market.views)))
    for row, view in enumerate(market.views):
        mine = np.zeros(len(market.room))
        mine[market.crowd[view.cells]] = 1.0
        found[row] = [mine[market.crowd[other.cells]].sum() / (len(other.cells) + 1) for other in market.views]
    return found


def construct(load: Load, generator: np.random.Generator, guidance: Guidance | None = None) -> bool:
    """Fill an empty load: everybody in turn, then everybody again against all the others; False when pins leave no roster."""
    rows = [int(row) for row in generator.permutation(len(load.market.views))]
    for row in rows:
        if not load.respond(row, guidance.prices[row] * 0.7 if guidance else None):
            return False
    for _ in range(3):
        for row in generator.permutation(rows):
            load.take(int(row))
            load.respond(int(row), guidance.guiding[row] if guidance else None)
    return True


def improve(
    load: Load, guidance: Guidance, generator: np.random.Generator, *, rounds: int, until: float, clock: Clock = time.monotonic
) -> int:
    """Search from the load for so many rounds or until the clock says so; leave the best roster in it. Return the rounds done.

    A round that ends a little above where it began may be kept, less and less so, so that the search can leave a valley. When the
    clock will end the search before its rounds are done, it cools as much faster; else the clock decides nothing.
    """
    now = best = load.cost()
    kept, began, planned = load.snapshot(), clock(), rounds
    for count in range(rounds):
        if count % _PROBE == 0 and (moment := clock()) >= until:
            load.restore(kept)
            return count
        if count and count % _PROBE == 0:
            planned = min(rounds, count + max(1, int((until - moment) * count / (moment - began + _INSTANT))))
        before = [(row, *load.take(row)) for row in _related(guidance, generator)]
        mood = generator.random()
        for row, _, _ in before:
            load.respond(row, _noise(guidance, row, mood, generator))
        cost = load.cost()
        if cost <= now + HEAT * max(0.0, 1 - count / planned) * generator.random():
            now = cost
            if cost < best - 0.5:
                best, kept = cost, load.snapshot()
        else:
            _undo(load, before)
    load.restore(kept)
    return rounds


def _undo(load: Load, before: list[tuple[int, NDArray[np.int64], float]]) -> None:
    for row, _, _ in before:
        load.take(row)
    for row, options, alone in before:
        load.put(row, options, alone)


def _noise(guidance: Guidance, row: int, mood: float, generator: np.random.Generator) -> Float | None:
    """Return what is added to the costs of a worker's options: chance, the worth of guiding, some of all prices, or nothing."""
    if mood < _AT_RANDOM:
        return generator.random(len(guidance.prices[row])) * HEAT
    if mood < _FOR_GUIDES:
        return guidance.guiding[row] * (generator.random() * 1.2)
    return guidance.prices[row] * (generator.random() * 0.5) if mood < _BY_PRICES else None


def _related(guidance: Guidance, generator: np.random.Generator) -> list[int]:
    """Return a few workers in random order: one at random, and some who can work in the same crowds, or at random."""
    workers = len(guidance.kinship)
    count = min(workers, int(generator.integers(FEWEST, MOST + 1)))
    first = int(generator.integers(workers))
    if generator.random() > _STRANGERS:
        others = np.argsort(-(guidance.kinship[first] + generator.random(workers) * 0.5))
    else:
        others = generator.permutation(workers)
    picked = [first, *(int(row) for row in others if row != first)][:count]
    return [int(row) for row in generator.permutation(picked)]
