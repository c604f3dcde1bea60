"""Messages that wait, and who is left in peace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate, localtime

from opstap.foundation.actor import Actor
from opstap.foundation.outbox.enums import NOT_GONE, RESTRAINT, MessageChannel, MessageState, Restraint, Weight
from opstap.foundation.outbox.models import Message, MessagePause
from opstap.foundation.outbox.permissions import may_send

if TYPE_CHECKING:
    from datetime import date

_SUNDAY = 6
PRINTED_LATELY = timedelta(days=7)
"""A letter stays on the page this long after it was posted: the printer jams, an envelope gets lost."""


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


def waits_to_be_said(subject_kind: str, code: str) -> Exists:
    """Return the condition on a row that a message with this code about it has not left yet: nobody has read it."""
    return Exists(Message.objects.filter(subject_kind=subject_kind, subject_id=OuterRef("pk"), code=code, state__in=NOT_GONE))


def not_gone_about(subject_kind: str, subject_id: UUID, code: str) -> list[Message]:
    """Return what waits to be said about a subject, the latest first, for the operation that says it anew."""
    return list(Message.objects.filter(subject_kind=subject_kind, subject_id=subject_id, code=code, state__in=NOT_GONE))


def let_through(rows: Sequence[Message], at: datetime, restraints: Mapping[UUID, Restraint] | None = None) -> list[Message]:
    """Leave out what the weekly cap, quiet hours or a pause holds back. Two queries.

    What somebody must know goes through cap and pause, never through the quiet hours. `restraints`: of people for whom it is not the
    product's own.
    """
    people = {row.person_id for row in rows if row.person_id}
    said, paused = said_this_week(people, at), paused_people(people, localdate(at))
    going = []
    for row in rows:
        count = said.get(row.person_id, 0) if row.person_id else 0
        restraint = (restraints or {}).get(row.person_id, RESTRAINT) if row.person_id else RESTRAINT
        is_held = row.person_id in paused or count >= restraint.weekly_cap
        if (is_held and row.weight != Weight.MUST) or is_quiet(at, restraint):
            continue
        if row.person_id:
            said[row.person_id] = count + 1
        going.append(row)
    return going


def by_hand(actor: Actor, within: Q, at: datetime, stale_after: datetime) -> QuerySet[Message]:
    """Return the messages that wait for somebody's hands, the oldest first: letters to print or to post, and what could not be brought.

    `within` says which messages are in the actor's reach. A letter that was printed after `stale_after` and is no longer true is among
    them: it is taken out of the pile.
    """
    letter = Q(channel=MessageChannel.LETTER)
    to_print = letter & Q(state=MessageState.QUEUED, not_before__lte=at)
    stale = letter & Q(state=MessageState.CANCELLED, taken_at__gt=stale_after)
    waiting = to_print | stale | (letter & Q(state=MessageState.TAKEN)) | Q(state__in=[MessageState.HELD, MessageState.FAILED])
    found = Message.objects.filter(waiting, within).order_by("queued_at", "id")
    return found if may_send(actor) else found.none()


def posted_lately(actor: Actor, within: Q, at: datetime) -> QuerySet[Message]:
    """Return the letters that were posted in the last week, the latest first: an envelope gets lost."""
    sent = Message.objects.filter(within, channel=MessageChannel.LETTER, state=MessageState.SENT, sent_at__gt=at - PRINTED_LATELY)
    return sent.exclude(taken_at=None).order_by("-sent_at", "id") if may_send(actor) else sent.none()


def people_waiting(person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return for which of these people something waits or could not be brought."""
    waiting = (MessageState.QUEUED, MessageState.HELD, MessageState.FAILED)
    rows = Message.objects.filter(person_id__in=list(person_ids), state__in=waiting).order_by()
    return frozenset(key for key in rows.values_list("person_id", flat=True).distinct() if key)


def messages_to(actor: Actor, person_id: UUID) -> QuerySet[Message]:
    """Return what was said to a person, newest first; the caller has the person within the actor's reach."""
    to_person = Message.objects.filter(person_id=person_id).order_by("-queued_at", "id")
    return to_person if may_send(actor) else to_person.none()
