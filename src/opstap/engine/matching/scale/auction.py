"""The ε-auction: people bid for seats, prices rise; where a seat falls free at a price, the place bids for people and the price falls.

A state is within ε when nobody could gain more than ε by moving at the present prices and every place with a price is full;
then the value is within ε per placed person of the best over the known edges. All money is in price units: points x scale.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from opstap.engine.matching.scale.edges import Edges
from opstap.engine.matching.scale.heap import sift_down, sift_up
from opstap.engine.matching.scale.instance import Int32, Int64
from opstap.engine.matching.scale.kernel import kernel

UNPLACED = -1


class State(NamedTuple):
    """Seats of place j are `first_seat[j]:first_seat[j + 1]`, the first `filled[j]` of them a heap of bids with their holders.

    `seat[i]` is the place of person i or -1, `worth[i]` the value of that pair in points.
    """

    first_seat: Int64
    price: Int64
    bid: Int64
    holder: Int32
    filled: Int32
    seat: Int32
    worth: Int64


def empty_state(people: int, capacity: Int32) -> State:
    """Return the state in which nobody is placed and every price is 0."""
    first_seat = np.zeros(len(capacity) + 1, np.int64)
    np.cumsum(capacity, out=first_seat[1:])
    return State(
        first_seat=first_seat,
        price=np.zeros(len(capacity), np.int64),
        bid=np.zeros(first_seat[-1], np.int64),
        holder=np.full(first_seat[-1], UNPLACED, np.int32),
        filled=np.zeros(len(capacity), np.int32),
        seat=np.full(people, UNPLACED, np.int32),
        worth=np.zeros(people, np.int64),
    )


@kernel
def room(state: State, place: int) -> int:
    """Return the number of seats of the place."""
    return int(state.first_seat[place + 1] - state.first_seat[place])


@kernel
def sit_down(state: State, person: int, place: int, bid: int, worth: int) -> int:
    """Give the person a seat for the bid; return who lost it, or -1. The price of a full place is its lowest bid."""
    at, loser = int(state.first_seat[place]), UNPLACED
    if state.filled[place] < room(state, place):
        index = int(state.filled[place])
        state.bid[at + index], state.holder[at + index] = bid, person
        state.filled[place] += 1
        sift_up(state.bid, state.holder, at, index)
    else:
        loser = int(state.holder[at])
        state.seat[loser] = UNPLACED
        state.bid[at], state.holder[at] = bid, person
        sift_down(state.bid, state.holder, at, int(state.filled[place]))
    state.seat[person], state.worth[person] = place, worth
    if state.filled[place] == room(state, place):
        state.price[place] = state.bid[at]
    return loser


@kernel
def take_seats(edges: Edges, state: State, seats: Int32) -> None:
    """Seat everyone at their place in `seats` (or -1) at its present price, as long as there is room; the edge must be known."""
    for person in range(len(seats)):
        place = int(seats[person])
        if place < 0 or state.filled[place] >= room(state, place):
            continue
        for index in range(edges.start[person], edges.start[person + 1]):
            if edges.other[index] == place:
                sit_down(state, person, place, int(state.price[place]), int(edges.value[index]))


@kernel
def stand_up(state: State, person: int) -> None:
    """Free the person's seat; the place keeps its price."""
    place = state.seat[person]
    at, last = int(state.first_seat[place]), int(state.filled[place]) - 1
    index = 0
    while state.holder[at + index] != person:
        index += 1
    state.bid[at + index], state.holder[at + index] = state.bid[at + last], state.holder[at + last]
    state.filled[place] = last
    state.seat[person] = UNPLACED
    for position in range(last // 2 - 1, -1, -1):
        _settle(state, at, last, position)


@kernel
def _settle(state: State, at: int, size: int, index: int) -> None:
    """Restore the heap below `index`; the heaps are as small as a place."""
    while True:
        child = 2 * index + 1
        if child >= size:
            return
        if child + 1 < size and state.bid[at + child + 1] < state.bid[at + child]:
            child += 1
        if state.bid[at + child] >= state.bid[at + index]:
            return
        state.bid[at + index], state.bid[at + child] = state.bid[at + child], state.bid[at + index]
        state.holder[at + index], state.holder[at + child] = state.holder[at + child], state.holder[at + index]
        index = child


@kernel
def best_offer(edges: Edges, price: Int64, person: int, scale: int) -> tuple[int, int, int, int]:
    """Return the best and second-best gain of the person (at least 0), the best place (or -1) and its value in points."""
    best, second, place, worth = 0, 0, UNPLACED, 0
    for index in range(edges.start[person], edges.start[person + 1]):
        gain = int(edges.value[index]) * scale - int(price[edges.other[index]])
        if gain > best:
            second, best = best, gain
            place, worth = int(edges.other[index]), int(edges.value[index])
        elif gain > second:
            second = gain
    return best, second, place, worth


@kernel
def bid_up(  # noqa: PLR0917 - compiled code takes its arguments by position
    edges: Edges, state: State, waiting: Int32, count: int, epsilon: int, scale: int
) -> int:
    """Let the first `count` people of `waiting` bid until everyone sits or prefers to stay out; every place has a seat.

    Returns the number of bids. A bid is what makes the best place as good as the second best, plus ε. `waiting` has room for everyone.
    """
    bids = 0
    while count:
        count -= 1
        person = int(waiting[count])
        best, second, place, worth = best_offer(edges, state.price, person, scale)
        if place < 0:
            continue
        bids += 1
        loser = sit_down(state, person, place, int(state.price[place]) + best - second + epsilon, worth)
        if loser >= 0:
            waiting[count] = loser
            count += 1
    return bids


@kernel
def profit(state: State, person: int, scale: int) -> int:
    """Return what the person's present seat is worth to them above its price; 0 without a seat."""
    if state.seat[person] < 0:
        return 0
    return int(state.worth[person]) * scale - int(state.price[state.seat[person]])


@kernel
def fill_up(columns: Edges, state: State, epsilon: int, scale: int) -> int:
    """Let every place with a price and a free seat lower its price until it is full or free of charge; return the number of moves.

    The mirror of `bid_up`: the place takes the person who gains most and asks what the next one would just pay.
    """
    places = len(state.price)
    open_places, listed = np.empty(places, np.int32), np.zeros(places, np.bool_)
    count = 0
    for place in range(places):
        if state.price[place] > 0 and state.filled[place] < room(state, place):
            open_places[count] = place
            listed[place] = True
            count += 1
    moves = 0
    while count:
        count -= 1
        place = int(open_places[count])
        listed[place] = False
        while state.price[place] > 0 and state.filled[place] < room(state, place):
            left = _take_best(columns, state, place, epsilon, scale)
            moves += 1
            if left >= 0 and not listed[left] and state.price[left] > 0:
                open_places[count] = left
                listed[left] = True
                count += 1
    return moves


@kernel
def _take_best(columns: Edges, state: State, place: int, epsilon: int, scale: int) -> int:
    """Lower the price to what the second-best person would pay and seat the best one; return the place they left, or -1."""
    best, second, person, worth = 0, 0, UNPLACED, 0
    for index in range(columns.start[place], columns.start[place + 1]):
        who = int(columns.other[index])
        if state.seat[who] == place:
            continue
        offer = int(columns.value[index]) * scale - profit(state, who, scale)
        if offer > best:
            second, best = best, offer
            person, worth = int(who), int(columns.value[index])
        elif offer > second:
            second = offer
    if person < 0 or best <= epsilon:
        state.price[place] = 0
        return UNPLACED
    state.price[place] = max(0, min(state.price[place], second - epsilon))
    if best - state.price[place] <= 0:
        return UNPLACED
    left = int(state.seat[person])
    if left >= 0:
        stand_up(state, person)
    sit_down(state, person, place, int(state.price[place]), worth)
    return left


@kernel
def best_profits(edges: Edges, price: Int64, scale: int) -> Int64:
    """Return for everyone the most that any known edge offers above its price, at least 0."""
    profits = np.zeros(len(edges.start) - 1, np.int64)
    for person in range(len(profits)):
        for index in range(edges.start[person], edges.start[person + 1]):
            profits[person] = max(profits[person], int(edges.value[index]) * scale - price[edges.other[index]])
    return profits


@kernel
def raise_displeased(profits: Int64, state: State, waiting: Int32, epsilon: int, scale: int) -> int:
    """Free the seats of all who could gain more than ε elsewhere and list them in `waiting`; return how many."""
    count = 0
    for person in range(len(profits)):
        if profits[person] > profit(state, person, scale) + (epsilon if state.seat[person] >= 0 else 0):
            if state.seat[person] >= 0:
                stand_up(state, person)
            waiting[count] = person
            count += 1
    return count
