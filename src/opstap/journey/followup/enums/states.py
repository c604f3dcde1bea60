"""Where a task stands, why it ended, and who is asked to do it."""

from enum import StrEnum


class Rule(StrEnum):
    """What opens a task: signs that somebody should be called, or a relay that nobody answered; explained to staff and person."""

    ABSENCES_IN_ROW = "absences_in_row"
    NO_CONTACT = "no_contact"
    GOAL_NOT_MOVED = "goal_not_moved"
    AGREEMENT_ENDING = "agreement_ending"
    WORK_OVER = "work_over"
    EVALUATION_OVERDUE = "evaluation_overdue"
    MENTOR_AWAY = "mentor_away"
    RELAY_LATE = "relay_late"


class TaskState(StrEnum):
    """Where a task stands; `dropped` is one that somebody decided not to do, with a note why."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


TRANSITIONS: dict[TaskState, frozenset[TaskState]] = {
    TaskState.OPEN: frozenset({TaskState.DONE, TaskState.DROPPED}),
    TaskState.DONE: frozenset({TaskState.OPEN}),
    TaskState.DROPPED: frozenset(),
}
"""Which state may follow which; only what closed because its cause was gone opens again, when the cause comes back."""


class EndReason(StrEnum):
    """Why a task is no longer open."""

    HANDLED = "handled"
    CAUSE_GONE = "cause_gone"
    NOT_NEEDED = "not_needed"


class TaskOwner(StrEnum):
    """Whose task it is when a rule opens it."""

    COUNSELLOR = "counsellor"
    COORDINATOR = "coordinator"
    TEAM_LEAD = "team_lead"
