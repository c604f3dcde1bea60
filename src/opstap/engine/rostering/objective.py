"""The order in which the planner weighs what a roster should be, and the points that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

CRITERIA = ("minimum", "wanted", "hours", "learning", "variety", "fairness", "travel", "moves")
"""The soft rules in the usual order.

minimum: people missing under the minimum. wanted: people missing under what is wanted. hours: days of contract not filled.
learning: wishes not practised long enough. variety: weeks too long at one site, or a stay too short. fairness: Saturdays and
unloved work above one's share. travel: hours of travel. moves: days that differ from what is published.
"""

LADDER = (1000, 400, 200, 100, 60, 40, 20, 10)
"""Points of one unit by rank, most important first."""

UNITS = {"minimum": 1, "wanted": 1, "hours": 1, "learning": 4, "variety": 1, "fairness": 1, "travel": 1, "moves": 3}
"""How many units one case counts for: a wish not reached weighs as four."""


@dataclass(frozen=True, slots=True)
class Objective:
    """The order of the criteria; one left out does not count."""

    order: tuple[str, ...] = CRITERIA

    def __post_init__(self) -> None:
        """Raise ValueError for an unknown or repeated criterion."""
        if strange := set(self.order) - set(CRITERIA):
            msg = f"unknown criterion {', '.join(sorted(strange))}; choose from {', '.join(CRITERIA)}"
            raise ValueError(msg)
        if len(set(self.order)) != len(self.order):
            raise ValueError("a criterion can stand in the order only once")

    @property
    def points(self) -> Mapping[str, int]:
        """Points of one case of each criterion; 0 for one left out."""
        return _points(self.order)


@cache
def _points(order: tuple[str, ...]) -> Mapping[str, int]:
    ranked = {name: LADDER[rank] * UNITS[name] for rank, name in enumerate(order)}
    return MappingProxyType({name: ranked.get(name, 0) for name in CRITERIA})
