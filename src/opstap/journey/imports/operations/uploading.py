"""A list comes in: read, settled, kept row by row, nothing applied yet. A long list is read by a worker."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from datetime import date, datetime
from pathlib import PurePath

from django.utils.timezone import localdate
from procrastinate.contrib.django import app as jobs

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.imports.assembly.places import settle_places
from opstap.journey.imports.assembly.reading import read_list
from opstap.journey.imports.assembly.settling import settle_people
from opstap.journey.imports.enums import BatchStatus, ListKind
from opstap.journey.imports.models import Batch, Row, WaitingFile
from opstap.journey.imports.operations.applying import READY, finish_list
from opstap.journey.imports.permissions import may_import

READ_LIST = "imports.read_list"
_BATCH = 1000


@operation
def upload_list(*, programme: Programme, kind: ListKind, data: bytes, filename: str, as_of: date, by: Actor, at: datetime) -> Batch:
    """Return the list as a preview: every row with its own truth, nothing applied.

    Raises `Refused` for who may not import, a list of a day to come, and a file that cannot be read (the reason says what to do).
    """
    batch = _new_batch(programme, kind, as_of, by, at)
    _name(batch, data, filename)
    _read(batch, data, at)
    facts = {"kind": kind.value, "rows": batch.rows.count()}
    record(by=by, at=at, action="upload_list", subject_kind="batch", subject_id=batch.pk, facts=facts)
    return batch


@operation
def receive_list(*, programme: Programme, kind: ListKind, data: bytes, filename: str, as_of: date, by: Actor, at: datetime) -> Batch:
    """Keep the file of a long list, sealed, and let a worker read it; the same file that still waits is not taken in twice.

    Raises `Refused` for who may not import and for a list of a day to come; what is wrong with the file shows on the page of the list.
    """
    if by.user_id is None:
        raise Refused(Reason("imports.may_not_import"))
    batch = _new_batch(programme, kind, as_of, by, at)
    _name(batch, data, filename)
    same = Batch.objects.filter(programme=programme, kind=batch.kind, digest=batch.digest, as_of=as_of, status=BatchStatus.READING.value)
    waiting = same.first()
    if waiting is None:
        waiting = batch
        batch.status = BatchStatus.READING.value
        batch.save()
        WaitingFile.objects.create(batch=batch, content=b64encode(data).decode())
        jobs.configure_task(READ_LIST, queue="imports").defer(batch_id=str(batch.pk), user_id=str(by.user_id))
    record(by=by, at=at, action="receive_list", subject_kind="batch", subject_id=waiting.pk, facts={"kind": kind.value, "bytes": len(data)})
    return waiting


@operation
def read_waiting_list(*, batch: Batch, by: Actor, at: datetime) -> Batch:
    """Read and settle a list that waits, and forget its file; a list that was read meanwhile stays as it is.

    Raises `Refused` as `upload_list` does; then nothing is kept of it but the list itself, which `fail_list` ends.
    """
    held = Batch.objects.select_for_update(of=("self",)).select_related("programme").get(pk=batch.pk)
    if not may_import(by, held.programme_id):
        raise Refused(Reason("imports.may_not_import"))
    if held.status == BatchStatus.READING:
        file = WaitingFile.objects.get(batch=held)
        _read(held, b64decode(file.content), at)
        file.delete()
    record(
        by=by, at=at, action="upload_list", subject_kind="batch", subject_id=held.pk, facts={"kind": held.kind, "rows": held.rows.count()}
    )
    return held


@operation
def fail_list(*, batch: Batch, reason: Reason, by: Actor, at: datetime) -> Batch:
    """Say on the page of a list why a worker stopped: one that waited to be read is over, one that was being applied keeps its rows."""
    held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.status == BatchStatus.READING:
        held.status = BatchStatus.FAILED.value
        WaitingFile.objects.filter(batch=held).delete()
    held.notes = {name: note for name, note in held.notes.items() if name != "queued"} | {"failure": reason.as_json()}
    held.save(update_fields=["status", "notes"])
    record(by=by, at=at, action="fail_list", subject_kind="batch", subject_id=held.pk, facts={"reason": reason.code})
    return held


def _new_batch(programme: Programme, kind: ListKind, as_of: date, by: Actor, at: datetime) -> Batch:
    if not may_import(by, programme.pk):
        raise Refused(Reason("imports.may_not_import"))
    if as_of > localdate(at):
        raise Refused(Reason("imports.as_of_in_future", {"as_of": as_of.isoformat()}))
    return Batch(
        programme=programme,
        kind=kind.value,
        as_of=as_of,
        status=BatchStatus.PREVIEW.value,
        uploaded_by=User.objects.filter(pk=by.user_id).first() if by.user_id else None,
        uploaded_by_label=by.label,
        uploaded_at=at,
    )


def _name(batch: Batch, data: bytes, filename: str) -> None:
    """Put on the batch what its file is called, and by what it is known again."""
    batch.filename, batch.digest = PurePath(filename).name[:200], hashlib.sha256(data).hexdigest()


def _read(batch: Batch, data: bytes, at: datetime) -> None:
    """Read and settle the rows of the batch and save both."""
    read = read_list(data, batch.filename, batch)
    settle = settle_people if batch.kind == ListKind.PEOPLE else settle_places
    settle(read.rows, batch, whole_list=True)
    batch.notes, batch.status = read.notes, BatchStatus.PREVIEW.value
    batch.save()
    Row.objects.bulk_create(read.rows, batch_size=_BATCH)
    if not any(row.status in READY for row in read.rows):
        finish_list(batch, at)
