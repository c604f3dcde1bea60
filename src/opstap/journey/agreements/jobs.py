"""Work in the background: agreements take effect on their first day."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.journey.agreements.operations import put_due_in_force, withdraw_called_off


@app.periodic(cron="*/15 * * * *")
@app.task(name="agreements.put_due_in_force", queue="clock")
def start_what_is_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Take back what is about work that was called off; put in force what everybody signed and whose first day has come."""
    by, at = system_actor("worker"), clock.now()
    withdraw_called_off(by=by, at=at)
    put_due_in_force(by=by, at=at)
