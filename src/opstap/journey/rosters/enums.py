"""Where a roster stands, what it was made for, and what a planner does to it."""

from __future__ import annotations

from enum import StrEnum


class RosterState(StrEnum):
    """A roster waits, is being solved, can be changed, is told to everybody, made way for a later one, or could not be made."""

    DRAFT = "draft"
    SOLVING = "solving"
    READY = "ready"
    PUBLISHED = "published"
    REPLACED = "replaced"
    FAILED = "failed"


UNDER_WAY = (RosterState.DRAFT.value, RosterState.SOLVING.value)
"""States in which a worker still has to answer."""

FIXED = (RosterState.PUBLISHED.value, RosterState.REPLACED.value)
"""States in which nothing of a roster changes any more."""


class RosterKind(StrEnum):
    """Why a draft was made: new, changed as little as possible after something happened, a copy to change by hand, or only to look."""

    NEW = "new"
    REPAIR = "repair"
    COPY = "copy"
    WHAT_IF = "what_if"


class SupposedKind(StrEnum):
    """What a planner supposes beside today: somebody new joins; a worker leaves, or is away; a site is closed, or asks more."""

    JOINS = "joins"
    LEAVES = "leaves"
    AWAY = "away"
    CLOSED = "closed"
    MORE = "more"


class PresenceState(StrEnum):
    """How a day of a worker went: there, there but late, not there and said so, not there."""

    HERE = "here"
    LATE = "late"
    EXCUSED = "excused"
    ABSENT = "absent"


CAME = (PresenceState.HERE, PresenceState.LATE)
"""States of who worked that day."""


class Verdict(StrEnum):
    """What somebody else said of a correction of a day; who proposed it can take it back."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ChangeKind(StrEnum):
    """What a planner does to one shift."""

    MOVE = "move"
    ADD = "add"
    REMOVE = "remove"
    PIN = "pin"
    UNPIN = "unpin"
