"""Changing a field: a typo asks nothing, a mentor tells everybody, other hours ask new signatures of those whom they bind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation
from opstap.journey.agreements.assembly import Consequence, clean_value, consequence_of, problems, who_signs
from opstap.journey.agreements.enums import FIELDS, UNSETTLED, AgreementKind, AgreementState, FieldClass, Party, SignatureState
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.operations.printing import keep_document
from opstap.journey.agreements.operations.sending import ask, keep_terms, tell
from opstap.journey.agreements.operations.steps import RELATED, kept, must_stand, note, stop_asking
from opstap.journey.agreements.queries import terms_in_force

_OPEN = frozenset({AgreementState.DRAFT, AgreementState.OUT_FOR_SIGNATURE, AgreementState.SIGNED, AgreementState.IN_FORCE})
_HELD = frozenset({"starts_on", "last_on", "half_days", "hours_month"})
"""Fields by which the placement holds its seat and half-days."""


@operation
def change_field(*, agreement: Agreement, field: str, value: Any, by: Actor, at: datetime) -> Consequence:  # noqa: ANN401 - any JSON value
    """Change one field and do what that asks (see `queries.consequence_of`); return what was done.

    What was signed before stays kept. Raises `Refused` for who may not, for a value that cannot be, beyond a limit, when seat or half-days
    are taken then, for an agreement that is over, and for a change that needs an addendum.
    """
    row = kept(agreement, by)
    must_stand(row)
    if AgreementState(row.state) not in _OPEN:
        raise Refused(Reason("agreements.is_over"))
    cleaned = clean_value(field, value)
    consequence = consequence_of(row, field)
    if consequence.by_addendum:
        raise Refused(Reason("agreements.needs_addendum", {"field": f"agreements.field.{field}"}))
    if field == "starts_on" and row.kind == AgreementKind.ADDENDUM:
        raise Refused(Reason("agreements.start_is_past"))
    if cleaned == row.fields.get(field):
        note(row, "change_field", by, at, {"field": field, "changed": False})
        return Consequence(field, FieldClass.COSMETIC)
    before = row.fields.get(field)
    row.fields = {**row.fields, field: cleaned}
    if row.kind == AgreementKind.ADDENDUM and row.state in UNSETTLED:
        row.changed = _changed(row)
    row.save(update_fields=["fields", "changed"])
    if row.state != AgreementState.DRAFT:
        _carry_out(row, consequence, by, at)
    if consequence.field_class is not FieldClass.RESIGN:
        _repeat(row, field, before, at)
    note(row, "change_field", by, at, {"field": field, "class": consequence.field_class.value})
    return consequence


def _repeat(row: Agreement, field: str, before: Any, at: datetime) -> None:  # noqa: ANN401 - any JSON value
    """Put the same right in the rest of the family: what counts now and what still is to be signed say it as this one does.

    One that says something else on purpose, or that ended, keeps its own; what was printed before stays kept as it was.
    """
    base_id = row.supersedes_id or row.pk
    family = Agreement.objects.filter(Q(pk=base_id) | Q(supersedes_id=base_id), state__in=_OPEN).exclude(pk=row.pk)
    for other in family.select_related(*RELATED):
        if other.fields.get(field) != before:
            continue
        other.fields = {**other.fields, field: row.fields[field]}
        if other.state != AgreementState.DRAFT:
            keep_document(other, at)
        other.save(update_fields=["fields", "digest"])


def _changed(row: Agreement) -> list[str]:
    """Return the keys in which an addendum differs from what it changes, in the order of the page."""
    before = terms_in_force(row).fields
    return [key for key in FIELDS if key != "effective_on" and row.fields.get(key) != before.get(key)]


def _carry_out(row: Agreement, consequence: Consequence, by: Actor, at: datetime) -> None:
    """Print the changed text as a next version, and tell or ask those whom the change concerns."""
    if found := problems(row.fields, row.placement):
        raise Refused(found[0])
    if consequence.field in _HELD and row.kind == AgreementKind.AGREEMENT:
        keep_terms(row, by, at)
    keep_document(row, at)
    row.save(update_fields=["digest"])
    if consequence.sign_again:
        _ask_anew(row, consequence.sign_again, by, at)
    if consequence.told:
        tell(row, consequence.told, consequence.field, by, at)


def _ask_anew(row: Agreement, parties: tuple[Party, ...], by: Actor, at: datetime) -> None:
    """Ask these parties to sign again; who refused is asked too, since what they refused has changed. Other signatures stand."""
    live = row.signatures.exclude(state=SignatureState.VOID)
    refused = {Party(signature.party) for signature in live.filter(state=SignatureState.REFUSED)}
    anew = [party for party in who_signs(row, row.changed) if party in refused | set(parties)]
    for signature_id in live.filter(party__in=anew).values_list("pk", flat=True):
        stop_asking(row, signature_id, "asked_anew", by, at)
    live.filter(party__in=anew).update(state=SignatureState.VOID)
    row.state, row.signed_at = AgreementState.OUT_FOR_SIGNATURE.value, None
    row.save(update_fields=["state", "signed_at"])
    ask(row, anew, by, at)
