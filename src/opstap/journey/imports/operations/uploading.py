"""A list comes in: read, settled, kept row by row, nothing applied yet."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import PurePath

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.imports.assembly.places import settle_places
from opstap.journey.imports.assembly.reading import read_list
from opstap.journey.imports.assembly.settling import settle_people
from opstap.journey.imports.enums import BatchStatus, ListKind
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.operations.applying import READY, finish_list
from opstap.journey.imports.permissions import may_import

_BATCH = 1000


@operation
def upload_list(*, programme: Programme, kind: ListKind, data: bytes, filename: str, as_of: date, by: Actor, at: datetime) -> Batch:
    """Return the list as a preview: every row with its own truth, nothing applied.

    Raises `Refused` for who may not import, a list of a day to come, and a file that cannot be read (the reason says what to do).
    """
    if not may_import(by, programme.pk):
        raise Refused(Reason("imports.may_not_import"))
    if as_of > localdate(at):
        raise Refused(Reason("imports.as_of_in_future", {"as_of": as_of.isoformat()}))
    batch = Batch(
        programme=programme,
        kind=kind.value,
        filename=PurePath(filename).name[:200],
        digest=hashlib.sha256(data).hexdigest(),
        as_of=as_of,
        status=BatchStatus.PREVIEW.value,
        uploaded_by=User.objects.filter(pk=by.user_id).first() if by.user_id else None,
        uploaded_by_label=by.label,
        uploaded_at=at,
    )
    read = read_list(data, filename, batch)
    settle = settle_people if kind is ListKind.PEOPLE else settle_places
    settle(read.rows, batch, whole_list=True)
    batch.notes = read.notes
    batch.save()
    Row.objects.bulk_create(read.rows, batch_size=_BATCH)
    if not any(row.status in READY for row in read.rows):
        finish_list(batch, at)
    facts = {"kind": kind.value, "rows": len(read.rows)}
    record(by=by, at=at, action="upload_list", subject_kind="batch", subject_id=batch.pk, facts=facts)
    return batch
