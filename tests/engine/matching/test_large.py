"""Large rounds are searched by the auction: the same result, proven in the same way."""

from __future__ import annotations

from hypothesis import given, settings
from tests.engine.matching import instances
from tests.engine.matching.rounds import rounds

from opstap.engine.matching.check import check
from opstap.engine.matching.problem import Problem
from opstap.engine.matching.scale.listed import is_listable
from opstap.engine.matching.solve import AUCTION_FROM, solve
from opstap.engine.shared import SolverStatus


@settings(max_examples=80)
@given(rounds())
def test_auction_gives_what_the_flow_gives(problem: Problem) -> None:
    """Pins, vetoes, lots and prices included: which of the two searched cannot be told from the result."""
    large, small = solve(problem, auction_from=0), solve(problem)
    assert large == small
    assert check(problem, large) == ()
    if large.status is SolverStatus.OPTIMAL:
        assert (large.versions["search"], small.versions["search"]) == ("auction" if is_listable(problem) else "flow", "flow")


def test_round_is_handed_over_from_the_stated_size_on() -> None:
    """One pair below it the flow searches, at it the auction, with the gap proven to be 0."""
    people = [instances.a_person(f"p{number}") for number in range(6)]
    problem = instances.a_round(people, [instances.a_place(f"place{number}", capacity=2) for number in range(2)])
    below, at = solve(problem, auction_from=13), solve(problem, auction_from=12)
    assert [(result.versions["search"], result.gap, len(result.assignments)) for result in (below, at)] == [
        ("flow", 0.0, 4),
        ("auction", 0.0, 4),
    ]
    assert AUCTION_FROM == 4_000_000


def test_round_with_limits_over_several_places_stays_with_the_flow() -> None:
    """A mentor of two places is a limit that the list cannot hold."""
    problem = instances.shared_mentor()
    assert (is_listable(problem), solve(problem, auction_from=0).versions["search"]) == (False, "flow")
