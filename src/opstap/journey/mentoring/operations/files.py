"""What leaves as a file: the register, a paper, and the audit file of the package, which is made in the background."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from uuid import UUID

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.fields import Retention, kept_since
from opstap.foundation.programmes.models import Programme
from opstap.journey.mentoring.models import AuditFile
from opstap.journey.mentoring.permissions import may_offer


@operation
def note_list(*, programme: Programme, rows: int, by: Actor, at: datetime) -> None:
    """Keep that the register of certificates left as a file. Raises `Refused` for who does not coordinate the programme."""
    if not may_offer(by, programme):
        raise Refused(Reason("mentoring.may_not_export"))
    record(by=by, at=at, action="export_certificates", subject_kind="programme", subject_id=programme.pk, facts={"rows": rows})


@operation
def ask_audit_file(*, programme: Programme, on: date, by: Actor, at: datetime) -> AuditFile:
    """Ask for the audit file of a programme's package as of a day. Raises `Refused` for who does not coordinate the programme."""
    if not may_offer(by, programme):
        raise Refused(Reason("mentoring.may_not_export"))
    row = AuditFile.objects.create(programme=programme, on=on, asked_by=by.label[:200], asked_at=at)
    record(by=by, at=at, action="ask_audit_file", subject_kind="audit_file", subject_id=row.pk)
    return row


@operation
def keep_audit_file(*, audit_file_id: UUID, content: bytes, by: Actor, at: datetime) -> str:
    """Keep an audit file as it was made; return its SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    AuditFile.objects.filter(pk=audit_file_id).update(content=content, digest=digest, made_at=at)
    record(by=by, at=at, action="make_audit_file", subject_kind="audit_file", subject_id=audit_file_id, facts={"bytes": len(content)})
    return digest


@operation
def take_audit_file(*, audit_file: AuditFile, by: Actor, at: datetime) -> bytes:
    """Return the content of an audit file that leaves. Raises `Refused` for who does not coordinate, and while it is not made."""
    if not may_offer(by, audit_file.programme):
        raise Refused(Reason("mentoring.may_not_export"))
    row = AuditFile.objects.get(pk=audit_file.pk)
    if row.content is None:
        raise Refused(Reason("mentoring.audit_file_not_made"))
    record(by=by, at=at, action="take_audit_file", subject_kind="audit_file", subject_id=row.pk, facts={"digest": row.digest})
    return bytes(row.content)


@operation
def fail_audit_file(*, audit_file_id: UUID, by: Actor, at: datetime) -> None:
    """Keep that an audit file could not be made, so that it can be asked for again."""
    AuditFile.objects.filter(pk=audit_file_id, made_at__isnull=True).update(failed_at=at)
    record(by=by, at=at, action="fail_audit_file", subject_kind="audit_file", subject_id=audit_file_id)


@operation
def forget_audit_files(*, by: Actor, at: datetime) -> int:
    """Remove audit files that were made so long ago that a new one says more; return how many."""
    removed, _ = AuditFile.objects.filter(asked_at__lt=kept_since(Retention.LIST, at)).delete()
    record(by=by, at=at, action="forget_audit_files", subject_kind="audit_files", subject_id="", facts={"removed": removed})
    return removed
