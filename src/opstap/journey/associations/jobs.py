"""Work in the background: workbooks are forgotten when they are no longer kept."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import Channel, system_actor
from opstap.journey.associations.operations import forget_workbooks


@app.periodic(cron="40 3 * * *")
@app.task(name="associations.forget_workbooks", queue="clock")
def forget(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Remove workbooks that are no longer kept."""
    forget_workbooks(by=system_actor("clock", Channel.JOB), at=clock.now())
