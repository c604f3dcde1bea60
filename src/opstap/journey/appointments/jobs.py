"""Every morning: remind, expire, and tell counsellors how many moments are missing."""

from __future__ import annotations

from django.utils.timezone import localdate
from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.actor import system_actor
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, queue_message
from opstap.journey.appointments.operations import remind_and_expire
from opstap.journey.appointments.queries import slot_shortage


@app.periodic(cron="30 5 * * *")
@app.task(name="appointments.every_morning", queue="clock")
def every_morning(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Remind and expire, then tell each counsellor who has too few free moments, at most once a week."""
    by, at = system_actor("worker"), clock.now()
    remind_and_expire(by=by, at=at)
    week = localdate(at).isocalendar()
    for row in slot_shortage(by, at):
        queue_message(
            content=Content("message.slots_missing", {"missing": row.missing, "waiting": row.waiting, "free": row.free}, Weight.REMINDER),
            recipient=Recipient(user_id=row.counsellor.pk, email=row.counsellor.email, language=row.counsellor.language),
            subject_kind="user",
            subject_id=row.counsellor.pk,
            once=f"slots:{row.counsellor.pk}:{week.year}-{week.week}",
            by=by,
            at=at,
        )
