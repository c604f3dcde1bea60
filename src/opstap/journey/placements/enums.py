"""Where a placement stands."""

from enum import StrEnum


class PlacementState(StrEnum):
    """Both said yes: to be agreed. The agreement, the work itself and its end follow."""

    TO_BE_AGREED = "to_be_agreed"
    CANCELLED = "cancelled"
