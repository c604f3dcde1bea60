"""What a run returns: the shifts, their cost, the proof of how good they are, and the price of what is scarce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.shared import Reason, SolverStatus

__all__ = ["Assignment", "Result"]


@dataclass(frozen=True)
class Result:
    """A roster. `cost` is never below `bound`; both hold `unavoidable`, the points that no roster of these people can avoid.

    `parts`: points per criterion. `prices`: what one more person who can would be worth, in points, per demand (site, function,
    day, start); `room_prices`: what one more seat with the coaches of a site would be worth on a day. `reasons`: for INFEASIBLE,
    the rules that clash. `steps`: (what, seconds, cost or bound) as they were reached.
    """

    status: SolverStatus
    shifts: tuple[Assignment, ...]
    cost: int
    bound: int
    unavoidable: int
    parts: Mapping[str, int]
    prices: Mapping[tuple[str, str, date, int], float]
    room_prices: Mapping[tuple[str, date], float]
    seed: int
    digest: str
    reasons: tuple[Reason, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict, compare=False)
    seconds: float = field(default=0.0, compare=False)
    steps: tuple[tuple[str, float, float], ...] = field(default=(), compare=False)

    @property
    def gap(self) -> float:
        """The share of the avoidable points that is not proven to be needed; 0.0 when there is none."""
        return gap_of(self.cost, self.bound, self.unavoidable)


def gap_of(cost: int, bound: int, unavoidable: int) -> float:
    """Return (cost - bound) / (cost - unavoidable), or 0.0 when the bound is reached."""
    return (cost - bound) / (cost - unavoidable) if cost > bound and cost > unavoidable else 0.0
