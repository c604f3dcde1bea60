"""The market over the known edges: flat where every limit sits on a place, a tree where mentors and hosts limit places together."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from opstap.engine.matching.scale import auction, edges, nested
from opstap.engine.matching.scale.auction import State
from opstap.engine.matching.scale.capacity import Capacities
from opstap.engine.matching.scale.edges import Edges
from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.matching.scale.pricing import Violations

Split = tuple[Int64, Int64, Int64]
"""Prices of places (kernel rows), mentors and hosts, in price units."""
_PASSES = 4
_MOST_PASSES = 60
_SHARE_OF_THE_AUCTION = 0.6
"""ε is halved when the auction alone takes more than this part of the gap that is allowed."""


class Market(Protocol):
    """Known edges, seats and prices; `epsilon` and prices are in price units (points x scale)."""

    known: Edges
    state: State
    scale: int

    def settle(self, epsilons: list[int]) -> None:
        """Run the first auction, with falling ε."""

    def improve(self, found: Violations, target_gap: float) -> bool:
        """Add the pairs found and settle again; return whether anything could still change."""

    def profits(self) -> Int64:
        """Return for everyone the best gain over the known edges."""

    def value(self) -> int:
        """Return the value of the present assignment in points."""

    def rent(self) -> int:
        """Return the sum of prices times seats over all levels."""

    def split(self) -> Split:
        """Return a copy of the prices per level."""


class _Board:
    """What both markets share."""

    def __init__(self, known: Edges, capacity: Int32, scale: int) -> None:
        self.known, self.capacity, self.scale = known, capacity, scale
        self.people = len(known.start) - 1
        self.state = auction.empty_state(self.people, capacity)
        self.waiting = np.arange(self.people, dtype=np.int32)[::-1].copy()
        self.epsilon = 1

    def profits(self) -> Int64:
        return auction.best_profits(self.known, self.state.price, self.scale)

    def value(self) -> int:
        return int(self.state.worth[self.state.seat >= 0].sum(dtype=np.int64))

    def _extend(self, found: Violations) -> bool:
        """Add the pairs found; return whether there were any."""
        if not found.size.any():
            return False
        self.known = edges.extended(self.known, found.place, found.value, found.size)
        return True

    def _refine(self, gap: float, target_gap: float) -> bool:
        """Halve ε when the auction alone spoils the gap; return whether it was halved."""
        if gap <= _SHARE_OF_THE_AUCTION * target_gap or self.epsilon == 1:
            return False
        self.epsilon = max(1, self.epsilon // 2)
        return True


class Flat(_Board):
    """Every limit sits on a place: prices are kept between rounds, and only who is better off elsewhere bids again."""

    def __init__(self, known: Edges, capacities: Capacities, order: Int64, scale: int) -> None:
        """Open the market for the places in `order`, the rows of the kernels."""
        super().__init__(known, capacities.place[order], scale)
        self._levels = len(capacities.mentor_capacity), len(capacities.host_capacity)

    def settle(self, epsilons: list[int]) -> None:
        """Run the first auction, with falling ε."""
        self.epsilon = epsilons[0]
        auction.bid_up(self.known, self.state, self.waiting, self.people, self.epsilon, self.scale)
        if len(epsilons) == 1:
            return
        columns = edges.transposed(self.known, len(self.capacity))
        for self.epsilon in epsilons[1:]:
            for _ in range(_MOST_PASSES):
                if not self._calm_down(self.profits(), columns):
                    break

    def resume(self, seats: Int32, price: Int64, epsilon: int) -> None:
        """Take over an assignment (place per person or -1) that consists of known edges, and prices; a full place sends the rest away."""
        self.epsilon = epsilon
        self.state.price[:] = price
        auction.take_seats(self.known, self.state, seats)

    def improve(self, found: Violations, target_gap: float) -> bool:
        """Add the pairs found and settle again; return whether anything could still change."""
        changed = self._extend(found)
        changed |= self._refine(self._own_gap(), target_gap)
        columns = edges.transposed(self.known, len(self.capacity))
        profits = found.profit
        for _ in range(_PASSES):
            changed |= self._calm_down(profits, columns)
            if self._own_gap() <= _SHARE_OF_THE_AUCTION * target_gap:
                break
            profits = self.profits()
        return changed

    def _calm_down(self, profits: Int64, columns: Edges) -> bool:
        """Let everyone who gains more than ε elsewhere bid again and fill what falls free; return whether anyone did."""
        count = auction.raise_displeased(profits, self.state, self.waiting, self.epsilon, self.scale)
        auction.bid_up(self.known, self.state, self.waiting, count, self.epsilon, self.scale)
        moves = auction.fill_up(columns, self.state, self.epsilon, self.scale)
        return count + moves > 0

    def _own_gap(self) -> float:
        """Return the gap over the known edges alone."""
        bound = (int(self.profits().sum()) + self.rent()) / self.scale
        return (bound - self.value()) / bound if bound else 0.0

    def rent(self) -> int:
        """Return the sum of prices times seats."""
        return int((self.state.price * self.capacity).sum())

    def split(self) -> Split:
        """Return a copy of the prices; no mentor or host has one of its own."""
        mentors, hosts = self._levels
        return self.state.price.copy(), np.zeros(mentors, np.int64), np.zeros(hosts, np.int64)


class Tree(_Board):
    """Limits of mentors and hosts remain: the auction starts afresh in every round, so that its prices only rise."""

    def __init__(self, known: Edges, capacities: Capacities, order: Int64, scale: int) -> None:
        """Open the market for the places in `order`, the rows of the kernels."""
        super().__init__(known, capacities.place[order], scale)
        self._capacities, self._order = capacities, order
        self._mentors, self._hosts = self._empty_groups()

    def _empty_groups(self) -> tuple[nested.Groups, nested.Groups]:
        each, order = self._capacities, self._order
        return (
            nested.group_places(each.mentor[order], each.mentor_capacity),
            nested.group_places(each.host[order], each.host_capacity),
        )

    def settle(self, epsilons: list[int]) -> None:
        """Run the auction from empty seats with the smallest ε."""
        self.epsilon = epsilons[-1]
        self._start_afresh()

    def _start_afresh(self) -> None:
        self.state = auction.empty_state(self.people, self.capacity)
        self._mentors, self._hosts = self._empty_groups()
        self.waiting[:] = np.arange(self.people, dtype=np.int32)[::-1]
        nested.bid_in_tree(self.known, self.state, self._mentors, self._hosts, self.waiting, self.people, self.epsilon, self.scale)

    def improve(self, found: Violations, target_gap: float) -> bool:
        """Add the pairs found and run the auction again; return whether anything could still change."""
        bound = (int(self.profits().sum()) + self.rent()) / self.scale
        gap = (bound - self.value()) / bound if bound else 0.0
        changed = self._extend(found)
        changed |= self._refine(gap, target_gap)
        if changed:
            self._start_afresh()
        return changed

    def rent(self) -> int:
        """Return the sum of prices times limits over places, mentors and hosts."""
        place, mentor, host = self.split()
        each = self._capacities
        return int((place * self.capacity).sum() + (mentor * each.mentor_capacity).sum() + (host * each.host_capacity).sum())

    def split(self) -> Split:
        """Return the prices of places, mentors and hosts."""
        return nested.split_prices(self.state, self._mentors, self._hosts)
