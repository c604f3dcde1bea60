"""Messages that wait, and who is left in peace."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate, localtime

from opstap.foundation.actor import Actor
from opstap.foundation.outbox.enums import RESTRAINT, MessageChannel, MessageState, Restraint
from opstap.foundation.outbox.models import Message, MessagePause
from opstap.foundation.outbox.permissions import may_send

if TYPE_CHECKING:
    from datetime import date

_SUNDAY = 6


def is_quiet(at: datetime, restraint: Restraint = RESTRAINT) -> bool:
    """Tell whether e-mail and SMS wait at this moment: at night and on Sundays, local time."""
    local = localtime(at)
    return local.weekday() == _SUNDAY or not restraint.quiet_until <= local.time() < restraint.quiet_from


def said_this_week(person_ids: Iterable[UUID], at: datetime) -> dict[UUID, int]:
    """Return for each person how many messages left in the seven days before `at`; people with none are left out."""
    sent = Message.objects.filter(person_id__in=list(person_ids), sent_at__gt=at - timedelta(days=7), sent_at__lte=at).order_by()
    rows = sent.values("person_id").annotate(number=Count("pk")).values_list("person_id", "number")
    return {person_id: number for person_id, number in rows if person_id is not None}


def paused_people(person_ids: Iterable[UUID], on: date) -> frozenset[UUID]:
    """Return which of these people asked for no messages on this day."""
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return frozenset(
        MessagePause.objects.filter(lasting, person_id__in=list(person_ids), ended_at__isnull=True).values_list("person_id", flat=True)
    )


def still_goes(message: Message) -> bool:
    """Tell whether a message that a worker took is still that worker's to bring: not cancelled, nor taken over by another one."""
    return Message.objects.filter(pk=message.pk, state=MessageState.TAKEN, taken_at=message.taken_at).exists()


def pause_of(actor: Actor, person_id: UUID, at: datetime) -> MessagePause | None:
    """Return the person's pause that lasts, for the person themselves and for staff; else None."""
    if actor.person_id != person_id and not may_send(actor):
        return None
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=localdate(at))
    return MessagePause.objects.filter(lasting, person_id=person_id, ended_at__isnull=True).first()


def letters_waiting(actor: Actor, person_ids: Collection[UUID] | QuerySet[Message, UUID]) -> QuerySet[Message]:
    """Return the letters to print for these people (the caller passes only people within the actor's reach), the oldest first."""
    waiting = Message.objects.filter(channel=MessageChannel.LETTER, state=MessageState.QUEUED, person_id__in=person_ids)
    return waiting.order_by("queued_at", "id") if may_send(actor) else waiting.none()


def messages_to(actor: Actor, person_id: UUID) -> QuerySet[Message]:
    """Return what was said to a person, newest first; the caller has the person within the actor's reach."""
    to_person = Message.objects.filter(person_id=person_id).order_by("-queued_at", "id")
    return to_person if may_send(actor) else to_person.none()
