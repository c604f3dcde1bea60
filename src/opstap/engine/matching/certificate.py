"""The proof: from the prices alone, without a solver, how much any assignment could be worth at most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.seats import SeatTree


def node_prices(tree: SeatTree, gain: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64 (nodes): the price of each limit, so that the prices up the tree add to the gain of one more seat."""
    prices: NDArray[np.int64] = np.maximum(0, gain - np.append(gain, 0)[tree.parent])
    return prices


def seat_costs(tree: SeatTree, prices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64 (places): what a seat costs, its own price and those of its mentor and host together."""
    return np.append(prices, 0)[tree.above].sum(axis=1)  # type: ignore[no-any-return] # numpy types sum over an axis as Any


def bound(values: NDArray[np.int64], allowed: NDArray[np.bool_], tree: SeatTree, prices: NDArray[np.int64]) -> int:
    """Return a value that no assignment can pass: every limit at its price, and every person's best pair above the seat's cost.

    Holds for any prices of zero or more (weak duality); equal to the value of an optimal assignment at its prices.
    """
    limits = sum(int(price) * int(capacity) for price, capacity in zip(prices, tree.capacity, strict=True))
    return limits + sum(int(profit) for profit in profits(values, allowed, seat_costs(tree, prices)))


def profits(values: NDArray[np.int64], allowed: NDArray[np.bool_], costs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return int64 (people): the best of value minus seat cost over the admissible places, at least 0."""
    if not values.size:
        return np.zeros(len(values), dtype=np.int64)
    return np.maximum(0, np.where(allowed, values - costs, 0).max(axis=1))  # type: ignore[no-any-return] # numpy types max over an axis as Any
