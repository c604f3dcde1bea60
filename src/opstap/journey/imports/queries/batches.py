"""Lists within reach and their rows, counted and filtered."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor, ActorKind, Role
from opstap.journey.imports.enums import BatchStatus, RowStatus
from opstap.journey.imports.models import Batch, Row

TO_LOOK_AT = "to_look_at"
"""A filter beside the statuses: rows with a cell that could not be used, or with something to know."""


def visible_batches(actor: Actor) -> QuerySet[Batch]:
    """Return the lists of the programmes that the actor coordinates, newest first."""
    batches = Batch.objects.select_related("programme")
    return batches if actor.kind is ActorKind.SYSTEM else batches.filter(programme_id__in=actor.programme_ids(Role.COORDINATOR))


def batch_for(actor: Actor, batch_id: UUID) -> Batch | None:
    """Return one visible list, or None: denied and absent look the same."""
    return visible_batches(actor).filter(pk=batch_id).first()


def rows_of(actor: Actor, batch: Batch, shown: str = "") -> QuerySet[Row]:
    """Return the rows of a visible list in its order; `shown` is a status, TO_LOOK_AT, or "" for all."""
    rows = Row.objects.filter(batch__in=visible_batches(actor).filter(pk=batch.pk)).order_by("kind", "sheet", "number")
    if shown == TO_LOOK_AT:
        return rows.filter(problems__isnull=False)
    return rows.filter(status=shown) if shown in set(RowStatus) else rows


def row_for(actor: Actor, row_id: UUID) -> Row | None:
    """Return one row of a visible list with the list, or None."""
    visible = visible_batches(actor).values("pk")
    return Row.objects.filter(pk=row_id, batch__in=visible).select_related("batch__programme", "leader").first()


def batch_counts(actor: Actor, batch: Batch) -> dict[str, int]:
    """Return the number of rows per status, and of those to look at."""
    rows = rows_of(actor, batch)
    counts = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    looked = rows.aggregate(count=Count("pk", filter=Q(problems__isnull=False)))["count"]
    return counts | ({TO_LOOK_AT: looked} if looked else {})


def is_being_read(batch: Batch) -> bool:
    """Tell whether a worker still has to read the list."""
    return batch.status == BatchStatus.READING.value


def failure_of(batch: Batch) -> Reason | None:
    """Return why a worker stopped with this list, None when none did."""
    failure = batch.notes.get("failure")
    return Reason.from_json(failure) if failure else None


def queued_progress(actor: Actor, batch: Batch) -> tuple[int, int] | None:
    """Return how many of the queued rows are done, and how many were queued; None when no worker is on this list."""
    queued = batch.notes.get("queued")
    if queued is None:
        return None
    left = rows_of(actor, batch).filter(status__in=[RowStatus.READY_NEW.value, RowStatus.READY_UPDATE.value]).count()
    return max(queued - left, 0), queued
