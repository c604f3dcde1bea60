"""The stages of the spine, the causes of waiting, and how far an assignment reaches."""

from enum import StrEnum


class Stage(StrEnum):
    """Where somebody stands between referral and lasting work."""

    OPEN = "open"
    FACTS_MISSING = "facts_missing"
    NOT_ELIGIBLE = "not_eligible"
    ELIGIBLE = "eligible"
    PROPOSED = "proposed"
    TO_BE_AGREED = "to_be_agreed"
    PLACED = "placed"
    CLOSED = "closed"


TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    Stage.OPEN: frozenset({Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE, Stage.ELIGIBLE, Stage.CLOSED}),
    Stage.FACTS_MISSING: frozenset({Stage.NOT_ELIGIBLE, Stage.ELIGIBLE, Stage.OPEN, Stage.CLOSED}),
    Stage.NOT_ELIGIBLE: frozenset({Stage.FACTS_MISSING, Stage.ELIGIBLE, Stage.OPEN, Stage.CLOSED}),
    Stage.ELIGIBLE: frozenset({Stage.PROPOSED, Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE, Stage.OPEN, Stage.CLOSED}),
    Stage.PROPOSED: frozenset({Stage.TO_BE_AGREED, Stage.ELIGIBLE, Stage.FACTS_MISSING, Stage.NOT_ELIGIBLE}),
    Stage.TO_BE_AGREED: frozenset({Stage.PLACED, Stage.ELIGIBLE}),
    Stage.PLACED: frozenset({Stage.ELIGIBLE, Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.OPEN}),
}
"""Which stage may follow which; staying in the same stage is not a move.

Nobody is closed out of a proposal or an agreed start: that ends first, so that the seat is free.
"""


class ClosingReason(StrEnum):
    """Why somebody's way through a programme stops."""

    FOUND_WORK = "found_work"
    STARTED_TRAINING = "started_training"
    OTHER_SUPPORT = "other_support"
    MOVED_AWAY = "moved_away"
    PERSON_STOPS = "person_stops"
    NO_CONTACT = "no_contact"
    DECEASED = "deceased"
    MISTAKE = "mistake"


class WaitingCause(StrEnum):
    """Why somebody waits where they are; derived from events, never typed."""

    NOT_YET_DECIDED = "not_yet_decided"
    FACT_ASKED = "fact_asked"
    CONDITION_NOT_MET = "condition_not_met"
    NO_ROUND_YET = "no_round_yet"
    PROPOSAL_TO_SEND = "proposal_to_send"
    NO_FITTING_PLACE = "no_fitting_place"
    PLACE_TAKEN_BY_OTHERS = "place_taken_by_others"
    PERSON_ANSWER = "person_answer"
    HOST_ANSWER = "host_answer"
    PERSON_WANTS_CALL = "person_wants_call"
    AGREEMENT = "agreement"
    NONE = "none"


class Scope(StrEnum):
    """How far an assignment reaches: like the counsellor, plan and agreement only, or hours only."""

    FULL = "full"
    PLAN = "plan"
    ATTENDANCE = "attendance"
