"""The list or the row that an address names: what is out of reach does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from opstap.journey.imports.queries.batches import batch_for, row_for

if TYPE_CHECKING:
    from opstap.foundation.actor import Actor
    from opstap.journey.imports.models import Batch, Row


def found_batch(actor: Actor, batch_id: UUID) -> Batch:
    """Return the list; raises Http404 when the actor does not reach one with this id."""
    found = batch_for(actor, batch_id)
    if found is None:
        raise Http404
    return found


def found_row(actor: Actor, row_id: UUID) -> Row:
    """Return the row; raises Http404 when the actor does not reach one with this id."""
    found = row_for(actor, row_id)
    if found is None:
        raise Http404
    return found
