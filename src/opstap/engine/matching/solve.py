"""Solving a round of matching exactly: the best assignment, its smallest prices, ties by lot, and the certificate."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import numpy as np

from opstap.engine.matching import certificate
from opstap.engine.matching.constraints.eligible_instrument import instrument_for
from opstap.engine.matching.flow import best_assignment
from opstap.engine.matching.limits import Limits
from opstap.engine.matching.picture import Picture
from opstap.engine.matching.pins import clashes
from opstap.engine.matching.residual import gain_of_one_more, residual_gains
from opstap.engine.matching.result import Assignment, Result
from opstap.engine.matching.ties import LOT_BITS, lots
from opstap.engine.shared import Reason, SolverStatus

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from opstap.engine.matching.problem import Problem

__all__ = ["Limits", "solve"]

AUCTION_FROM = 4_000_000
"""From so many pairs (people times places) on, the best assignment is found by the auction of `scale` instead of by the flow."""

Progress = Callable[[float], None]
"""Called with the share of the work that is done, from 0 to 1."""


def solve(problem: Problem, limits: Limits | None = None, on_progress: Progress | None = None, auction_from: int = AUCTION_FROM) -> Result:
    """Return the proven best proposals; INFEASIBLE with the clashing rules when the pins cannot all be kept.

    From `auction_from` pairs on, the auction finds the best assignment, unless limits of mentors and hosts span several places or
    the points do not fit; prices, lots and proof are worked out in the same way after either, so that both give the same result.
    `limits` are kept by `child.solve_in_child`, which runs this in a process of its own; here they are not watched.
    """
    del limits
    tell = on_progress or (lambda _share: None)
    started = time.perf_counter()
    picture = Picture(problem)
    if reasons := clashes(problem, picture.tree):
        return _infeasible(picture, reasons, started)
    values, allowed, tree = picture.values_left, picture.allowed_left, picture.tree_left
    tell(0.3)
    is_large = len(problem.people) * len(problem.places) >= auction_from
    found = _by_auction(picture) if is_large else None
    first = best_assignment(values, allowed, tree) if found is None else found
    tell(0.6)
    prices = certificate.node_prices(tree, gain_of_one_more(residual_gains(values, allowed, first, tree)))
    tell(0.8)
    assigned = picture.fixed.copy()
    assigned[picture.rows_left] = _by_lot(picture, prices)
    tell(1.0)
    return _result(picture, assigned, prices, started, "flow" if found is None else "auction")


def _by_auction(picture: Picture) -> NDArray[np.int64] | None:
    """Return an optimal assignment, int64 (people not pinned), or None for a round that the auction cannot take."""
    from opstap.engine.matching.scale.listed import from_problem, is_listable, solve_listed  # noqa: PLC0415 - compiles: large rounds only

    if not is_listable(picture.problem):
        return None
    try:
        return solve_listed(from_problem(picture.problem)).assignment.astype(np.int64)
    except OverflowError:
        return None


def _by_lot(picture: Picture, prices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, among all optimal assignments, the one with the highest sum of lots: int64 (people not pinned).

    An assignment is optimal exactly when it uses only pairs at a person's best profit, places everyone with a profit above
    zero and fills every limit with a price (complementary slackness); both are worth more than all lots together.
    """
    problem = picture.problem
    costs = certificate.seat_costs(picture.tree_left, prices)
    profit = certificate.profits(picture.values_left, picture.allowed_left, costs)
    tight = picture.allowed_left & (picture.values_left - costs == profit[:, None])
    must = (len(profit) + 1) << LOT_BITS
    people = [problem.people[row] for row in picture.rows_left]
    names = ([person.drawn_as or person.key for person in people], [place.drawn_as or place.key for place in problem.places])
    lot = lots(*names, problem.seed)
    return best_assignment(lot + must * (profit > 0)[:, None], tight, picture.tree_left, must * (prices > 0))


def _result(picture: Picture, assigned: NDArray[np.int64], prices: NDArray[np.int64], started: float, search: str) -> Result:
    value = picture.worth(assigned)
    pinned_worth = picture.worth(picture.fixed)
    bound = pinned_worth + certificate.bound(picture.values_left, picture.allowed_left, picture.tree_left, prices)
    if bound != value:
        msg = f"the optimum {value} of the {search} is not certified by its own prices ({bound}): this cannot happen with exact integers"
        raise RuntimeError(msg)
    problem = picture.problem
    places, mentors = len(problem.places), len(problem.mentors)
    return Result(
        status=SolverStatus.OPTIMAL,
        assignments=tuple(_assignment(picture, int(row), int(assigned[row])) for row in np.nonzero(assigned >= 0)[0]),
        value=value,
        bound=bound,
        gap=0.0,
        prices={place.key: int(price) for place, price in zip(problem.places, prices[:places], strict=True)},
        mentor_prices={mentor.key: int(price) for mentor, price in zip(problem.mentors, prices[places : places + mentors], strict=True)},
        host_prices={host.key: int(price) for host, price in zip(problem.hosts, prices[places + mentors :], strict=True)},
        weights=dict(picture.weights.points),
        seed=problem.seed,
        digest=problem.digest(),
        versions={**_versions(), "search": search},
        seconds=time.perf_counter() - started,
    )


def _assignment(picture: Picture, row: int, column: int) -> Assignment:
    person, place = picture.problem.people[row], picture.problem.places[column]
    instrument = instrument_for(person, place, picture.problem) or ""
    return Assignment(person.key, place.key, instrument, int(picture.values[row, column]), picture.parts(row, column))


def _infeasible(picture: Picture, reasons: tuple[Reason, ...], started: float) -> Result:
    problem = picture.problem
    return Result(
        status=SolverStatus.INFEASIBLE,
        assignments=(),
        value=0,
        bound=0,
        gap=0.0,
        prices={},
        mentor_prices={},
        host_prices={},
        weights=dict(picture.weights.points),
        seed=problem.seed,
        digest=problem.digest(),
        reasons=reasons,
        versions=_versions(),
        seconds=time.perf_counter() - started,
    )


@cache
def _versions() -> dict[str, str]:
    """Return the versions that a replay of the round needs to give the same proposals."""
    return {name: version(name) for name in ("ortools", "numpy")}
