"""Kinds, states and parties of an agreement, and which state may follow which."""

from enum import StrEnum


class AgreementKind(StrEnum):
    """The agreement itself, or what changes it after the start."""

    AGREEMENT = "agreement"
    ADDENDUM = "addendum"


class AgreementState(StrEnum):
    """From a draft to the end; `withdrawn` is a draft or an unsigned agreement that was taken back."""

    DRAFT = "draft"
    OUT_FOR_SIGNATURE = "out_for_signature"
    SIGNED = "signed"
    IN_FORCE = "in_force"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


TRANSITIONS: dict[AgreementState, frozenset[AgreementState]] = {
    AgreementState.DRAFT: frozenset({AgreementState.OUT_FOR_SIGNATURE, AgreementState.WITHDRAWN}),
    AgreementState.OUT_FOR_SIGNATURE: frozenset({AgreementState.SIGNED, AgreementState.WITHDRAWN}),
    AgreementState.SIGNED: frozenset({AgreementState.IN_FORCE, AgreementState.OUT_FOR_SIGNATURE, AgreementState.WITHDRAWN}),
    AgreementState.IN_FORCE: frozenset({AgreementState.ENDED}),
    AgreementState.ENDED: frozenset(),
    AgreementState.WITHDRAWN: frozenset(),
}
"""Which state may follow which; a signed agreement goes out again when a change asks for a new signature."""

UNSETTLED = frozenset({AgreementState.DRAFT, AgreementState.OUT_FOR_SIGNATURE, AgreementState.SIGNED})
"""States in which somebody still has something to do before the agreement counts."""


class Party(StrEnum):
    """Who signs: the job seeker, the host, the mediation service's partner who follows the person, the mentor."""

    PERSON = "person"
    HOST = "host"
    PARTNER = "partner"
    MENTOR = "mentor"


class SignatureState(StrEnum):
    """A signature is asked, given, refused, or void because what was signed has changed."""

    WAITING = "waiting"
    SIGNED = "signed"
    REFUSED = "refused"
    VOID = "void"


class SignMethod(StrEnum):
    """How somebody signed: by the own link, logged in, or on paper at the desk."""

    LINK = "link"
    ACCOUNT = "account"
    PAPER = "paper"
