"""What a round of matching returns: the proposals, their value, the proof of how good they are, and the prices of seats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opstap.engine.shared import Reason, SolverStatus


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposal: this person to this place, under this instrument. `parts`: the level reached per criterion."""

    person: str
    place: str
    instrument: str
    value: int
    parts: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """The outcome of a round. `value` never exceeds `bound`; `gap` is (bound - value) / bound, 0.0 when proven optimal.

    Prices are in the same integer points as values, one per limit: a place's seats, a mentor's learners, a host's people.
    `reasons`: for INFEASIBLE, the rules that clash. `weights`: points per level of each criterion. `digest`: hash of the input.
    """

    status: SolverStatus
    assignments: tuple[Assignment, ...]
    value: int
    bound: int
    gap: float
    prices: Mapping[str, int]
    mentor_prices: Mapping[str, int]
    host_prices: Mapping[str, int]
    weights: Mapping[str, int]
    seed: int
    digest: str
    reasons: tuple[Reason, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict, compare=False)
    seconds: float = field(default=0.0, compare=False)

    def place_of(self) -> dict[str, str]:
        """Return the proposed place of each placed person."""
        return {assignment.person: assignment.place for assignment in self.assignments}
