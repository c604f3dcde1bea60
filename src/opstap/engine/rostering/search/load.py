"""A roster while it is being searched: who fills what, its cost, and the best answer of one worker to all the others."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.search.kernel import INFINITE
from opstap.engine.rostering.search.market import Market

Float = NDArray[np.float64]
Int = NDArray[np.int64]
ALONE = 100_000.0
"""Points of a learner without anybody who can, or of somebody too many: only pins can cause it, and others then make way."""


@dataclass
class Load:
    """Counts per demand and crowd, and per worker the chosen options with what they cost by themselves."""

    market: Market
    chosen: list[Int] = field(default_factory=list)
    alone: Float = field(default_factory=lambda: np.empty(0))
    unfair: Float = field(default_factory=lambda: np.empty(0))
    skilled: Int = field(default_factory=lambda: np.empty(0, np.int64))
    learners: Int = field(default_factory=lambda: np.empty(0, np.int64))
    crowds: Int = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        """Begin with nobody at work."""
        cells, workers = len(self.market.minimum), len(self.market.views)
        self.chosen = [np.empty(0, np.int64) for _ in range(workers)]
        self.alone, self.unfair = np.zeros(workers), np.zeros(workers)
        self.skilled, self.learners = np.zeros(cells, np.int64), np.zeros(cells, np.int64)
        self.crowds = np.zeros(len(self.market.room), np.int64)

    def put(self, row: int, options: Int, alone: float) -> None:
        """Give a worker without shifts these options; `alone`: what the path costs by itself."""
        self._count(row, options, 1)
        self.chosen[row] = options
        self.alone[row] = alone
        self.unfair[row] = self._unfairness(row, options)

    def take(self, row: int) -> tuple[Int, float]:
        """Take all shifts of a worker away and return them with their cost."""
        options, alone = self.chosen[row], float(self.alone[row])
        self._count(row, options, -1)
        self.chosen[row] = np.empty(0, np.int64)
        self.alone[row] = self.unfair[row] = 0.0
        return options, alone

    def _count(self, row: int, options: Int, by: int) -> None:
        view, market = self.market.views[row], self.market
        cells, learns = view.cells[options], view.learns[options]
        self.skilled[cells[~learns]] += by
        self.learners[cells[learns]] += by
        np.add.at(self.crowds, market.crowd[cells], by)

    def costs_for(self, row: int) -> Float:
        """Return what each option of a worker without shifts would cost now, float (options,)."""
        view, market = self.market.views[row], self.market
        cells, learns = view.cells, view.learns
        skilled, learners = self.skilled[cells], self.learners[cells]
        everybody = skilled + learners
        costs = view.own - market.wanted_points * (everybody < market.wanted[cells])
        costs -= np.where(learns, 0, market.missing_points * (skilled < market.minimum[cells]))
        orphans = np.maximum(0, learners - market.guides * skilled)
        costs -= np.where(learns, 0, ALONE * np.minimum(market.guides, orphans))
        closed = everybody >= market.maximum[cells]
        crowd = market.crowd[cells]
        closed |= self.crowds[crowd] >= market.room[crowd]
        closed |= learns & (learners >= market.guides * skilled)
        costs[closed & ~view.pinned] = INFINITE
        costs[closed & view.pinned] += ALONE
        return costs

    def respond(self, row: int, noise: Float | None = None) -> bool:
        """Give a worker without shifts the best path beside all the others; False when pins leave none."""
        view = self.market.views[row]
        costs = self.costs_for(row)
        found = view.best(costs if noise is None else costs + noise, 1)
        if not found:
            return False
        value, options = found[0]
        spent = costs[options].sum() + (0.0 if noise is None else noise[options].sum())
        self.put(row, options, value - spent + view.own[options].sum())
        return True

    def cost(self) -> float:
        """Return all points of the roster; a learner without anybody who can, or somebody too many, costs `ALONE`."""
        market = self.market
        missing = np.maximum(0, market.minimum - self.skilled).sum() * market.missing_points
        wanted = np.maximum(0, market.wanted - self.skilled - self.learners).sum() * market.wanted_points
        wrong = np.maximum(0, self.learners - market.guides * self.skilled).sum()
        wrong += np.maximum(0, self.skilled + self.learners - market.maximum).sum() + np.maximum(0, self.crowds - market.room).sum()
        return float(market.constant + missing + wanted + ALONE * wrong + self.alone.sum() + self.unfair.sum())

    def _unfairness(self, row: int, options: Int) -> float:
        """Return the points for burdens above the worker's share."""
        view, market = self.market.views[row], self.market
        if not market.unfair_points or not view.has_burdens or not len(options):
            return 0.0
        above = np.maximum(0, view.burdens[:, options].sum(axis=1) - market.share[:, row])
        return float(above.sum() * market.unfair_points)

    def snapshot(self) -> list[tuple[Int, float]]:
        """Return everybody's path with what it costs by itself, to go back to."""
        return list(zip(self.chosen, map(float, self.alone), strict=True))

    def restore(self, snapshot: list[tuple[Int, float]]) -> None:
        """Go back to a snapshot."""
        for row, (options, alone) in enumerate(snapshot):
            self.take(row)
            self.put(row, options, alone)

    def shifts(self) -> tuple[Assignment, ...]:
        """Return the roster as shifts, sorted."""
        return tuple(sorted(shift for row, view in enumerate(self.market.views) for shift in view.shifts(self.chosen[row])))
