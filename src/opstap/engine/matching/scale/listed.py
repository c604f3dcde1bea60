"""From a round of the city engine to the auction: all admissible pairs listed, by the round's own rules and its own points.

The rules and the levels of the criteria are those of `engine.matching`, worked out for some people at a time so that memory
stays small. The result is the proven optimum, also under a strict order of criteria: values are 64 bits wide and ε falls to
less than one point divided by the number of seats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from opstap.engine.matching.constraints import admissible
from opstap.engine.matching.objective import levels, weights
from opstap.engine.matching.pins import pinned
from opstap.engine.matching.problem import Problem
from opstap.engine.matching.scale.capacity import Capacities, Limits, fold
from opstap.engine.matching.scale.edges import Edges
from opstap.engine.matching.scale.instance import NO_GROUP, Int64
from opstap.engine.matching.scale.market import Flat
from opstap.engine.matching.scale.result import ScaledResult
from opstap.engine.matching.scale.unfold import at_their_level, totals
from opstap.engine.matching.seats import SeatTree, seat_tree

_CELLS_AT_ONCE = 2_000_000
_FALL = 6
_LARGEST = 2**62


@dataclass(frozen=True)
class ListedRound:
    """The people who are not pinned (`rows`: their rows in the problem), their admissible pairs and the free seats.

    `pairs.value` is int64: the points of the problem's own order of criteria.
    """

    rows: Int64
    pairs: Edges
    limits: Limits
    capacities: Capacities


def is_listable(problem: Problem) -> bool:
    """Tell whether no mentor or host limits several places together, so that `from_problem` can list the round."""
    fixed = pinned(problem)
    return not fold(_limits(seat_tree(problem).with_taken(fixed[fixed >= 0]), int((fixed < 0).sum()))).is_nested


def from_problem(problem: Problem) -> ListedRound:
    """Return the round with all admissible pairs listed; raises ValueError when a limit spans several places.

    Such limits (one mentor or host over several places, tighter than the places together) are solved by the city engine's
    min-cost flow, or at country size by `scale.solve`, whose auction bids in the tree.
    """
    fixed = pinned(problem)
    rows = np.flatnonzero(fixed < 0)
    limits = _limits(seat_tree(problem).with_taken(fixed[fixed >= 0]), len(rows))
    capacities = fold(limits)
    if capacities.is_nested:
        raise ValueError("a mentor or host limits several places together: this round cannot be listed for the auction")
    counts, places, values = zip(*_chunks(problem, rows, capacities), strict=True)
    start = np.append(0, np.cumsum(np.concatenate(counts)))
    return ListedRound(rows, Edges(start, np.concatenate(places).astype(np.int32), np.concatenate(values)), limits, capacities)


def solve_listed(listed: ListedRound) -> ScaledResult:
    """Return the proven optimum; row i of the assignment is the person in `listed.rows[i]`.

    Raises OverflowError when points times seats do not fit in 64 bits.
    """
    pairs, seats = listed.pairs, listed.capacities.place
    scale = min(len(listed.rows), int(seats.sum())) + 1
    highest = int(pairs.value.max(initial=0)) + 1
    if highest * scale >= _LARGEST:
        raise OverflowError(f"{highest} points for {scale - 1} seats need more than 64 bits")
    market = Flat(pairs, listed.capacities, np.arange(len(seats)), scale)
    market.settle(_falling(highest * scale))
    prices = at_their_level(listed.limits, listed.capacities.level, market.split(), highest * scale)
    return ScaledResult(
        assignment=market.state.seat.copy(),
        prices=totals(listed.limits, prices),
        place_prices=prices[0],
        mentor_prices=prices[1],
        host_prices=prices[2],
        price_scale=scale,
        value=market.value(),
        bound=(int(market.profits().sum()) + market.rent()) // scale,
        edges=len(pairs.other),
        rounds=1,
    )


def proven_bound(listed: ListedRound, result: ScaledResult) -> int:
    """Return, from the prices alone and without the solver, a value in points that no assignment can pass."""
    limits, scale = listed.limits, result.price_scale
    gains = np.append(listed.pairs.value * scale - result.prices[listed.pairs.other], 0)
    filled = np.diff(listed.pairs.start) > 0
    best = np.maximum.reduceat(gains, listed.pairs.start[:-1][filled]) if filled.any() else gains[:0]
    rent = (result.place_prices @ limits.place, result.mentor_prices @ limits.mentor_capacity, result.host_prices @ limits.host_capacity)
    return (int(np.maximum(best, 0).sum()) + sum(int(part) for part in rent)) // scale


def _falling(highest: int) -> list[int]:
    """Return ε from a quarter of the highest value down to 1."""
    epsilons = [max(1, highest // 4)]
    while epsilons[-1] > 1:
        epsilons.append(max(1, epsilons[-1] // _FALL))
    return epsilons


def _limits(tree: SeatTree, people: int) -> Limits:
    """Return the tree of free seats as limits; none needs to be larger than the number of people."""
    free = np.clip(tree.capacity, 0, people).astype(np.int32)
    above = tree.above[:, 1]
    first_host = tree.places + tree.mentors
    guided = above < first_host
    host = np.where(guided, tree.above[:, 2], above)
    return Limits(
        place=free[: tree.places],
        mentor=np.where(guided, above - tree.places, NO_GROUP).astype(np.int32),
        host=np.where(host < tree.outside, host - first_host, NO_GROUP).astype(np.int32),
        mentor_capacity=free[tree.places : first_host],
        host_capacity=free[first_host:],
    )


def _chunks(problem: Problem, rows: Int64, capacities: Capacities) -> Iterator[tuple[Int64, Int64, Int64]]:
    """Give, for some people at a time, how many pairs each has, the places and the points."""
    points = weights(problem).points
    is_open = capacities.place > 0
    at_once = max(1, _CELLS_AT_ONCE // max(1, len(problem.places)))
    for first in range(0, max(1, len(rows)), at_once):
        people = tuple(problem.people[row] for row in rows[first : first + at_once])
        part = replace(problem, people=people, pins=())
        allowed = admissible(part) & is_open
        value = np.zeros(allowed.shape, np.int64)
        for criterion, level in levels(part).items():
            value += points[criterion] * level
        who, where = np.nonzero(allowed)
        yield np.bincount(who, minlength=len(people)), where, value[who, where]
