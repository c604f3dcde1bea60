"""Where a round and a proposal stand, and what people ask of a round."""

from enum import StrEnum


class RoundStatus(StrEnum):
    """A round is computed in the background, then read and decided on."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ProposalState(StrEnum):
    """A proposal is the machine's (draft) until a person sends it; both answer; the first two yeses make a placement."""

    DRAFT = "draft"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    SEAT_TAKEN = "seat_taken"
    SET_ASIDE = "set_aside"
    REPLACED = "replaced"


class Answer(StrEnum):
    """What a party says to a proposal."""

    NONE = ""
    YES = "yes"
    NO = "no"
    CALL_ME = "call_me"


class DirectiveKind(StrEnum):
    """What people ask of a round: all are hard but interest, which is a wish."""

    PIN = "pin"
    FORBID = "forbid"
    VETO = "veto"
    HOST_REFUSAL = "host_refusal"
    INTEREST = "interest"


class LetterChannel(StrEnum):
    """How a proposal is told: to the person by e-mail or on paper, to the host by e-mail; and how it ended, by the same ways."""

    EMAIL = "email"
    PAPER = "paper"
    HOST_EMAIL = "host_email"
    NEWS = "news"
    HOST_NEWS = "host_news"
    PAPER_NEWS = "paper_news"
