"""Every morning: relays that nobody answered go up, and people are asked how it goes."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.journey.outcomes.operations import ask_outcomes, escalate_relays


@app.periodic(cron="40 5 * * *")
@app.task(name="outcomes.every_morning", queue="clock")
def every_morning(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Escalate relays whose day has passed, and ask for the outcomes that are due."""
    by, at = system_actor("worker"), clock.now()
    escalate_relays(by=by, at=at)
    ask_outcomes(by=by, at=at)
