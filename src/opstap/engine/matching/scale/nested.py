"""The auction with nested capacities: a newcomer pushes out the lowest bid of the innermost level that is full.

The price of a place is the bid to beat at its innermost full level (0 when all have room). Prices only rise, so everyone
stays within ε of their best, and the lowest bids per level split into prices of place, mentor and host that prove it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from opstap.engine.matching.scale.auction import UNPLACED, State, best_offer, room
from opstap.engine.matching.scale.edges import Edges
from opstap.engine.matching.scale.heap import sift_down, sift_up
from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.matching.scale.kernel import kernel

_HIGHEST = 2**62


class Groups(NamedTuple):
    """One level of the tree: `of[j]` the group of place j or -1, its places `places[start[g]:start[g + 1]]`, how many sit there."""

    of: Int32
    capacity: Int32
    filled: Int32
    start: Int64
    places: Int32


def group_places(of: Int32, capacity: Int32) -> Groups:
    """Return the level in which place j belongs to group `of[j]`."""
    order = np.argsort(of, kind="stable")
    order = order[of[order] >= 0]
    start = np.zeros(len(capacity) + 1, np.int64)
    np.cumsum(np.bincount(of[order], minlength=len(capacity)), out=start[1:])
    return Groups(of, capacity, np.zeros(len(capacity), np.int32), start, order.astype(np.int32))


@kernel
def is_full(groups: Groups, group: int) -> bool:
    """Tell whether the group has no seat left; a place without a group always has room there."""
    return group >= 0 and bool(groups.filled[group] >= groups.capacity[group])


@kernel
def lowest(groups: Groups, state: State, group: int) -> int:
    """Return the place of the group that holds its lowest bid, or -1 when nobody sits in the group."""
    place, bid = UNPLACED, _HIGHEST
    for index in range(groups.start[group], groups.start[group + 1]):
        each = groups.places[index]
        if state.filled[each] > 0 and state.bid[state.first_seat[each]] < bid:
            place, bid = int(each), int(state.bid[state.first_seat[each]])
    return place


@kernel
def lowest_bid(groups: Groups, state: State, group: int) -> int:
    """Return the lowest bid of a full group, 0 for one with room."""
    if not is_full(groups, group):
        return 0
    return int(state.bid[state.first_seat[lowest(groups, state, group)]])


@kernel
def _push_out(state: State, mentors: Groups, hosts: Groups, place: int) -> int:
    """Free the seat of the lowest bid at the place; return who lost it."""
    at, last = int(state.first_seat[place]), int(state.filled[place]) - 1
    loser = int(state.holder[at])
    state.bid[at], state.holder[at] = state.bid[at + last], state.holder[at + last]
    state.filled[place] = last
    sift_down(state.bid, state.holder, at, last)
    state.seat[loser] = UNPLACED
    _count(mentors, place, -1)
    _count(hosts, place, -1)
    return loser


@kernel
def _count(groups: Groups, place: int, change: int) -> None:
    if groups.of[place] >= 0:
        groups.filled[groups.of[place]] += change


@kernel
def _seat_to_free(state: State, mentors: Groups, hosts: Groups, place: int) -> int:
    """Return the place whose lowest bid must go before someone can sit at `place`, or -1 when there is room."""
    if state.filled[place] >= room(state, place):
        return place
    if is_full(mentors, int(mentors.of[place])):
        return lowest(mentors, state, int(mentors.of[place]))
    if is_full(hosts, int(hosts.of[place])):
        return lowest(hosts, state, int(hosts.of[place]))
    return UNPLACED


@kernel
def _price(state: State, mentors: Groups, hosts: Groups, place: int) -> int:
    freed = _seat_to_free(state, mentors, hosts, place)
    return 0 if freed < 0 else int(state.bid[state.first_seat[freed]])


@kernel
def _refresh(state: State, mentors: Groups, hosts: Groups, place: int) -> None:
    """Set the price of every place that shares a limit with `place`."""
    if hosts.of[place] >= 0:
        for index in range(hosts.start[hosts.of[place]], hosts.start[hosts.of[place] + 1]):
            each = int(hosts.places[index])
            state.price[each] = _price(state, mentors, hosts, each)
    elif mentors.of[place] >= 0:
        for index in range(mentors.start[mentors.of[place]], mentors.start[mentors.of[place] + 1]):
            each = int(mentors.places[index])
            state.price[each] = _price(state, mentors, hosts, each)
    else:
        state.price[place] = _price(state, mentors, hosts, place)


@kernel
def bid_in_tree(  # noqa: PLR0917 - compiled code takes its arguments by position
    edges: Edges, state: State, mentors: Groups, hosts: Groups, waiting: Int32, count: int, epsilon: int, scale: int
) -> int:
    """Let everyone waiting bid as in `auction.bid_up`, but under the limits of mentors and hosts; return the number of bids."""
    bids = 0
    while count:
        count -= 1
        person = int(waiting[count])
        best, second, place, worth = best_offer(edges, state.price, person, scale)
        if place < 0:
            continue
        bids += 1
        bid = int(state.price[place]) + best - second + epsilon
        freed = _seat_to_free(state, mentors, hosts, place)
        if freed >= 0:
            waiting[count] = _push_out(state, mentors, hosts, freed)
            count += 1
        at, index = int(state.first_seat[place]), int(state.filled[place])
        state.bid[at + index], state.holder[at + index] = bid, person
        state.filled[place] += 1
        sift_up(state.bid, state.holder, at, index)
        state.seat[person], state.worth[person] = place, worth
        _count(mentors, place, 1)
        _count(hosts, place, 1)
        _refresh(state, mentors, hosts, place)
    return bids


@kernel
def split_prices(state: State, mentors: Groups, hosts: Groups) -> tuple[Int64, Int64, Int64]:
    """Return the prices of places, mentors and hosts whose sums along the tree are the prices of the state."""
    host_price = np.zeros(len(hosts.capacity), np.int64)
    for group in range(len(hosts.capacity)):
        if hosts.start[group] < hosts.start[group + 1]:
            host_price[group] = lowest_bid(hosts, state, group)
    mentor_price = np.zeros(len(mentors.capacity), np.int64)
    place_price = np.zeros(len(state.price), np.int64)
    for place in range(len(state.price)):
        above = int(host_price[hosts.of[place]]) if hosts.of[place] >= 0 else 0
        if mentors.of[place] >= 0:
            mentor_price[mentors.of[place]] = max(0, lowest_bid(mentors, state, int(mentors.of[place])) - above)
            above += int(mentor_price[mentors.of[place]])
        if state.filled[place] >= room(state, place):
            place_price[place] = max(0, int(state.price[place]) - above)
    return place_price, mentor_price, host_price
