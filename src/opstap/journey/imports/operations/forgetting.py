"""Lists that are over: the rows, a copy of what the case files hold, are removed; who brought the list in and when stays."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Coalesce

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, ActorKind
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.fields import Retention, kept_since
from opstap.journey.imports.models import Batch, Row, WaitingFile


@operation
def forget_lists(*, by: Actor, at: datetime) -> int:
    """Remove the rows and unread files of lists applied, or else brought in, before the term of lists; return how many rows.

    What a list says of itself (`notes`) keeps its counts and loses the texts of rows that were left out. Raises `Refused` for anybody
    but the product itself.
    """
    if by.kind is not ActorKind.SYSTEM:
        raise Refused(Reason("access.only_the_product_forgets"))
    over = Batch.objects.annotate(over_at=Coalesce(F("applied_at"), F("uploaded_at"))).filter(over_at__lt=kept_since(Retention.LIST, at))
    rows = Row.objects.filter(batch__in=over)
    rows.filter(leader__isnull=False).update(leader=None)
    removed, _ = rows.delete()
    files, _ = WaitingFile.objects.filter(batch__in=over).delete()
    for batch in over.filter(notes__has_key="skipped"):
        batch.notes.pop("skipped")
        batch.save(update_fields=["notes"])
    record(by=by, at=at, action="forget_lists", subject_kind="list", subject_id="", facts={"rows": removed, "files": files})
    return removed
