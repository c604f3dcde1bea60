"""When an evaluation is asked, where it stands and what can be said in one tap; and which state may follow which."""

from __future__ import annotations

from enum import StrEnum


class Occasion(StrEnum):
    """Why an evaluation is asked: a milestone of the placement, or because somebody asks for it."""

    FIRST_MONTH = "first_month"
    HALF = "half"
    END = "end"
    ASKED = "asked"


class EvaluationState(StrEnum):
    """Asked of the work floor; written; the person said what they think of it; or closed without being written."""

    ASKED = "asked"
    WRITTEN = "written"
    ANSWERED = "answered"
    CLOSED = "closed"


TRANSITIONS: dict[EvaluationState, frozenset[EvaluationState]] = {
    EvaluationState.ASKED: frozenset({EvaluationState.WRITTEN, EvaluationState.CLOSED}),
    EvaluationState.WRITTEN: frozenset({EvaluationState.ANSWERED}),
    EvaluationState.ANSWERED: frozenset(),
    EvaluationState.CLOSED: frozenset(),
}
"""Which state may follow which. What was written or answered is never changed: a correction is a version of its own."""

WRITTEN = (EvaluationState.WRITTEN, EvaluationState.ANSWERED)
"""States in which there is something to read."""


class CloseReason(StrEnum):
    """Why an evaluation was closed without being written."""

    OVERTAKEN = "overtaken"
    NOT_COMING = "not_coming"
    CANCELLED = "cancelled"


class PersonAnswer(StrEnum):
    """What the person says of what was written about them."""

    NONE = "none"
    AGREE = "agree"
    DISAGREE = "disagree"


class Strength(StrEnum):
    """What went well, in one tap: behaviour that was seen, not what somebody is like."""

    ON_TIME = "on_time"
    KEEPS_GOING = "keeps_going"
    ASKS = "asks"
    CAREFUL = "careful"
    TEAM = "team"
    LEARNS = "learns"


class CallOutcome(StrEnum):
    """What came of the telephone call about an evaluation that did not come: it will, or it will not."""

    WILL_COME = "will_come"
    NOT_COMING = "not_coming"


class EvidenceSource(StrEnum):
    """Where a line on somebody's competency list comes from."""

    EVALUATION = "evaluation"
