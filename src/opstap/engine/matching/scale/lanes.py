"""Sweeps over all people run in two lanes side by side; the lanes are fixed, so the number of threads never changes a result."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

LANES = 2
BLOCK = 256
"""People are dealt to the lanes in blocks of this many neighbours."""


def run_lanes(work: Callable[[int], object], threads: int) -> None:
    """Call `work(lane)` for every lane, on one or more threads."""
    if threads < LANES:
        for lane in range(LANES):
            work(lane)
        return
    with ThreadPoolExecutor(LANES) as pool:
        for _ in pool.map(work, range(LANES)):
            pass
