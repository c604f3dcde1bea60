"""Work in the background: forgetting links, codes and sessions that ended."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.access.operations import forget_ended
from opstap.foundation.actor import system_actor


@app.periodic(cron="25 3 * * *")
@app.task(name="access.forget_ended", queue="clock")
def forget(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Forget them, once a night."""
    forget_ended(by=system_actor("worker"), at=clock.now())
