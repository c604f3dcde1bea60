"""How long a search may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`rounds` of search, and `seconds` after which it stops wherever it is; `threads` change how long it takes, not what it finds.

    A run that ends by its rounds gives the same roster for the same seed on every machine; one that the clock ends may not.
    """

    seconds: float = 60.0
    rounds: int = 60_000
    climbs: int = 600
    threads: int = 2

    def __post_init__(self) -> None:
        """Raise ValueError unless all are above zero."""
        if self.seconds <= 0 or self.rounds < 1 or self.climbs < 1 or self.threads < 1:
            raise ValueError("a search needs some seconds and some rounds")
