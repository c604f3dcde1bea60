"""Chance that can be told again: every draw depends on the seed and on what it is about, never on the order in which draws are made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Choice = TypeVar("Choice")
_WHOLE = float(1 << 64)


@dataclass(frozen=True, slots=True)
class Luck:
    """Draws for one seed. A draw is named by what it is about: `("answer", "18194395", 2)`."""

    seed: int

    def share(self, *about: object) -> float:
        """Return a number in `[0, 1)` for what it is about; the same name gives the same number."""
        name = "|".join(str(part) for part in (self.seed, *about))
        return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) / _WHOLE

    def happens(self, probability: float, *about: object) -> bool:
        """Tell whether something of this probability happens."""
        return self.share(*about) < probability

    def between(self, first: int, last: int, *about: object) -> int:
        """Return a whole number from `first` up to and with `last`."""
        return first + int(self.share(*about) * (last - first + 1))

    def one_of(self, choices: Sequence[Choice], *about: object) -> Choice:
        """Return one of the choices, each as likely."""
        return choices[int(self.share(*about) * len(choices))]

    def weighed(self, choices: Mapping[Choice, float], *about: object) -> Choice:
        """Return one of the choices by its weight."""
        left = self.share(*about) * sum(choices.values())
        for choice, weight in choices.items():
            left -= weight
            if left < 0:
                return choice
        return list(choices)[-1]
