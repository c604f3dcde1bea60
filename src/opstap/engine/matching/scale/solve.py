"""Matching over all admissible pairs without writing them down: seed, auction, price out, extend, until the gap is proven.

1. Seed edges from both sides (`seed`). 2. Auction over the known edges (`auction`, or `nested` when limits of mentors and
hosts remain). 3. Sweep all admissible pairs with the prices (`pricing`): this gives a bound on any assignment and the pairs
that would do better. 4. Add those and go on from the present prices: only who is better off elsewhere bids again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from opstap.engine.matching.scale import edges, pricing, seed
from opstap.engine.matching.scale.capacity import Capacities, fold, limits_of
from opstap.engine.matching.scale.instance import Instance
from opstap.engine.matching.scale.layout import Layout, lay_out
from opstap.engine.matching.scale.market import Flat, Market, Tree
from opstap.engine.matching.scale.result import ScaledResult
from opstap.engine.matching.scale.unfold import at_their_level, in_rows_of_the_instance, totals

_SEEDS_PER_PERSON = 8
_SEEDS_PER_SEAT = 8
_NEW_PER_PERSON = 6
_MOST_ROUNDS = 60
_EPSILON_SHARE = 2.5
"""ε as a multiple of the gap allowed per placed person: on average the auction loses far less than ε."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: rounds done, value and bound so far in points."""

    round: int
    value: int
    bound: int


def solve(
    instance: Instance,
    target_gap: float = 2e-4,
    threads: int = 2,
    on_progress: Callable[[Progress], None] | None = None,
) -> ScaledResult:
    """Return an assignment whose value is proven to lie within `target_gap` (a share of the bound) of the optimum.

    `target_gap` 0 asks for the optimum itself and suits small instances. The result does not depend on `threads` (1 or 2).
    When 60 rounds do not reach the target, the best so far is returned with its honest gap.
    """
    capacities = fold(limits_of(instance))
    kept = np.flatnonzero(capacities.open_places())
    if not len(kept) or not len(instance.people):
        return _nothing(instance, capacities)
    layout = lay_out(instance, kept)
    capacity = capacities.place[layout.places_order]
    seeds = seed.seed_edges(layout.pairs, _SEEDS_PER_PERSON, (_SEEDS_PER_SEAT * capacity).astype(np.int64), threads)
    known = edges.from_seeds(*seeds)
    scale, epsilons = steps(known, int(capacity.sum()), target_gap)
    market: Market = (Tree if capacities.is_nested else Flat)(known, capacities, layout.places_order, scale)
    market.settle(epsilons)
    return Run(instance, capacities, layout, market, target_gap, threads).result(on_progress)


class Run:
    """Rounds of pricing on a market that has settled: the best assignment and the best prices so far."""

    def __init__(  # noqa: PLR0917 - made in two places, each with all of them
        self, instance: Instance, capacities: Capacities, layout: Layout, market: Market, target_gap: float, threads: int
    ) -> None:
        """Start from the market as it is."""
        self.instance, self.capacities, self.layout, self.market = instance, capacities, layout, market
        self.target_gap, self.threads, self.scale = target_gap, threads, market.scale
        self.rounds = 0
        self.value, self.assignment = -1, np.empty(0, np.int32)
        self.bound, self.prices = 2**62, market.split()

    def result(self, on_progress: Callable[[Progress], None] | None) -> ScaledResult:
        """Run rounds until the gap is proven and return the best assignment with the best prices."""
        while self.rounds < _MOST_ROUNDS:
            found = self._price_out()
            if on_progress is not None:
                on_progress(Progress(self.rounds, self.value, self.bound // self.scale))
            if self._is_proven() or not self.market.improve(found, self.target_gap):
                break
        return self._result()

    def _price_out(self) -> pricing.Violations:
        """Sweep all admissible pairs; keep assignment and prices when they are the best so far."""
        self.rounds += 1
        market = self.market
        found = pricing.price_out(
            self.layout.pairs,
            pricing.Prices(market.state.price, self.scale),
            market.profits(),
            most=_NEW_PER_PERSON,
            threads=self.threads,
        )
        if market.value() > self.value:
            self.value, self.assignment = market.value(), market.state.seat.copy()
        bound = int(found.profit.sum()) + market.rent()
        if bound < self.bound:
            self.bound, self.prices = bound, market.split()
        return found

    def _is_proven(self) -> bool:
        bound = self.bound // self.scale
        return bound - self.value <= self.target_gap * bound

    def _result(self) -> ScaledResult:
        order, limits = self.layout.places_order, limits_of(self.instance)
        folded = np.zeros(len(self.instance.places), np.int64)
        folded[order] = self.prices[0]
        beyond = _beyond_reach(self.instance) * self.scale
        prices = at_their_level(limits, self.capacities.level, (folded, *self.prices[1:]), beyond)
        return ScaledResult(
            assignment=in_rows_of_the_instance(self.instance, self.layout, self.assignment),
            prices=totals(limits, prices),
            place_prices=prices[0],
            mentor_prices=prices[1],
            host_prices=prices[2],
            price_scale=self.scale,
            value=self.value,
            bound=self.bound // self.scale,
            edges=len(self.market.known.other),
            rounds=self.rounds,
        )


def _beyond_reach(instance: Instance) -> int:
    """Return points that no pair is worth."""
    return instance.weights.most_per_pair + int(instance.people.points.max(initial=0))


def steps(known: edges.Edges, seats: int, target_gap: float) -> tuple[int, list[int]]:
    """Return the price units per point and the falling ε that suit the target; ε below 1/(seats + 1) point is exact."""
    finest = min(seats, len(known.start) - 1) + 1
    mean = float(known.value.mean()) if len(known.value) else 1.0
    wanted = _EPSILON_SHARE * target_gap * mean
    if wanted >= 1:
        return 1, [int(wanted)]
    scale = finest if wanted * finest <= 1 else math.ceil(1 / wanted)
    epsilons = [1]
    while epsilons[0] < scale:
        epsilons.insert(0, 4 * epsilons[0])
    return scale, epsilons


def _nothing(instance: Instance, capacities: Capacities) -> ScaledResult:
    """Return the result when there are no people or no seats."""
    limits = limits_of(instance)
    empty = tuple(np.zeros(len(column), np.int64) for column in (limits.place, limits.mentor_capacity, limits.host_capacity))
    own, mentor, host = at_their_level(limits, capacities.level, (empty[0], empty[1], empty[2]), _beyond_reach(instance))
    assignment = np.full(len(instance.people), -1, np.int32)
    return ScaledResult(assignment, totals(limits, (own, mentor, host)), own, mentor, host, 1, 0, 0, 0, 0)
