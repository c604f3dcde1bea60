"""What a mentor learns, and where somebody's seat at a training stands."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Topic(StrEnum):
    """What the training of a mentor holds at least (Flemish training database; call 572 asks for trained mentors)."""

    PLAN = "plan"
    INSTRUCT = "instruct"
    COMMUNICATE = "communicate"
    FOLLOW = "follow"
    FEEDBACK = "feedback"
    ADJUST = "adjust"
    EVALUATE = "evaluate"


class EnrolmentState(StrEnum):
    """Where a mentor's seat at a training stands."""

    ENROLLED = "enrolled"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


TRANSITIONS: dict[EnrolmentState, frozenset[EnrolmentState]] = {
    EnrolmentState.ENROLLED: frozenset({EnrolmentState.ATTENDED, EnrolmentState.MISSED, EnrolmentState.CANCELLED}),
    EnrolmentState.ATTENDED: frozenset({EnrolmentState.MISSED}),
    EnrolmentState.MISSED: frozenset({EnrolmentState.ATTENDED}),
    EnrolmentState.CANCELLED: frozenset(),
}
"""Which state may follow which: a tap that was wrong is put right, a cancelled seat is taken anew."""

USES_A_SEAT = (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.MISSED)
"""States in which nobody else can have the seat."""

LOOKS_AHEAD = timedelta(weeks=6)
"""How far ahead a place without anybody to guide its learners is warned of."""
