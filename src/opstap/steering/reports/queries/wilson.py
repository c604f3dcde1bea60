"""How sure a share is: the interval of Wilson."""

from __future__ import annotations

from math import sqrt

_Z = 1.959963984540054
"""95 % of a normal distribution lies within so many standard deviations."""


def wilson(successes: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, both as fractions (Wilson 1927, without continuity correction).

    Raises ValueError for no people or more successes than people.
    """
    if not 0 <= successes <= of or of == 0:
        msg = f"{successes} of {of} is no share"
        raise ValueError(msg)
    share, square = successes / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(middle - half, 0.0), min(middle + half, 1.0)
