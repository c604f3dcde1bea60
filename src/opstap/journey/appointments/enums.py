"""Kinds and states of appointments, and which state may follow which."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class InvitationKind(StrEnum):
    """What somebody is invited to."""

    FIRST_TALK = "first_talk"
    VISIT = "visit"
    CHECK_IN = "check_in"


class InvitationState(StrEnum):
    """Where an invitation stands; a slot is used by one that is booked, seen or missed."""

    OFFERED = "offered"
    BOOKED = "booked"
    SEEN = "seen"
    NO_SHOW = "no_show"
    EXCUSED = "excused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


TRANSITIONS: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.OFFERED: frozenset({InvitationState.BOOKED, InvitationState.EXPIRED, InvitationState.CANCELLED}),
    InvitationState.BOOKED: frozenset(
        {InvitationState.SEEN, InvitationState.NO_SHOW, InvitationState.EXCUSED, InvitationState.OFFERED, InvitationState.CANCELLED}
    ),
    InvitationState.EXPIRED: frozenset({InvitationState.BOOKED, InvitationState.OFFERED, InvitationState.CANCELLED}),
    InvitationState.NO_SHOW: frozenset(),
    InvitationState.EXCUSED: frozenset(),
    InvitationState.SEEN: frozenset(),
    InvitationState.CANCELLED: frozenset(),
}
"""Which state may follow which. A cancelled booking goes back to offered: another slot is chosen, nobody starts again.
A moment that was missed stays as it was: who is invited again gets an invitation of its own."""

USES_A_SLOT = (InvitationState.BOOKED, InvitationState.SEEN, InvitationState.NO_SHOW)
"""States in which nobody else can have the slot."""

OUTCOMES = (InvitationState.SEEN, InvitationState.NO_SHOW, InvitationState.EXCUSED)
"""What can have come of an appointment."""

REMIND_AFTER = timedelta(days=3)
"""A person who did not choose yet is reminded once, this long after the invitation."""
EXPIRES_AFTER = timedelta(days=7)
"""After this an invitation without a choice becomes a call on somebody's list."""
LOOKS_AHEAD = timedelta(days=14)
"""How far ahead the nightly check counts free slots."""


class TrialState(StrEnum):
    """Where a trial day stands."""

    PLANNED = "planned"
    DONE = "done"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Side(StrEnum):
    """Who says what they think of the trial day."""

    PERSON = "person"
    HOST = "host"


class Verdict(StrEnum):
    """What somebody thinks after a trial day."""

    YES = "yes"
    NO = "no"
    MORE_DAYS = "more_days"
