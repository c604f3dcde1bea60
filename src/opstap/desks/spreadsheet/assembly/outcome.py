"""Solving a round and explaining it: what the sheets are made of."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.desks.spreadsheet.assembly.people import PersonCase
from opstap.desks.spreadsheet.assembly.places import PlaceCase
from opstap.desks.spreadsheet.assembly.round import Progress, Round
from opstap.engine.matching.check import check
from opstap.engine.matching.explain import Alternative, Explanation, PersonExplanation, PlaceExplanation, Prospect, explain
from opstap.engine.matching.result import Result
from opstap.engine.matching.solve import solve

__all__ = ["Alternative", "Outcome", "PersonExplanation", "PlaceExplanation", "Prospect", "run"]


@dataclass(frozen=True)
class Outcome:
    """A round with its checked result and the explanation of every line of it."""

    matched: Round
    result: Result
    explanation: Explanation

    def person(self, key: str) -> PersonCase:
        """Return the person of a key."""
        return self.matched.cases_by_key[key]

    def place(self, key: str) -> PlaceCase:
        """Return the place of a key."""
        return self.matched.places_by_key[key]


def run(matched: Round, on_progress: Progress) -> Outcome:
    """Return the outcome of the round; raises RuntimeError when the result breaks a rule of its own problem, which must never happen."""
    on_progress(0.0, "matching")
    result = solve(matched.problem)
    violations = check(matched.problem, result)
    if violations:
        msg = f"the result breaks its own rules: {violations[:3]}"
        raise RuntimeError(msg)
    on_progress(0.0, "explaining")
    return Outcome(matched, result, explain(matched.problem, result))
