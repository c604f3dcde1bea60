"""The product without the lock on places: a negative control, which shows what the lock is for."""

from opstap.config.wsgi import application
from opstap.journey.matching.operations import proposals


def no_lock(*keys: str) -> None:
    """Lock nothing."""
    del keys


proposals.lock_in_order = no_lock

__all__ = ["application"]
