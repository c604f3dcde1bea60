"""Work in the background: agreements take effect on their first day."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.journey.agreements.operations import put_due_in_force


@app.periodic(cron="*/15 * * * *")
@app.task(name="agreements.put_due_in_force", queue="clock")
def start_what_is_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Put in force what everybody signed and whose first day has come."""
    put_due_in_force(by=system_actor("worker"), at=clock.now())
