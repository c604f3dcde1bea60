"""Putting a message in the outbox, taking out what may go now, and leaving people in peace."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localdate

from opstap.bridges.sms import is_mobile
from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.outbox.enums import NOT_GONE, RESTRAINT, WIDEST, MessageChannel, MessageState, Restraint, Weight
from opstap.foundation.outbox.models import Message, MessagePause
from opstap.foundation.outbox.permissions import may_send
from opstap.foundation.outbox.queries import is_quiet, let_through
from opstap.foundation.planned import planned_cursor
from opstap.foundation.rows import add_once, write_rows

NO_ADDRESS = "no_address"
"""Why a message is held: no e-mail, no mobile number and no whole address."""
RestraintOf = Callable[[Collection[UUID]], Mapping[UUID, Restraint]]
"""Tells for which people the number a week and the quiet hours are others than the product's own."""
TAKEN_TOO_LONG = timedelta(minutes=15)
"""After this a worker that took a message is thought dead, and the message is taken again."""
_ORDER = {Weight.MUST.value: 0, Weight.NEWS.value: 1, Weight.REMINDER.value: 2}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for and how they can be reached: e-mail before SMS (mobile numbers only) before a letter.

    `postal` are the lines of the address, the name first. Staff and hosts without e-mail get nothing: they have lists and calls.
    """

    person_id: UUID | None = None
    user_id: UUID | None = None
    mentor_id: UUID | None = None
    organisation_id: UUID | None = None
    email: str = ""
    phone: str = ""
    postal: tuple[str, ...] = ()
    language: str = "nl"

    def way(self, *, on_paper: bool = False) -> tuple[MessageChannel, str] | None:
        """Return the channel and the address, or None when there is no way; `on_paper`: only by letter."""
        if self.email and not on_paper:
            return MessageChannel.EMAIL, self.email
        if self.person_id and not on_paper and is_mobile(self.phone):
            return MessageChannel.SMS, self.phone
        if self.person_id and self.postal:
            return MessageChannel.LETTER, "\n".join(self.postal)
        return None


@dataclass(frozen=True, slots=True)
class Content:
    """What is said: a code with words in `ui/words_messages.py`, the facts they need, and what the link in it opens."""

    code: str
    facts: Mapping[str, Any]
    weight: Weight = Weight.NEWS
    link_purpose: LinkPurpose | None = None
    link_subject: UUID | None = None


@operation
def queue_message(
    *,
    content: Content,
    recipient: Recipient,
    subject_kind: str,
    subject_id: UUID,
    once: str = "",
    not_before: datetime | None = None,
    useful_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Message | None:
    """Put a message in the outbox; return it, the earlier one with the same `once`, or None when there is no way to reach them.

    A person who cannot be reached is not forgotten: the message is kept as held, and staff see it beside the letters.
    The operation that changes something calls this in its own transaction: what is rolled back is never said.
    """
    way = recipient.way()
    person_id = recipient.person_id
    facts = {"code": content.code, "channel": way[0].value if way else "none"}
    record(by=by, at=at, action="queue_message", subject_kind=subject_kind, subject_id=subject_id, person_id=person_id, facts=facts)
    if way is None and person_id is None:
        return None
    message = Message(
        person_id=person_id,
        user_id=recipient.user_id,
        mentor_id=recipient.mentor_id,
        organisation_id=recipient.organisation_id,
        channel=(way[0] if way else MessageChannel.LETTER).value,
        language=recipient.language,
        code=content.code,
        weight=content.weight.value,
        link_purpose=content.link_purpose.value if content.link_purpose else "",
        link_subject=content.link_subject,
        subject_kind=subject_kind,
        subject_id=subject_id,
        once=once or None,
        not_before=not_before or at,
        useful_until=useful_until,
        queued_at=at,
        state=(MessageState.QUEUED if way else MessageState.HELD).value,
        state_reason="" if way else NO_ADDRESS,
    )
    message.address, message.facts = way[1] if way else None, dict(content.facts)
    if not add_once(message, "once"):
        earlier = Message.objects.get(once=once)
        return earlier if earlier.state != MessageState.HELD else None
    return message if way else None


_CANCEL = """UPDATE outbox_message SET state = %(cancelled)s, state_reason = %(reason)s
WHERE state = ANY(%(waiting)s::text[]) AND subject_id = %(subject)s AND subject_kind = %(kind)s
    AND (%(code)s::text = '' OR code = %(code)s::text) AND (%(link)s::uuid IS NULL OR link_subject = %(link)s::uuid)"""
"""Every step on somebody's way cancels what waited to be said about the one before."""


@operation
def cancel_messages(
    *, subject_kind: str, subject_id: UUID, reason: str, code: str = "", link_subject: UUID | None = None, by: Actor, at: datetime
) -> int:
    """Cancel what has not left about a subject (only this code, or what opens `link_subject`, when given): it is no longer true.

    What a worker took but did not bring yet is cancelled too, and so is what could not be brought. Return how many.
    """
    given: dict[str, Any] = {"kind": subject_kind, "subject": subject_id, "code": code, "link": link_subject, "reason": reason[:60]}
    with planned_cursor() as cursor:
        cursor.execute(_CANCEL, given | {"cancelled": MessageState.CANCELLED.value, "waiting": list(NOT_GONE)})
        number = int(cursor.rowcount)
    record(by=by, at=at, action="cancel_messages", subject_kind=subject_kind, subject_id=subject_id, facts={"count": number, "code": code})
    return number


@operation
def cancel_way(*, link_subject: UUID, reason: str, by: Actor, at: datetime) -> int:
    """Cancel what has not left and would open somebody's way, which has stopped; what they must know still leaves. Return how many."""
    waiting = Message.objects.filter(link_subject=link_subject, state__in=NOT_GONE).exclude(weight=Weight.MUST)
    number = waiting.update(state=MessageState.CANCELLED, state_reason=reason[:60])
    record(by=by, at=at, action="cancel_messages", subject_kind="referral", subject_id=link_subject, facts={"count": number, "code": ""})
    return number


@operation
def take_due(*, limit: int, restraint_of: RestraintOf | None = None, by: Actor, at: datetime) -> list[Message]:
    """Return the e-mails and SMS that may leave now, marked as taken; weightier first.

    At night and on Sundays nothing leaves. Somebody who had the weekly number of messages, or paused them, gets only what they must know.
    `restraint_of` says for whom the hours and the number are others than the product's own. What is no longer useful is cancelled.
    A message taken by a worker that died is taken again; a letter that somebody printed is theirs.
    """
    must_send(by)
    left_behind = Q(state=MessageState.TAKEN, taken_at__lt=at - TAKEN_TOO_LONG) & ~Q(channel=MessageChannel.LETTER)
    waiting = Q(state__in=[MessageState.QUEUED, MessageState.HELD, MessageState.FAILED])
    late = Message.objects.filter(waiting | left_behind, useful_until__lte=at).update(
        state=MessageState.CANCELLED, state_reason="no_longer_useful"
    )
    record(by=by, at=at, action="take_messages", subject_kind="outbox", subject_id="", facts={"late": late})
    if is_quiet(at, WIDEST if restraint_of else RESTRAINT):
        return []
    ready = Q(state=MessageState.QUEUED, not_before__lte=at) | left_behind
    rows = list(_weightiest_first(ready, at)[: limit * 4])
    restraints = restraint_of({row.person_id for row in rows if row.person_id}) if restraint_of else None
    going = let_through(rows, at, restraints)[:limit]
    for row in going:
        row.state, row.taken_at = MessageState.TAKEN.value, at
    write_rows(going, "state", "taken_at")
    return going


def _weightiest_first(ready: Q, at: datetime) -> QuerySet[Message]:
    """Return the e-mails and SMS that are ready, locked; what is paused stands in nobody's way."""
    on = localdate(at)
    lasting = Q(until_on__isnull=True) | Q(until_on__gt=on)
    paused = Exists(MessagePause.objects.filter(lasting, person_id=OuterRef("person_id"), ended_at__isnull=True))
    rank = Case(*(When(weight=weight, then=Value(number)) for weight, number in _ORDER.items()), output_field=IntegerField())
    rows = Message.objects.select_for_update(skip_locked=True).exclude(channel=MessageChannel.LETTER).filter(ready)
    return rows.filter(Q(weight=Weight.MUST) | ~paused).order_by(rank, "not_before", "id")


@operation
def note_sent(*, message: Message, digest: str, by: Actor, at: datetime) -> Message:
    """Keep that a message left, with the SHA-256 of what it said; a letter counts when it is posted."""
    must_send(by)
    message.state, message.sent_at, message.digest = MessageState.SENT.value, at, digest
    message.save(update_fields=["state", "sent_at", "digest"])
    note(message, "message_sent", by, at)
    return message


@operation
def note_failed(*, message: Message, reason: str, by: Actor, at: datetime) -> Message:
    """Keep that sending failed: it is tried again an hour later, three times in all; then it shows as failed and somebody calls.

    What was cancelled meanwhile stays cancelled.
    """
    must_send(by)
    message.tries += 1
    gives_up = message.tries >= RESTRAINT.tries
    if Message.objects.filter(pk=message.pk, state=MessageState.CANCELLED).exists():
        note(message, "message_failed", by, at)
        return message
    message.state = (MessageState.FAILED if gives_up else MessageState.QUEUED).value
    message.state_reason, message.not_before = reason[:60], at + timedelta(hours=1)
    message.save(update_fields=["tries", "state", "state_reason", "not_before"])
    note(message, "message_failed", by, at)
    return message


def must_send(by: Actor) -> None:
    """Raise `Refused` for who handles no messages."""
    if not may_send(by):
        raise Refused(Reason("outbox.may_not_send"))


def note(message: Message, action: str, by: Actor, at: datetime) -> None:
    """Write the audit row of what happened to a message: its code and how far it came, never what it says."""
    facts = {"code": message.code, "channel": message.channel, "state": message.state}
    record(
        by=by,
        at=at,
        action=action,
        subject_kind=message.subject_kind,
        subject_id=message.subject_id,
        person_id=message.person_id,
        facts=facts,
    )
