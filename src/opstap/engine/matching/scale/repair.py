"""After a change (arrivals, a place closed, a veto, another capacity): go on from the seats and prices there were.

The result is certified like any other; people keep their seats unless a better whole asks for a move.
"""

from __future__ import annotations

import numpy as np

from opstap.engine.matching.scale.capacity import fold, limits_of
from opstap.engine.matching.scale.edges import Edges, extended
from opstap.engine.matching.scale.instance import Instance, Int32, Int64
from opstap.engine.matching.scale.kernel import kernel
from opstap.engine.matching.scale.layout import Layout, Pairs, lay_out
from opstap.engine.matching.scale.market import Flat
from opstap.engine.matching.scale.pairs import worth
from opstap.engine.matching.scale.pricing import Prices, price_out
from opstap.engine.matching.scale.result import ScaledResult
from opstap.engine.matching.scale.solve import Run, solve, steps

_KNOWN_PER_PERSON = 12
_MARGIN = 0.1
"""Places that gain up to this part of a usual value less than the present seat are worth knowing from the start."""


def repair(
    instance: Instance, assignment: Int32, prices: Int64, *, price_scale: int = 1, target_gap: float = 2e-4, threads: int = 2
) -> ScaledResult:
    """Return a proven result for the changed instance, starting from seats and prices in rows of this instance.

    `prices` are the totals per place, as in `ScaledResult.prices`. `assignment` has -1 for newcomers and may hold pairs that
    are no longer admissible: those people bid anew. Where limits of mentors or hosts span several places the auction starts
    afresh, as in `solve`.
    """
    capacities = fold(limits_of(instance))
    kept = np.flatnonzero(capacities.open_places())
    if not len(kept) or not len(instance.people) or capacities.is_nested:
        return solve(instance, target_gap, threads)
    layout = lay_out(instance, kept)
    seats = _in_kernel_rows(layout, assignment, len(instance.places))
    known = _worth_knowing(layout.pairs, seats, Prices(prices[layout.places_order], price_scale), threads)
    scale, epsilons = steps(known, int(capacities.place[kept].sum()), target_gap)
    market = Flat(known, capacities, layout.places_order, scale)
    market.resume(seats, prices[layout.places_order] * scale // price_scale, epsilons[-1])
    return Run(instance, capacities, layout, market, target_gap, threads).result(None)


def _in_kernel_rows(layout: Layout, assignment: Int32, places: int) -> Int32:
    """Return the assignment in rows of the kernels; -1 for who has no seat or sits where there is none any more."""
    row_of = np.full(places + 1, -1, np.int32)
    row_of[layout.places_order] = np.arange(len(layout.places_order))
    return row_of[assignment[layout.people_order]]


def _worth_knowing(pairs: Pairs, seats: Int32, prices: Prices, threads: int) -> Edges:
    """Return for everyone the places that are, at these prices, better or little worse than their present seat."""
    profits, usual = _present_profits(pairs, seats, prices)
    margin = int(_MARGIN * usual) * prices.scale
    found = price_out(pairs, prices, profits - margin, most=_KNOWN_PER_PERSON, threads=threads)
    nothing = Edges(np.zeros(len(seats) + 1, np.int64), np.empty(0, np.int32), np.empty(0, np.int32))
    return extended(nothing, found.place, found.value, found.size)


@kernel
def _present_profits(pairs: Pairs, seats: Int32, prices: Prices) -> tuple[Int64, float]:
    """Return what each present pair gains above its price (0 without one), and the usual value of a pair in points."""
    profits, total, seated = np.zeros(len(seats), np.int64), 0, 0
    for person in range(len(seats)):
        value = worth(pairs, person, int(seats[person])) if seats[person] >= 0 else -1
        if value >= 0:
            profits[person] = value * prices.scale - int(prices.of[seats[person]])
            total += value
            seated += 1
    return profits, total / max(1, seated)
