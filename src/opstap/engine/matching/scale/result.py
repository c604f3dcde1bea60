"""What a run at the size of a country returns: who goes where, the prices, and the proof in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.shared import SolverStatus


@dataclass(frozen=True)
class ScaledResult:
    """Rows are those of the instance. Value and bound in points; prices in points x `price_scale`.

    `assignment[i]` is the place of person i or -1. The price to pay at place j is its own plus its mentor's plus its host's;
    `prices[j]` is that sum. No assignment is worth more than `bound`.
    """

    assignment: Int32
    prices: Int64
    place_prices: Int64
    mentor_prices: Int64
    host_prices: Int64
    price_scale: int
    value: int
    bound: int
    edges: int
    rounds: int

    @property
    def gap(self) -> float:
        """Return the part of the bound that the value may be short of the optimum."""
        return (self.bound - self.value) / self.bound if self.bound else 0.0

    @property
    def status(self) -> SolverStatus:
        """Return OPTIMAL when value and bound meet, FEASIBLE otherwise."""
        return SolverStatus.OPTIMAL if self.value == self.bound else SolverStatus.FEASIBLE
