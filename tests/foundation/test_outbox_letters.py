"""Letters from the list to the post, and what could not be brought: another address, on paper, or told."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q
from tests.factories import make_actor, make_organisation

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role, person_actor, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.outbox.enums import MessageChannel, MessageState, Told, Weight
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import (
    Content,
    Recipient,
    cancel_messages,
    note_failed,
    note_told,
    pause_messages,
    post_letter,
    put_letter_back,
    queue_message,
    readdress,
    say_on_paper,
    take_due,
    take_letter,
)
from opstap.foundation.outbox.queries import PRINTED_LATELY, by_hand, let_through, posted_lately

pytestmark = pytest.mark.django_db

MONDAY = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)
BY = system_actor("test")
PERSON = uuid.UUID(int=7)
SUBJECT = uuid.UUID(int=9)
POSTAL = ("Jan Peeters", "Kerkstraat 1", "8400 Oostende")
ON_PAPER = Recipient(person_id=PERSON, postal=POSTAL)
BY_EMAIL = Recipient(person_id=PERSON, email="jan@example.be", postal=POSTAL)
NOWHERE = Recipient(person_id=PERSON)


def queue(to: Recipient, **terms: object) -> Message:
    """Return the one message that was queued."""
    content = Content("message.hours", {"month": "september 2023"}, Weight.NEWS)
    queue_message(content=content, recipient=to, subject_kind="placement", subject_id=SUBJECT, by=BY, at=MONDAY, **terms)  # type: ignore[arg-type]  # the test's own terms
    return Message.objects.latest("queued_at", "id")


def failed() -> Message:
    """Return an e-mail that was refused three times."""
    message = queue(BY_EMAIL)
    for _ in range(3):
        note_failed(message=message, reason="SMTPRecipientsRefused", by=BY, at=MONDAY)
    return message


def test_letter_is_printed_then_posted() -> None:
    """It leaves the list when it is posted, with a row in the log for each step, and is found for a week."""
    message = queue(ON_PAPER)
    printed = take_letter(message=message, digest="d", by=BY, at=MONDAY)
    assert (printed.state, printed.taken_at, printed.digest) == (MessageState.TAKEN, MONDAY, "d")
    posted = post_letter(message=message, by=BY, at=MONDAY + timedelta(hours=1))
    assert (posted.state, posted.sent_at) == (MessageState.SENT, MONDAY + timedelta(hours=1))
    later = MONDAY + timedelta(hours=2)
    assert (list(by_hand(BY, Q(), later, later - PRINTED_LATELY)), list(posted_lately(BY, Q(), later))) == ([], [message])
    assert list(posted_lately(BY, Q(), later + timedelta(days=7))) == []
    actions = AuditEntry.objects.filter(action__in=["print_letter", "post_letter"]).order_by("id").values_list("action", "facts__code")
    assert list(actions) == [("print_letter", "message.hours"), ("post_letter", "message.hours")]


def test_letter_that_was_not_printed_is_not_posted() -> None:
    """Posting and putting back are for what came out of the printer; who handles no messages prints nothing."""
    message = queue(ON_PAPER)
    for act in (post_letter, put_letter_back):
        with pytest.raises(Refused) as refused:
            act(message=message, by=BY, at=MONDAY)
        assert refused.value.reason.code == "outbox.not_printed"
    for stranger in (person_actor(PERSON), make_actor(Role.HOST, organisation=make_organisation())):
        with pytest.raises(Refused) as refused:
            take_letter(message=message, digest="", by=stranger, at=MONDAY)
        assert refused.value.reason.code == "outbox.may_not_send"


def test_letter_put_back_waits_again() -> None:
    """What did not come well out of the printer stands on the list as before."""
    message = take_letter(message=queue(ON_PAPER), digest="d", by=BY, at=MONDAY)
    back = put_letter_back(message=message, by=BY, at=MONDAY)
    assert (back.state, back.taken_at) == (MessageState.QUEUED, None)


def test_worker_leaves_printed_letters_alone() -> None:
    """A letter in somebody's hands is not taken over by a worker, nor cancelled when its day has passed."""
    message = take_letter(message=queue(ON_PAPER, useful_until=MONDAY + timedelta(days=1)), digest="d", by=BY, at=MONDAY)
    assert take_due(limit=10, by=BY, at=MONDAY + timedelta(days=2)) == []
    assert Message.objects.get(pk=message.pk).state == MessageState.TAKEN


def test_printed_letter_that_is_no_longer_true_is_taken_out_of_the_pile() -> None:
    """It stays visible for a week, and cannot be noted as posted."""
    message = take_letter(message=queue(ON_PAPER), digest="d", by=BY, at=MONDAY)
    cancel_messages(subject_kind="placement", subject_id=SUBJECT, reason="ended", by=BY, at=MONDAY)
    assert list(by_hand(BY, Q(), MONDAY + timedelta(days=1), MONDAY - timedelta(days=6))) == [message]
    assert list(by_hand(BY, Q(), MONDAY + timedelta(days=8), MONDAY + timedelta(days=1))) == []
    with pytest.raises(Refused):
        post_letter(message=message, by=BY, at=MONDAY)


def test_held_message_leaves_once_there_is_a_way() -> None:
    """With a new address what was held goes there; with an e-mail address it even leaves by itself."""
    message = queue(NOWHERE)
    assert (message.state, list(by_hand(BY, Q(), MONDAY, MONDAY - PRINTED_LATELY))) == (MessageState.HELD, [message])
    readdress(person_id=PERSON, recipient=ON_PAPER, by=BY, at=MONDAY)
    message.refresh_from_db()
    assert (message.state, message.channel, message.address) == (MessageState.QUEUED, MessageChannel.LETTER, "\n".join(POSTAL))
    readdress(person_id=PERSON, recipient=BY_EMAIL, by=BY, at=MONDAY)
    assert [(row.pk, row.channel, row.address) for row in take_due(limit=10, by=BY, at=MONDAY)] == [(message.pk, "email", "jan@example.be")]


def test_same_thing_is_held_once() -> None:
    """The nightly job that says it again makes no second row."""
    for _ in range(2):
        queue(NOWHERE, once="hours:1")
    assert Message.objects.count() == 1


def test_held_message_can_be_handed_over() -> None:
    """Without an address it is printed too, for the desk."""
    message = take_letter(message=queue(NOWHERE), digest="d", by=BY, at=MONDAY)
    assert post_letter(message=message, by=BY, at=MONDAY).state == MessageState.SENT


def test_failed_message_goes_by_letter() -> None:
    """Somebody lets it go by post; without a whole address it is held, to be handed over."""
    message = failed()
    on_paper = say_on_paper(message=message, recipient=BY_EMAIL, by=BY, at=MONDAY)
    assert (on_paper.channel, on_paper.state, on_paper.address) == ("letter", MessageState.QUEUED, "\n".join(POSTAL))
    with pytest.raises(Refused) as refused:
        say_on_paper(message=message, recipient=BY_EMAIL, by=BY, at=MONDAY)
    assert refused.value.reason.code == "outbox.not_stuck"
    assert say_on_paper(message=failed(), recipient=NOWHERE, by=BY, at=MONDAY).state == MessageState.HELD


def test_failed_message_is_told_in_person() -> None:
    """It counts as said, with how; what did leave is not told twice."""
    told = note_told(message=failed(), how=Told.BY_PHONE, by=BY, at=MONDAY)
    assert (told.state, told.state_reason, told.sent_at) == (MessageState.SENT, "by_phone", MONDAY)
    with pytest.raises(Refused) as refused:
        note_told(message=told, how=Told.AT_DESK, by=BY, at=MONDAY)
    assert refused.value.reason.code == "outbox.not_stuck"


def test_letters_respect_a_pause_and_the_weekly_cap() -> None:
    """Who asked for peace gets no news by post either; the fourth of a week waits; what must be known is printed."""
    news = [queue(ON_PAPER) for _ in range(4)]
    assert len(let_through(news, MONDAY)) == 3
    pause_messages(person_id=PERSON, until_on=None, reason="", by=BY, at=MONDAY)
    must = queue_message(
        content=Content("message.start", {}, Weight.MUST), recipient=ON_PAPER, subject_kind="x", subject_id=SUBJECT, by=BY, at=MONDAY
    )
    assert must is not None
    assert let_through([*news, must], MONDAY) == [must]


def test_list_is_for_who_handles_messages() -> None:
    """A host finds none of it, whatever reach is named."""
    queue(ON_PAPER)
    assert list(by_hand(make_actor(Role.HOST, organisation=make_organisation()), Q(), MONDAY, MONDAY - PRINTED_LATELY)) == []
