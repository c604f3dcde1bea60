"""States, parties, and the fields of an agreement with what a change of each of them asks."""

from opstap.journey.agreements.enums.fields import FIELDS, Field, FieldClass, FieldKind
from opstap.journey.agreements.enums.states import (
    TRANSITIONS,
    UNSETTLED,
    AgreementKind,
    AgreementState,
    Party,
    SignatureState,
    SignMethod,
)

__all__ = [
    "FIELDS",
    "TRANSITIONS",
    "UNSETTLED",
    "AgreementKind",
    "AgreementState",
    "Field",
    "FieldClass",
    "FieldKind",
    "Party",
    "SignMethod",
    "SignatureState",
]
