"""A search for days and shifts while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from opstap.engine.rostering.shifts.bound import Proof
from opstap.engine.rostering.shifts.diagram import Path
from opstap.engine.rostering.shifts.market import Market

Clock = Callable[[], float]


@dataclass
class Run:
    """What is known while it goes on: the best paths, the proof, the bound in whole points, and how much is opened at a time."""

    market: Market
    proof: Proof
    paths: dict[int, Path]
    cost: int
    bound: int
    until: float
    clock: Clock
    generator: np.random.Generator
    began: float
    steps: list[tuple[str, float, int, int]] = field(default_factory=list)
    sizes: dict[str, float] = field(default_factory=lambda: {"workers": 5.0, "days": 7.0})

    @property
    def is_over(self) -> bool:
        """Whether the bound is reached or the time is gone."""
        return self.bound >= self.cost or self.clock() >= self.until

    def left(self, share: float) -> float:
        """Return so much of the time that is left."""
        return max(0.0, self.until - self.clock()) * share

    def note(self, what: str) -> None:
        """Keep what was reached, and when."""
        self.steps.append((what, self.clock() - self.began, self.cost, self.bound))

    def take(self, paths: dict[int, Path]) -> bool:
        """Keep paths when they are better; tell whether they were."""
        if not paths or (cost := self.market.cost(paths)) >= self.cost:
            return False
        self.paths, self.cost = paths, cost
        return True
