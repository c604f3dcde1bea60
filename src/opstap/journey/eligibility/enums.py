"""What may be said of a condition, a rule change and a fact about health."""

from enum import StrEnum

from opstap.journey.people.enums import HEALTH


class Badge(StrEnum):
    """How a condition stands on the screen: met until a day is a fourth word, because time alone will change it."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    UNTIL = "until"


class ChangeState(StrEnum):
    """Where a proposed rule change stands; computed from its moments, never typed."""

    PROPOSED = "proposed"
    REHEARSED = "rehearsed"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


_DERIVED = frozenset({"is_sick"})
"""Facts that follow from a sensitive one."""
HEALTH_FACTS = HEALTH | _DERIVED
"""Facts that say something of somebody's health or need of support: only those who follow the person see them."""
