"""Every night the rules of follow-up are gone through."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.journey.followup.operations import open_tasks


@app.periodic(cron="15 4 * * *")
@app.task(name="followup.every_night", queue="clock")
def every_night(timestamp: int) -> None:
    """Open and close what the rules say, before anybody looks at their day."""
    del timestamp  # when it was due; what counts is today
    open_tasks(by=system_actor("worker"), at=clock.now())
