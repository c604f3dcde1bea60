"""How a message travels, how much it weighs, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class MessageChannel(StrEnum):
    """By which way a message reaches somebody."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"


class Weight(StrEnum):
    """How much a message matters: what somebody must know goes first and is never held back by the weekly cap."""

    MUST = "must"
    NEWS = "news"
    REMINDER = "reminder"


class MessageState(StrEnum):
    """Where a message stands; a letter waits for somebody at a printer, and is taken until it is posted.

    `HELD`: nobody can bring it, as the person left no e-mail, no mobile number and no address; staff help on.
    """

    QUEUED = "queued"
    HELD = "held"
    TAKEN = "taken"
    SENT = "sent"
    CANCELLED = "cancelled"
    FAILED = "failed"


NOT_GONE = (MessageState.QUEUED.value, MessageState.TAKEN.value, MessageState.HELD.value, MessageState.FAILED.value)
"""States of a message of which nothing has reached anybody yet."""


class Told(StrEnum):
    """How somebody told a message in person, when it could not be brought."""

    BY_PHONE = "by_phone"
    AT_DESK = "at_desk"


@dataclass(frozen=True, slots=True)
class Restraint:
    """How far the outbox holds itself back. Hours are local time; nothing but letters leaves at night or on a Sunday."""

    weekly_cap: int = 3
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    tries: int = 3


RESTRAINT = Restraint()
"""The product's own restraint (see docs/operations.md)."""
WIDEST = Restraint(quiet_from=time(22), quiet_until=time(7))
"""Outside these hours nothing leaves, whatever a programme has set."""
