"""Parts in a programme, and the default order of what counts."""

from enum import StrEnum


class Part(StrEnum):
    """What an organisation does in a programme."""

    COORDINATES = "coordinates"
    COUNSELS = "counsels"
    HOSTS = "hosts"


DEFAULT_ORDER = ("placed", "wishes", "priority", "waiting", "learning", "travel")
"""Soft criteria of matching, most important first; a programme sets and publishes its own order."""


TERMS: dict[str, tuple[int, int]] = {
    "answer_days": (3, 30),
    "confirm_days": (14, 180),
    "stalled_days": (7, 120),
    "least_days_left": (1, 90),
    "weekly_messages": (1, 7),
    "quiet_from": (17, 22),
    "quiet_until": (7, 11),
}
"""The numbers that a coordinator sets for a programme, each with the least and the most that is sane: days, messages a week, hours."""
