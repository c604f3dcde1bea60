"""From rows and folded limits of a run back to the rows and the limits of the instance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from opstap.engine.matching.scale.capacity import AT_HOST, AT_MENTOR, AT_PLACE, Limits
from opstap.engine.matching.scale.instance import Instance, Int32, Int64
from opstap.engine.matching.scale.layout import Layout
from opstap.engine.matching.scale.market import Split


def in_rows_of_the_instance(instance: Instance, layout: Layout, seats: Int32) -> Int32:
    """Return the assignment (row of the place per person or -1) of `seats`, which counts in rows of the kernels."""
    assignment = np.full(len(instance.people), -1, np.int32)
    seated = seats >= 0
    assignment[layout.people_order[seated]] = layout.places_order[seats[seated]]
    return assignment


def at_their_level(limits: Limits, level: NDArray[np.int8], split: Split, beyond: int) -> Split:
    """Return the prices of all places, mentors and hosts: each at the limit (`level`, see `capacity`) that makes it scarce.

    What has no seats at all costs `beyond`, a price nobody would pay, so that the prices say why nobody goes there.
    """
    folded, mentor, host = split
    own = np.where(level == AT_PLACE, folded, 0)
    at_mentor, at_host = level == AT_MENTOR, level == AT_HOST
    mentor[limits.mentor[at_mentor]] = folded[at_mentor]
    host[limits.host[at_host]] = folded[at_host]
    for prices, capacity in ((own, limits.place), (mentor, limits.mentor_capacity), (host, limits.host_capacity)):
        prices[capacity == 0] = beyond
    return own, mentor, host


def totals(limits: Limits, split: Split) -> Int64:
    """Return per place the price of the place, its mentor and its host together."""
    own, mentor, host = split
    return own + _of_group(mentor, limits.mentor) + _of_group(host, limits.host)


def _of_group(prices: Int64, group: Int32) -> Int64:
    if not len(prices):
        return np.zeros(len(group), np.int64)
    return np.where(group >= 0, prices[group], 0)
