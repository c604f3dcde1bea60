"""What may be said of a condition, a rule change and a fact about health."""

from enum import StrEnum


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


HEALTH_FACTS = frozenset({"work_limitation_right", "work_limitation_until", "maatwerk_advice", "is_sick"})
"""Facts that say something of somebody's health or need of support: only those who follow the person see them."""
