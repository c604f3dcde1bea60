"""Leaving somebody in peace for a while, and taking that back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.outbox.models import MessagePause
from opstap.foundation.outbox.permissions import may_pause


@operation
def pause_messages(*, person_id: UUID, until_on: date | None, reason: str, by: Actor, at: datetime) -> MessagePause:
    """Leave a person in peace until a day, or until they say so. Raises `Refused` for who may not, and for a day in the past."""
    if not may_pause(by, person_id):
        raise Refused(Reason("outbox.may_not_pause"))
    if until_on is not None and until_on <= localdate(at):
        raise Refused(Reason("outbox.pause_in_the_past", {"until": until_on.isoformat()}))
    values = {"starts_at": at, "until_on": until_on, "reason": reason[:300], "by_label": by.label[:200]}
    pause, _ = MessagePause.objects.update_or_create(person_id=person_id, ended_at=None, defaults=values)
    record(by=by, at=at, action="pause_messages", subject_kind="person", subject_id=person_id, person_id=person_id)
    return pause


@operation
def resume_messages(*, person_id: UUID, by: Actor, at: datetime) -> int:
    """End a person's pause; return whether there was one (0 or 1)."""
    if not may_pause(by, person_id):
        raise Refused(Reason("outbox.may_not_pause"))
    ended = MessagePause.objects.filter(person_id=person_id, ended_at__isnull=True).update(ended_at=at)
    record(by=by, at=at, action="resume_messages", subject_kind="person", subject_id=person_id, person_id=person_id)
    return ended
