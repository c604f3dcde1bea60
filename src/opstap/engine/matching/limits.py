"""How long and how much memory a round of matching may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` of computing and `memory_bytes` of address space."""

    seconds: float = 30.0
    memory_bytes: int = 3 << 30

    def __post_init__(self) -> None:
        """Raise ValueError unless both are above zero."""
        if self.seconds <= 0 or self.memory_bytes <= 0:
            raise ValueError("a round needs some seconds and some memory")
