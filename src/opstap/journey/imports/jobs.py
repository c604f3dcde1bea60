"""Long lists read and applied in the background, a part at a time."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from procrastinate.contrib.django import app

from opstap.engine.shared import Reason, Refused
from opstap.foundation import clock
from opstap.foundation.access.queries import actor_for, user_by_id
from opstap.foundation.actor import Actor, Channel, system_actor
from opstap.journey.imports.models import Batch
from opstap.journey.imports.operations import apply_rows, fail_list, read_waiting_list
from opstap.journey.imports.operations.forgetting import forget_lists


@app.task(name="imports.read_list", queue="imports")
def read_list(batch_id: str, user_id: str) -> None:
    """Read a list in the name of who brought it in; started again it finds it read."""
    _in_the_name_of(user_id, batch_id, lambda batch, by: bool(read_waiting_list(batch=batch, by=by, at=clock.now())))


@app.task(name="imports.apply_list", queue="imports")
def apply_list(batch_id: str, user_id: str) -> None:
    """Apply a list in the name of who asked for it, each part in its own transaction; started again it goes on where it was."""

    def apply(batch: Batch, by: Actor) -> bool:
        while apply_rows(batch=batch, by=by, at=clock.now()):
            pass
        return True

    _in_the_name_of(user_id, batch_id, apply)


def _in_the_name_of(user_id: str, batch_id: str, work: Callable[[Batch, Actor], bool]) -> None:
    """Do the work on the list; whatever stops it is said on the page of the list, so that nobody waits for what will not come."""
    batch = Batch.objects.select_related("programme").get(pk=UUID(batch_id))
    user = user_by_id(UUID(user_id))
    if user is None:
        _fail(batch, Reason("imports.nobody_to_act_for"))
        return
    try:
        work(batch, actor_for(user, clock.today(), Channel.JOB))
    except Refused as refused:
        lost = refused.reason.code == "imports.may_not_import"
        _fail(batch, Reason("imports.nobody_to_act_for") if lost else refused.reason)
    except Exception:
        _fail(batch, Reason("imports.worker_stopped"))
        raise


def _fail(batch: Batch, reason: Reason) -> None:
    fail_list(batch=batch, reason=reason, by=system_actor("worker", Channel.JOB), at=clock.now())


@app.periodic(cron="30 3 * * *")
@app.task(name="imports.forget_lists", queue="clock")
def forget(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Remove the rows of lists that are over, once a night."""
    forget_lists(by=system_actor("worker"), at=clock.now())
