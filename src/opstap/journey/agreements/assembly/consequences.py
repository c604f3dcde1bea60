"""Who signs what, and what a change asks: known before anybody confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opstap.journey.agreements.assembly.terms import parties_of
from opstap.journey.agreements.enums import FIELDS, AgreementKind, AgreementState, FieldClass, Party
from opstap.journey.agreements.models import Agreement


@dataclass(frozen=True, slots=True)
class Consequence:
    """What changing a field asks: its class, who signs again, who is told, and whether it is done by an addendum."""

    field: str
    field_class: FieldClass
    sign_again: tuple[Party, ...] = ()
    told: tuple[Party, ...] = ()
    by_addendum: bool = False


def who_signs(agreement: Agreement, changed: Sequence[str] = ()) -> tuple[Party, ...]:
    """Return the parties in order: all of the instrument for an agreement, those whom a change binds for an addendum."""
    parties = parties_of(agreement.placement.instrument, agreement.ruleset_version)
    if agreement.kind == AgreementKind.AGREEMENT:
        return parties
    bound = frozenset[Party]().union(*(FIELDS[key].parties for key in changed))
    return tuple(party for party in parties if party in bound)


def consequence_of(agreement: Agreement, field: str) -> Consequence:
    """Return what changing the field asks as the agreement stands now: shown before anybody confirms. Raises KeyError for no field."""
    row = FIELDS[field]
    parties = parties_of(agreement.placement.instrument, agreement.ruleset_version)
    if agreement.state == AgreementState.DRAFT:
        return Consequence(field, row.field_class)
    if row.field_class is FieldClass.COSMETIC:
        return Consequence(field, row.field_class)
    if row.field_class is FieldClass.NOTIFY:
        return Consequence(field, row.field_class, told=parties)
    bound = tuple(party for party in parties if party in row.parties)
    return Consequence(field, row.field_class, sign_again=bound, by_addendum=agreement.state == AgreementState.IN_FORCE)
