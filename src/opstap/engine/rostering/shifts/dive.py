"""From shares of paths to one whole path each: fix what the linear program is sure of, and let the others answer anew."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from opstap.engine.rostering.shifts.bound import relax
from opstap.engine.rostering.shifts.diagram import Path
from opstap.engine.rostering.shifts.master import Master

_SURE = 0.85
_ROUNDS = 2


def dive(
    master: Master, shares: NDArray[np.float64], until: float, clock: Callable[[], float], generator: np.random.Generator
) -> dict[int, Path]:
    """Return one path for everybody; after `until` the rest is fixed as the linear program leans. All paths are free again after."""
    fixed: dict[int, Path] = {}
    everybody = range(len(master.market.diagrams))
    while True:
        for number in _chosen(master, shares, fixed, is_late=clock() >= until):
            row, path = master.paths[number]
            fixed[row] = path
            master.only(row, number)
        if len(fixed) == len(everybody):
            break
        _, shares = relax(master, fixed, until, clock, generator, rounds=_ROUNDS)
    for row in everybody:
        master.only(row, None)
    return fixed


def _chosen(master: Master, shares: NDArray[np.float64], fixed: dict[int, Path], *, is_late: bool) -> list[int]:
    """Return the numbers of the paths to fix, at most one per worker: all sure ones, at least the surest, everybody's when it is late."""
    taken = set(fixed)
    found: list[int] = []
    for number in np.argsort(-shares, kind="stable").tolist():
        row = master.paths[number][0]
        if row not in taken and (shares[number] >= _SURE or not found or is_late):
            taken.add(row)
            found.append(number)
    return found
