"""What every operation here does first and last: the agreement as it is now, locked; a state that may follow; an audit row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import lock_in_order, record
from opstap.foundation.outbox.operations import cancel_messages
from opstap.foundation.prepared import Prepared
from opstap.journey.agreements.enums import TRANSITIONS, AgreementState
from opstap.journey.agreements.models import Agreement
from opstap.journey.agreements.permissions import may_keep_agreement
from opstap.journey.placements.enums import PlacementState

RELATED = (
    "placement__referral__programme",
    "placement__referral__counsellor",
    "placement__referral__counselling_organisation",
    "placement__person",
    "placement__proposal",
    "placement__seat__place__organisation",
    "placement__seat__place__site",
    "placement__seat__place__mentor",
    "supersedes",
)


def locked(agreement: Agreement) -> Agreement:
    """Return the agreement as it is now; nobody else changes it, its placement or its seat before this transaction ends."""
    place_id = agreement.placement.seat.place_id
    person_id = agreement.placement.person_id
    lock_in_order(f"place:{place_id}", f"person:{person_id}", f"placement:{agreement.placement_id}")
    return _NOW(agreement=agreement)[0]


def _now(agreement: Agreement) -> QuerySet[Agreement]:
    return Agreement.objects.select_related(*RELATED).filter(pk=agreement.pk)


_NOW = Prepared(_now)


def kept(agreement: Agreement, by: Actor) -> Agreement:
    """Return the locked agreement for who keeps it; raises `Refused` for anybody else."""
    row = locked(agreement)
    if not may_keep_agreement(by, row.placement):
        raise Refused(Reason("agreements.may_not_keep"))
    return row


def move(row: Agreement, to: AgreementState) -> None:
    """Put the agreement in another state; raises `Refused` when that cannot follow."""
    if to not in TRANSITIONS[AgreementState(row.state)]:
        raise Refused(
            Reason("agreements.state_cannot_follow", {"from": f"agreements.state.{row.state}", "to": f"agreements.state.{to.value}"})
        )
    row.state = to.value


def must_stand(row: Agreement) -> None:
    """Raise `Refused` when the placement was called off or has ended: there is nothing left to sign."""
    if row.placement.state in {PlacementState.CANCELLED, PlacementState.ENDED}:
        raise Refused(Reason("agreements.placement_is_over"))


def stop_asking(row: Agreement, signature_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Cancel what has not left yet and asks for this very signature."""
    cancel_messages(subject_kind="agreement", subject_id=row.pk, link_subject=signature_id, reason=reason, by=by, at=at)


def note(row: Agreement, action: str, by: Actor, at: datetime, facts: Mapping[str, object] | None = None) -> None:
    """Write the audit row; facts hold codes and numbers, never what a field says."""
    person_id = row.placement.person_id
    told = {"number": row.number, **(facts or {})}
    record(by=by, at=at, action=action, subject_kind="agreement", subject_id=row.pk, person_id=person_id, facts=told)
