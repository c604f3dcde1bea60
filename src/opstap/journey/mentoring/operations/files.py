"""What leaves as a file: the register of certificates, and the audit file of the package."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.mentoring.permissions import may_offer


@operation
def note_register(*, programme: Programme, rows: int, by: Actor, at: datetime) -> None:
    """Keep that the register of certificates left as a file. Raises `Refused` for who does not coordinate the programme."""
    if not may_offer(by, programme):
        raise Refused(Reason("mentoring.may_not_export"))
    record(by=by, at=at, action="export_certificates", subject_kind="programme", subject_id=programme.pk, facts={"rows": rows})


@operation
def note_package(*, programme: Programme, digest: str, places: int, by: Actor, at: datetime) -> None:
    """Keep that the audit file of the package left, and its SHA-256. Raises `Refused` for who does not coordinate the programme."""
    if not may_offer(by, programme):
        raise Refused(Reason("mentoring.may_not_export"))
    facts = {"digest": digest, "places": places}
    record(by=by, at=at, action="export_package", subject_kind="programme", subject_id=programme.pk, facts=facts)
