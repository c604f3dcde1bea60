"""Compiling before the first real run, so that nobody waits for it: seconds the first time, less when the cache on disk is warm."""

from __future__ import annotations

from opstap.engine.matching.scale.check import certify
from opstap.engine.matching.scale.generate import instance
from opstap.engine.matching.scale.solve import solve

_PEOPLE, _PLACES, _TINY_GAP = 300, 60, 1e-6


def warm_up() -> None:
    """Compile every kernel by solving two small rounds, with and without shared limits, to a tiny gap."""
    for nested in (False, True):
        small = instance(_PEOPLE, _PLACES, 1, nested=nested)
        certify(small, solve(small, target_gap=_TINY_GAP))
