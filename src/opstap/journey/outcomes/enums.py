"""The moments at which is asked how it goes, what can be the answer, and where a relay stands."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

ACCESS_MONTHS = (3, 6, 12)
"""For how many months a recipient can be given access to the file, from the day on which they accept."""
LINK_DAYS = timedelta(days=60)
"""How long the link in a relay works."""
RELAY_LINES = 6
"""At most so many lines in each part of a relay: it stays one page."""


class OutcomeMoment(StrEnum):
    """When is asked how it goes: at the end of a placement, and 3, 6 and 12 months after it."""

    EXIT = "exit"
    M3 = "m3"
    M6 = "m6"
    M12 = "m12"


MONTHS: dict[OutcomeMoment, int] = {OutcomeMoment.EXIT: 0, OutcomeMoment.M3: 3, OutcomeMoment.M6: 6, OutcomeMoment.M12: 12}
"""How many months after the end of a placement a moment is due."""


class OutcomeKind(StrEnum):
    """What somebody does at that moment."""

    WORK_REGULAR = "work_regular"
    WORK_SOCIAL_ECONOMY = "work_social_economy"
    TRAINING = "training"
    SEARCHING = "searching"
    INACTIVE = "inactive"
    UNKNOWN = "unknown"


WORKS = (OutcomeKind.WORK_REGULAR, OutcomeKind.WORK_SOCIAL_ECONOMY)
"""What counts as work in a report."""


class OutcomeSource(StrEnum):
    """Where an outcome comes from."""

    PERSON = "person"
    COUNSELLOR = "counsellor"
    EMPLOYER = "employer"
    PARTNER = "partner"
    ENDING = "ending"


class RelayState(StrEnum):
    """Where a relay stands: being written, with its recipient, taken on, sent back, past its day, or taken back."""

    DRAFT = "draft"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ESCALATED = "escalated"
    WITHDRAWN = "withdrawn"


RELAY_TRANSITIONS: dict[RelayState, frozenset[RelayState]] = {
    RelayState.DRAFT: frozenset({RelayState.OFFERED, RelayState.WITHDRAWN}),
    RelayState.OFFERED: frozenset({RelayState.ACCEPTED, RelayState.DECLINED, RelayState.ESCALATED, RelayState.WITHDRAWN}),
    RelayState.ESCALATED: frozenset({RelayState.ACCEPTED, RelayState.DECLINED, RelayState.OFFERED, RelayState.WITHDRAWN}),
    RelayState.DECLINED: frozenset({RelayState.OFFERED, RelayState.WITHDRAWN}),
    RelayState.ACCEPTED: frozenset(),
    RelayState.WITHDRAWN: frozenset(),
}
"""Which state may follow which; who sent it back or let the day pass can be followed by another recipient."""

ANSWERABLE = (RelayState.OFFERED, RelayState.ESCALATED)
"""States in which the recipient can still answer."""
NOT_TAKEN_ON = (RelayState.DECLINED, RelayState.ESCALATED)
"""States in which somebody above must see to it that a person is not left alone."""


class Barrier(StrEnum):
    """What still stands in the way of work; health and benefits are none of these, and never stand in a relay."""

    DUTCH = "dutch"
    TRAVEL = "travel"
    CHILDCARE = "childcare"
    LICENCE = "licence"
    DIGITAL = "digital"
    HOURS = "hours"
    EXPERIENCE = "experience"
    CONFIDENCE = "confidence"
    HOUSING = "housing"
    PAPERS = "papers"
