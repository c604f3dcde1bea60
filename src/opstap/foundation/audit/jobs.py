"""Work in the background: forgetting the keys of old forms."""

from __future__ import annotations

from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.foundation.audit.operations import forget_old_keys


@app.periodic(cron="20 3 * * *")
@app.task(name="audit.forget_old_keys", queue="clock")
def forget_keys(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Forget them, once a night."""
    forget_old_keys(by=system_actor("worker"), at=clock.now())
