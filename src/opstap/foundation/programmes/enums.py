"""Parts in a programme, and the default order of what counts."""

from enum import StrEnum


class Part(StrEnum):
    """What an organisation does in a programme."""

    COORDINATES = "coordinates"
    COUNSELS = "counsels"
    HOSTS = "hosts"


DEFAULT_ORDER = ("placed", "wishes", "priority", "waiting", "learning", "travel")
"""Soft criteria of matching, most important first; a programme sets and publishes its own order."""
