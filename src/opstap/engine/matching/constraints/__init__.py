"""The hard rules, one per file. A pair of person and place is admissible when every rule holds; each "no" gives its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from opstap.engine.matching.constraints import (
    dutch_level,
    eligible_instrument,
    half_days,
    host_refusal,
    licence,
    mentor,
    physical_limits,
    place_period,
    ruled_out,
    travel_time,
    veto,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Person, Place, Problem
    from opstap.engine.shared import Reason


class Rule(Protocol):
    """What each file of this package offers; `holds` for one pair and `mask` for all pairs give the same answer."""

    @property
    def NAME(self) -> str:  # noqa: N802 - the constant of a module
        """Name of the rule in results and counts."""

    def holds(self, person: Person, place: Place, problem: Problem, /) -> bool:
        """Tell whether the rule holds for the pair; what is not known does not hold."""

    def reason(self, person: Person, place: Place, problem: Problem, /) -> Reason:
        """Return why the rule does not hold; to be asked only when it does not."""

    def mask(self, problem: Problem, /) -> NDArray[np.bool_]:
        """Return bool (people, places): where the rule holds."""


RULES: tuple[Rule, ...] = (
    eligible_instrument,
    half_days,
    dutch_level,
    licence,
    physical_limits,
    travel_time,
    veto,
    host_refusal,
    ruled_out,
    place_period,
    mentor,
)
"""Every hard rule, in the order in which obstacles are named."""


def masks(problem: Problem) -> dict[str, NDArray[np.bool_]]:
    """Return, per rule, bool (people, places): where it holds."""
    return {rule.NAME: rule.mask(problem) for rule in RULES}


def admissible(problem: Problem) -> NDArray[np.bool_]:
    """Return bool (people, places): the pairs for which every rule holds."""
    return np.logical_and.reduce([rule.mask(problem) for rule in RULES])  # type: ignore[no-any-return] # numpy types reduce as Any


def obstacles(person: Person, place: Place, problem: Problem) -> tuple[Reason, ...]:
    """Return the reason of every rule that does not hold for the pair; empty when the pair is admissible."""
    return tuple(rule.reason(person, place, problem) for rule in RULES if not rule.holds(person, place, problem))
