"""The bound: prices and paths by turns until no path is left that would better the mix."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.shifts.diagram import Diagram, Path
from opstap.engine.rostering.shifts.market import Market
from opstap.engine.rostering.shifts.master import Master

Float = NDArray[np.float64]
_SMOOTH = 0.7
_CLOSE = 1e-4
_OTHERS = 2


@dataclass(frozen=True)
class Proof:
    """Prices (days, kinds), what everybody's best path costs under them (workers), and the bound that both prove."""

    prices: Float
    values: Float
    bound: float


def costs(market: Market, row: int, prices: Float) -> Float:
    """Return what the choices of a worker cost under prices (days, choices)."""
    found: Float = market.own[row].copy()
    found[:, 1:] -= prices
    return found


def within(market: Market, proof: Proof, most: float) -> tuple[Diagram, ...]:
    """Return the diagrams of all paths that a roster of at most so many points can use: one dearer path alone would break the bound."""
    room = most - proof.bound
    return tuple(
        diagram.within(costs(market, row, proof.prices), float(proof.values[row]) + room) for row, diagram in enumerate(market.diagrams)
    )


def answer(master: Master, prices: Float, fixed: Mapping[int, Path], generator: np.random.Generator) -> tuple[Proof, int]:
    """Let everybody who is not fixed answer the prices; return what that proves and how many paths are new."""
    market, values, new = master.market, np.zeros(len(master.market.diagrams)), 0
    for row, diagram in enumerate(market.diagrams):
        cost = costs(market, row, prices)
        if (path := fixed.get(row)) is not None:
            values[row] = cost[np.arange(len(path)), path].sum()
            continue
        days = generator.choice(market.problem.days, min(_OTHERS, market.problem.days), replace=False)
        values[row], paths = diagram.answers(cost, days)
        new += master.add(row, paths)
    return Proof(prices, values, float(market.constant + (prices * market.people).sum() + values.sum())), new


def relax(
    master: Master, fixed: Mapping[int, Path], until: float, clock: Callable[[], float], generator: np.random.Generator,
    *, rounds: int = 1_000_000,
) -> tuple[Proof, Float]:  # fmt: skip
    """Return the best proof of all prices tried, and the share of each path known before the last answer in the best mix.

    Everybody answers prices between those of the linear program, which alone would jump to and fro, and the best ones so far. The
    bound is one for rosters that hold the fixed paths.
    """
    market, smooth = master.market, _SMOOTH
    best = Proof(np.zeros(market.people.shape), np.zeros(len(market.diagrams)), -np.inf)
    for count in itertools.count(1):
        value, prices, shares = master.solve()
        prices = np.clip(prices, -market.extra, market.missing)
        asked = prices if count == 1 else smooth * best.prices + (1 - smooth) * prices
        found, new = answer(master, asked, fixed, generator)
        best = max(best, found, key=lambda one: one.bound)
        if not new and smooth:
            smooth = 0.0
        elif not new or value - best.bound < _CLOSE or count >= rounds or clock() >= until:
            break
    return best, shares
