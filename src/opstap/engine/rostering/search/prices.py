"""Prices that coordinate the workers, and the bound that they prove: whatever the prices, no roster costs less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.search.market import Market

Float = NDArray[np.float64]
BLOCKS = ("minimum", "wanted", "maximum", "beside", "room", "share")


@dataclass(frozen=True)
class Layout:
    """Where each block of prices stands in one vector: per demand four, per crowd one, per burden and worker one."""

    cells: int
    crowds: int
    workers: int
    burdens: int

    @property
    def size(self) -> int:
        """Number of prices."""
        return 4 * self.cells + self.crowds + self.burdens * self.workers

    def split(self, vector: Float) -> tuple[Float, Float, Float, Float, Float, Float]:
        """Return the blocks in the order of `BLOCKS`; share has the shape (burdens, workers)."""
        cells = self.cells
        rest = vector[4 * cells :]
        return (
            vector[:cells], vector[cells : 2 * cells], vector[2 * cells : 3 * cells], vector[3 * cells : 4 * cells],
            rest[: self.crowds], rest[self.crowds :].reshape(self.burdens, self.workers),
        )  # fmt: skip


def layout_of(market: Market) -> Layout:
    """Return the layout of the prices of a market."""
    return Layout(len(market.minimum), len(market.room), len(market.views), len(market.share))


def ceilings(market: Market) -> Float:
    """Return the highest useful price of each row: a person missing never costs more than its points."""
    layout = layout_of(market)
    top = np.full(layout.size, np.inf)
    minimum, wanted, _, _, room, share = layout.split(top)
    minimum[:] = np.where(market.minimum > 0, market.missing_points, 0.0)
    wanted[:] = np.where(market.wanted > 0, market.wanted_points, 0.0)
    most = np.zeros(layout.crowds)
    np.add.at(most, market.crowd, market.maximum)
    room[most <= market.room] = 0.0
    share[:] = market.unfair_points
    return top


def fixed_value(market: Market, prices: Float) -> float:
    """Return the part of the bound that no path changes: what the rows ask at these prices, and what nobody can avoid."""
    minimum, wanted, maximum, _, room, share = layout_of(market).split(prices)
    asked = minimum @ market.minimum + wanted @ market.wanted - maximum @ market.maximum - room @ market.room
    return float(market.constant + asked - (share * market.share).sum())
