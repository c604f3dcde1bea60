"""One click makes an agreement: every field is filled in from what is known."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, operation, record
from opstap.foundation.prepared import Prepared
from opstap.journey.agreements.assembly import drafted_fields, terms_on
from opstap.journey.agreements.enums import AgreementKind, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.operations.steps import note
from opstap.journey.agreements.permissions import may_keep_agreement, may_read_agreement, may_sign
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement

_RELATED = (
    "referral__counsellor",
    "referral__counselling_organisation",
    "person",
    "seat__place__organisation",
    "seat__place__site",
    "seat__place__mentor",
)


@operation
def make_agreement(*, placement: Placement, by: Actor, at: datetime) -> Agreement:
    """Return the placement's agreement, drafted now from what is known when there was none.

    Raises `Refused` for who may not, and for a placement that is called off or over.
    """
    lock_in_order(f"placement:{placement.pk}")
    (row,) = _NOW(placement=placement)
    if not may_keep_agreement(by, row):
        raise Refused(Reason("agreements.may_not_keep"))
    if row.state not in {PlacementState.TO_BE_AGREED, PlacementState.RUNNING}:
        raise Refused(Reason("agreements.placement_is_over"))
    existing = Agreement.objects.filter(placement=row, kind=AgreementKind.AGREEMENT).exclude(state=AgreementState.WITHDRAWN).first()
    if existing is not None:
        note(existing, "find_agreement", by, at)
        return existing
    agreement = Agreement.objects.create(
        placement=row,
        number=_next_number(localdate(at)),
        kind=AgreementKind.AGREEMENT,
        state=AgreementState.DRAFT,
        ruleset_version=terms_on(row.period.lower).version,
        fields=drafted_fields(row),
        created_by=by.label[:200],
        created_at=at,
    )
    note(agreement, "make_agreement", by, at)
    return agreement


def _now(placement: Placement) -> QuerySet[Placement]:
    return Placement.objects.select_related(*_RELATED).filter(pk=placement.pk)


_NOW = Prepared(_now)


def _next_number(on: date) -> str:
    """Return the next number of the year: "2023-0001"."""
    lock_in_order(f"agreement_number:{on.year}")
    last = Agreement.objects.filter(kind=AgreementKind.AGREEMENT, number__startswith=f"{on.year}-").order_by("-number").first()
    return f"{on.year}-{int(last.number.split('-')[1]) + 1 if last else 1:04d}"


@operation
def read_agreement(*, agreement: Agreement, by: Actor, at: datetime) -> Agreement:
    """Record that the actor reads this agreement; raises `Refused` for who is no party to it and does not keep it."""
    is_signatory = any(may_sign(by, signature) for signature in agreement.signatures.all())
    if not is_signatory and not may_read_agreement(by, agreement):
        raise Refused(Reason("agreements.may_not_keep"))
    record(
        by=by,
        at=at,
        action="read_agreement",
        subject_kind="agreement",
        subject_id=agreement.pk,
        person_id=agreement.placement.person_id,
    )
    return agreement
