"""What a relay starts with, and what may not stand in it."""

from opstap.journey.outcomes.assembly.health import health_words
from opstap.journey.outcomes.assembly.prefilling import Parts, parts_for

__all__ = ["Parts", "health_words", "parts_for"]
