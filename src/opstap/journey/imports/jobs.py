"""Long lists applied in the background, a part at a time."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.access.queries import actor_for, user_by_id
from opstap.foundation.actor import Channel
from opstap.journey.imports.models import Batch
from opstap.journey.imports.operations import apply_rows


@app.task(name="imports.apply_list", queue="imports")
def apply_list(batch_id: str, user_id: str) -> None:
    """Apply a list in the name of who asked for it, each part in its own transaction; started again it goes on where it was."""
    user = user_by_id(UUID(user_id))
    if user is None:
        return
    batch = Batch.objects.select_related("programme").get(pk=UUID(batch_id))
    by = actor_for(user, clock.today(), Channel.JOB)
    while apply_rows(batch=batch, by=by, at=clock.now()):
        pass
