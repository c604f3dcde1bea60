"""Where a placement stands."""

from enum import StrEnum


class PlacementState(StrEnum):
    """Both said yes: to be agreed; the work itself; its end; or called off before it began."""

    TO_BE_AGREED = "to_be_agreed"
    RUNNING = "running"
    ENDED = "ended"
    CANCELLED = "cancelled"


TRANSITIONS: dict[PlacementState, frozenset[PlacementState]] = {
    PlacementState.TO_BE_AGREED: frozenset({PlacementState.RUNNING, PlacementState.CANCELLED}),
    PlacementState.RUNNING: frozenset({PlacementState.ENDED}),
    PlacementState.ENDED: frozenset(),
    PlacementState.CANCELLED: frozenset(),
}
"""Which state may follow which."""


class EndReason(StrEnum):
    """Why somebody's work at a place ended."""

    COMPLETED = "completed"
    FOUND_WORK = "found_work"
    STARTED_TRAINING = "started_training"
    GOAL_REACHED = "goal_reached"
    GOAL_NOT_ATTAINABLE = "goal_not_attainable"
    PERSON_STOPS = "person_stops"
    HOST_STOPS = "host_stops"
    DUTIES_NOT_KEPT = "duties_not_kept"
    ILLNESS = "illness"
    MOVED_AWAY = "moved_away"
    RULE_CHANGED = "rule_changed"
    OTHER = "other"
