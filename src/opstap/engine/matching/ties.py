"""Ties are settled by lot: a number per pair from a hash of the names under which lots are drawn, keyed by the seed of the round."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOT_BITS = 20
_MIX = np.uint64(0x9E3779B97F4A7C15)


def lots(people: Sequence[str], places: Sequence[str], seed: int) -> NDArray[np.int64]:
    """Return int64 (people, places) between 1 and 2**20: the lot of each pair; it depends on the two names and the seed alone."""
    mixed = (_hashes(people, seed)[:, None] ^ _hashes(places, seed)) * _MIX
    return (mixed >> np.uint64(64 - LOT_BITS)).astype(np.int64) + 1


def _hashes(keys: Sequence[str], seed: int) -> NDArray[np.uint64]:
    secret = seed.to_bytes(16, "big", signed=True)
    digests = [hashlib.blake2b(key.encode(), digest_size=8, key=secret).digest() for key in keys]
    return np.frombuffer(b"".join(digests), dtype=">u8").astype(np.uint64)
