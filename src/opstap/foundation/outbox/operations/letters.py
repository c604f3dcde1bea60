"""Letters from the list to the post, and what could not be brought: sent in another way, or told.

A letter is printed (taken), then posted (sent) or put back on the list when it did not come well out of the printer.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from opstap.engine.shared import Reason, Refused
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.outbox.enums import MessageChannel, MessageState, Told
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations.queueing import NO_ADDRESS, Recipient, must_send, note

_PRINTABLE = (MessageState.QUEUED, MessageState.HELD, MessageState.TAKEN, MessageState.SENT)
_STUCK = (MessageState.HELD, MessageState.FAILED)


@operation
def take_letter(*, message: Message, digest: str, by: Actor, at: datetime) -> Message:
    """Take a letter to the printer, with the SHA-256 of what it says; one that was posted can be printed again.

    Raises `Refused` for who may not, and for what is not to be said any more.
    """
    row = _letter(message, by)
    if row.state not in _PRINTABLE:
        raise Refused(Reason("outbox.not_to_print"))
    row.state, row.taken_at, row.sent_at, row.digest = MessageState.TAKEN.value, at, None, digest
    row.save(update_fields=["state", "taken_at", "sent_at", "digest"])
    note(row, "print_letter", by, at)
    return row


@operation
def post_letter(*, message: Message, by: Actor, at: datetime) -> Message:
    """Keep that a printed letter was posted, or handed over. Raises `Refused` for who may not, and for a letter that is not printed."""
    row = _printed(message, by)
    row.state, row.sent_at = MessageState.SENT.value, at
    row.save(update_fields=["state", "sent_at"])
    note(row, "post_letter", by, at)
    return row


@operation
def put_letter_back(*, message: Message, by: Actor, at: datetime) -> Message:
    """Put a letter back on the list: it did not come well out of the printer. Raises `Refused` as `post_letter`."""
    row = _printed(message, by)
    row.state = (MessageState.QUEUED if row.address else MessageState.HELD).value
    row.taken_at = None
    row.save(update_fields=["state", "taken_at"])
    note(row, "put_letter_back", by, at)
    return row


@operation
def say_on_paper(*, message: Message, recipient: Recipient, by: Actor, at: datetime) -> Message:
    """Let a message that could not be brought go by letter; without a whole address it is printed to be handed over.

    Raises `Refused` for who may not, for a message to nobody in person, and when it is not stuck.
    """
    row = _stuck(message, by)
    if row.person_id is None or row.person_id != recipient.person_id:
        raise Refused(Reason("outbox.not_stuck"))
    way = recipient.way(on_paper=True)
    row.channel, row.address = MessageChannel.LETTER.value, way[1] if way else None
    row.state, row.state_reason = (MessageState.QUEUED if way else MessageState.HELD).value, "" if way else NO_ADDRESS
    row.save(update_fields=["channel", "address", "state", "state_reason"])
    note(row, "say_on_paper", by, at)
    return row


@operation
def note_told(*, message: Message, how: Told, by: Actor, at: datetime) -> Message:
    """Keep that somebody told it in person. Raises `Refused` for who may not, and when it is not stuck and not a letter that waits."""
    must_send(by)
    row = Message.objects.select_for_update().get(pk=message.pk)
    is_letter = row.channel == MessageChannel.LETTER and row.state == MessageState.QUEUED
    if row.state not in _STUCK and not is_letter:
        raise Refused(Reason("outbox.not_stuck"))
    row.state, row.state_reason, row.sent_at = MessageState.SENT.value, how.value, at
    row.save(update_fields=["state", "state_reason", "sent_at"])
    note(row, "message_told", by, at)
    return row


@operation
def readdress(*, person_id: UUID, recipient: Recipient, by: Actor, at: datetime) -> int:
    """Let what waits for a person, or could not be brought, go to where they can be reached now; return how many messages."""
    waiting = (MessageState.QUEUED, MessageState.HELD, MessageState.FAILED)
    rows = list(Message.objects.select_for_update().filter(person_id=person_id, state__in=waiting))
    way = recipient.way()
    for row in rows:
        row.channel, row.address = (way[0] if way else MessageChannel.LETTER).value, way[1] if way else None
        row.not_before = max(row.not_before, at) if row.state == MessageState.QUEUED else at
        row.state, row.state_reason, row.tries = (MessageState.QUEUED if way else MessageState.HELD).value, "" if way else NO_ADDRESS, 0
        row.save(update_fields=["channel", "address", "state", "state_reason", "tries", "not_before"])
    facts = {"count": len(rows), "channel": way[0].value if way else "none"}
    record(by=by, at=at, action="readdress_messages", subject_kind="person", subject_id=person_id, person_id=person_id, facts=facts)
    return len(rows)


def _letter(message: Message, by: Actor) -> Message:
    must_send(by)
    row = Message.objects.select_for_update().get(pk=message.pk)
    if row.channel != MessageChannel.LETTER or row.person_id is None:
        raise Refused(Reason("outbox.not_to_print"))
    return row


def _printed(message: Message, by: Actor) -> Message:
    row = _letter(message, by)
    if row.state != MessageState.TAKEN:
        raise Refused(Reason("outbox.not_printed"))
    return row


def _stuck(message: Message, by: Actor) -> Message:
    must_send(by)
    row = Message.objects.select_for_update().get(pk=message.pk)
    if row.state not in _STUCK:
        raise Refused(Reason("outbox.not_stuck"))
    return row
