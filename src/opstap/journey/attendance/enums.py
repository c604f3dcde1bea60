"""How a day went, who says so, and how far a month and a payment have come."""

from enum import StrEnum


class DayState(StrEnum):
    """How somebody's day at the place went, in one tap."""

    HERE = "here"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"
    HOLIDAY = "holiday"


ATTENDED = frozenset({DayState.HERE, DayState.LATE})
"""States of a day on which somebody worked: only these carry hours."""
FORESEEN = frozenset({DayState.EXCUSED, DayState.HOLIDAY})
"""States that can be noted before the day itself: a leave that was asked, a doctor's appointment."""


class PersonState(StrEnum):
    """What the person says of a day that somebody else noted."""

    NONE = "none"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"


class Side(StrEnum):
    """The two parties of a month: the work floor, and who follows the person."""

    HOST = "host"
    COUNSELLOR = "counsellor"


class ClosingState(StrEnum):
    """How many of the two parties have signed a month."""

    OPEN = "open"
    HALF_CLOSED = "half_closed"
    CLOSED = "closed"


CLOSING_TRANSITIONS: dict[ClosingState, frozenset[ClosingState]] = {
    ClosingState.OPEN: frozenset({ClosingState.HALF_CLOSED}),
    ClosingState.HALF_CLOSED: frozenset({ClosingState.CLOSED, ClosingState.OPEN}),
    ClosingState.CLOSED: frozenset(),
}
"""Which state of a month may follow which; a closed month stays closed, corrections are a closing of their own."""


class RunState(StrEnum):
    """How far a payment list has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    EXPORTED = "exported"


RUN_TRANSITIONS: dict[RunState, frozenset[RunState]] = {
    RunState.DRAFT: frozenset({RunState.APPROVED}),
    RunState.APPROVED: frozenset({RunState.EXPORTED}),
    RunState.EXPORTED: frozenset({RunState.EXPORTED}),
}
"""Which state of a payment list may follow which; a draft is thrown away or approved by somebody else, never edited."""


class LineKind(StrEnum):
    """What a line of a payment list pays."""

    ALLOWANCE = "allowance"
    TRAVEL = "travel"
    CORRECTION = "correction"
