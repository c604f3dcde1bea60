"""Asking a counsellor to open moments: people wait for a first talk, and there is nothing to choose from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.outbox.enums import Weight
from opstap.foundation.outbox.operations import Content, Recipient, queue_message
from opstap.journey.appointments.queries import Shortage, slot_shortage


@operation
def ask_for_moments(*, counsellor_id: UUID | None, by: Actor, at: datetime) -> Shortage:
    """Write to a counsellor who has too few free moments, through the outbox, in the name of who asks; once a day.

    Raises `Refused` for who coordinates nothing, for a counsellor who misses none, and when they were asked today.
    """
    if not by.has(Role.COORDINATOR):
        raise Refused(Reason("appointments.may_not_ask_moments"))
    short = next((row for row in slot_shortage(by, at) if row.counsellor.pk == counsellor_id), None)
    if short is None:
        raise Refused(Reason("appointments.no_moments_missing"))
    counsellor, on = short.counsellor, localdate(at)
    facts = {"who": by.label, "missing": short.missing, "waiting": short.waiting, "free": short.free}
    queued = queue_message(
        content=Content("message.moments_asked", facts, Weight.NEWS),
        recipient=Recipient(user_id=counsellor.pk, email=counsellor.email, language=counsellor.language),
        subject_kind="user",
        subject_id=counsellor.pk,
        once=f"moments_asked:{counsellor.pk}:{on}",
        by=by,
        at=at,
    )
    if queued is None or queued.queued_at < at:
        raise Refused(Reason("appointments.moments_asked_today", {"name": counsellor.name}))
    record(by=by, at=at, action="ask_for_moments", subject_kind="user", subject_id=counsellor.pk, facts={"missing": short.missing})
    return short
