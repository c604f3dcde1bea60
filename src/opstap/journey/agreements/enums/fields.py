"""Every field of an agreement: what it holds, and what it takes to change it once the agreement went out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from opstap.journey.agreements.enums.states import Party


class FieldClass(StrEnum):
    """What a change asks: nothing, telling everybody, or new signatures of those whom it binds."""

    COSMETIC = "cosmetic"
    NOTIFY = "notify"
    RESIGN = "resign"


class FieldKind(StrEnum):
    """What a field holds, as JSON: text, a day (ISO), a whole number, a mask of 14 half-days, a list of texts."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    HALF_DAYS = "half_days"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it holds, its class, and who signs again when it changes (`resign` only; parties who do not sign fall away)."""

    key: str
    kind: FieldKind
    field_class: FieldClass
    parties: frozenset[Party] = frozenset()


_ALL = frozenset(Party)
_PERSON_AND_HOST = frozenset({Party.PERSON, Party.HOST})
_PERSON_AND_PARTNER = frozenset({Party.PERSON, Party.PARTNER})

FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        Field("person_name", FieldKind.TEXT, FieldClass.COSMETIC),
        Field("person_address", FieldKind.TEXT, FieldClass.COSMETIC),
        Field("host_name", FieldKind.TEXT, FieldClass.COSMETIC),
        Field("host_number", FieldKind.TEXT, FieldClass.COSMETIC),
        Field("host_contact", FieldKind.TEXT, FieldClass.COSMETIC),
        Field("partner_name", FieldKind.TEXT, FieldClass.RESIGN, _ALL),
        Field("partner_contact", FieldKind.TEXT, FieldClass.NOTIFY),
        Field("job_title", FieldKind.TEXT, FieldClass.COSMETIC),
        Field("site", FieldKind.TEXT, FieldClass.RESIGN, _PERSON_AND_HOST),
        Field("first_day", FieldKind.TEXT, FieldClass.NOTIFY),
        Field("mentor_name", FieldKind.TEXT, FieldClass.NOTIFY),
        Field("starts_on", FieldKind.DAY, FieldClass.RESIGN, _ALL),
        Field("last_on", FieldKind.DAY, FieldClass.RESIGN, _ALL),
        Field("half_days", FieldKind.HALF_DAYS, FieldClass.RESIGN, _PERSON_AND_HOST),
        Field("hours_month", FieldKind.NUMBER, FieldClass.RESIGN, _ALL),
        Field("tasks", FieldKind.LINES, FieldClass.RESIGN, _ALL),
        Field("competences", FieldKind.LINES, FieldClass.RESIGN, _PERSON_AND_PARTNER),
        Field("host_insurance", FieldKind.TEXT, FieldClass.RESIGN, frozenset({Party.HOST})),
        Field("effective_on", FieldKind.DAY, FieldClass.RESIGN, _ALL),
    )
}
"""The fields in the order of the page. `effective_on` is the day from which an addendum counts; only addenda have it."""

OPTIONAL = frozenset({"person_address", "host_number", "host_contact", "partner_contact", "first_day", "host_insurance", "effective_on"})
"""Fields without which an agreement can go out."""
