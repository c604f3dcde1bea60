"""Kinds and states of a plan, of its goals and of what somebody can do; and which state may follow which."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class CompetenceKind(StrEnum):
    """How somebody works, or what somebody does."""

    GENERIC = "generic"
    TECHNICAL = "technical"


class Level(IntEnum):
    """What somebody can do, in four steps; each has its own words and no number is shown."""

    NOT_YET = 0
    WITH_HELP = 1
    WITH_DIRECTIONS = 2
    ALONE = 3


class LevelKind(StrEnum):
    """What somebody can do now, or wants to be able to do."""

    PRESENT = "present"
    FUTURE = "future"


class LevelSource(StrEnum):
    """Where a level comes from: the talk about the plan, an evaluation on the work floor, or the person's own word."""

    PLAN = "plan"
    EVALUATION = "evaluation"
    PERSON = "person"


class PlanKind(StrEnum):
    """A support plan (ondersteuningsplan), or the personal development plan of custom work (POP)."""

    SUPPORT = "support"
    POP = "pop"


class PlanState(StrEnum):
    """Being written; shared with the person; the person said it is right; or a later version took its place."""

    DRAFT = "draft"
    SHARED = "shared"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


PLAN_TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.SHARED}),
    PlanState.SHARED: frozenset({PlanState.AGREED, PlanState.SUPERSEDED}),
    PlanState.AGREED: frozenset({PlanState.SUPERSEDED}),
    PlanState.SUPERSEDED: frozenset(),
}
"""Which state may follow which. What was shared is not rewritten: a change is a new version."""

IN_FORCE = (PlanState.SHARED, PlanState.AGREED)
"""States of the version that counts: the person sees it, and actions are ticked on it."""


class Focus(StrEnum):
    """What a goal is about; health is none of these."""

    WORK = "work"
    FIND_WORK = "find_work"
    DUTCH = "dutch"
    LEARN = "learn"
    PRACTICAL = "practical"


class GoalState(StrEnum):
    """Worked on, reached, or let go."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


GOAL_TRANSITIONS: dict[GoalState, frozenset[GoalState]] = {
    GoalState.OPEN: frozenset({GoalState.REACHED, GoalState.DROPPED}),
    GoalState.REACHED: frozenset({GoalState.OPEN}),
    GoalState.DROPPED: frozenset({GoalState.OPEN}),
}
"""Which state may follow which: a goal can be taken up again."""


class ActionOwner(StrEnum):
    """Who does an action; `other` has a name."""

    PERSON = "person"
    COUNSELLOR = "counsellor"
    MENTOR = "mentor"
    OTHER = "other"


class CommentSide(StrEnum):
    """Who says something about a plan."""

    PERSON = "person"
    STAFF = "staff"
