"""From rows and folded limits of a run back to the rows and the limits of the instance."""

from __future__ import annotations

import numpy as np

from opstap.engine.matching.scale.capacity import AT_HOST, AT_MENTOR, AT_PLACE, Capacities
from opstap.engine.matching.scale.instance import Instance, Int32, Int64
from opstap.engine.matching.scale.layout import Layout
from opstap.engine.matching.scale.market import Split


def in_rows_of_the_instance(instance: Instance, layout: Layout, seats: Int32) -> Int32:
    """Return the assignment (row of the place per person or -1) of `seats`, which counts in rows of the kernels."""
    assignment = np.full(len(instance.people), -1, np.int32)
    seated = seats >= 0
    assignment[layout.people_order[seated]] = layout.places_order[seats[seated]]
    return assignment


def at_their_level(instance: Instance, capacities: Capacities, layout: Layout, split: Split, scale: int) -> Split:
    """Return the prices of all places, mentors and hosts: each at the limit that makes it scarce.

    What has no seats at all gets a price nobody would pay, so that the prices say why nobody goes there.
    """
    order, places = layout.places_order, instance.places
    level, (folded, mentor, host) = capacities.level[order], split
    own = np.zeros(len(places), np.int64)
    own[order] = np.where(level == AT_PLACE, folded, 0)
    at_mentor, at_host = level == AT_MENTOR, level == AT_HOST
    mentor[places.mentor[order[at_mentor]]] = folded[at_mentor]
    host[places.host[order[at_host]]] = folded[at_host]
    return close(instance, (own, mentor, host), scale)


def close(instance: Instance, split: Split, scale: int) -> Split:
    """Return the prices with one that nobody would pay wherever a limit is 0."""
    beyond = (instance.weights.most_per_pair + int(instance.people.points.max(initial=0))) * scale
    for prices, capacity in zip(split, (instance.places.capacity, instance.mentor_capacity, instance.host_capacity), strict=True):
        prices[capacity == 0] = beyond
    return split


def totals(instance: Instance, split: Split) -> Int64:
    """Return per place the price of the place, its mentor and its host together."""
    own, mentor, host = split
    return own + _of_group(mentor, instance.places.mentor) + _of_group(host, instance.places.host)


def _of_group(prices: Int64, group: Int32) -> Int64:
    if not len(prices):
        return np.zeros(len(group), np.int64)
    return np.where(group >= 0, prices[group], 0)
