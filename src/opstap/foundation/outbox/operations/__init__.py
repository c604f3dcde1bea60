"""Operations of the outbox: saying something, letters on their way to the post, and leaving people in peace."""

from opstap.foundation.outbox.operations.letters import (
    note_told,
    post_letter,
    put_letter_back,
    readdress,
    say_on_paper,
    take_letter,
)
from opstap.foundation.outbox.operations.peace import pause_messages, resume_messages
from opstap.foundation.outbox.operations.queueing import (
    Content,
    Recipient,
    cancel_messages,
    cancel_way,
    note_failed,
    note_sent,
    queue_message,
    take_due,
)

__all__ = [
    "Content",
    "Recipient",
    "cancel_messages",
    "cancel_way",
    "note_failed",
    "note_sent",
    "note_told",
    "pause_messages",
    "post_letter",
    "put_letter_back",
    "queue_message",
    "readdress",
    "resume_messages",
    "say_on_paper",
    "take_due",
    "take_letter",
]
