"""The outbox: one gate for everything that is said, with a cap, pauses, quiet hours, and nothing said that is no longer true."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from opstap.bridges.sms import FolderProvider, SmsFailed, is_mobile, provider_at
from opstap.engine.shared import Refused
from opstap.foundation.actor import person_actor, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.outbox.enums import MessageChannel, MessageState, Restraint, Weight
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import (
    Content,
    Recipient,
    cancel_messages,
    note_failed,
    note_sent,
    pause_messages,
    queue_message,
    resume_messages,
    take_due,
)
from opstap.foundation.outbox.queries import is_quiet, said_this_week
from opstap.ui.jobs import send_one

pytestmark = pytest.mark.django_db

MONDAY = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)
BY = system_actor("test")
PERSON = uuid.UUID(int=7)
SUBJECT = uuid.UUID(int=9)


def queue(code: str = "message.hours", *, weight: Weight = Weight.NEWS, person: uuid.UUID = PERSON, **terms: object) -> Message:
    """Return a message that waits for a person with an e-mail address."""
    content = Content(code, {"month": "september 2023"}, weight)
    to = Recipient(person_id=person, email="jan@example.be")
    message = queue_message(content=content, recipient=to, subject_kind="placement", subject_id=SUBJECT, by=BY, at=MONDAY, **terms)  # type: ignore[arg-type]  # the test's own terms
    assert message is not None
    return message


def test_way_prefers_email_then_mobile_then_paper() -> None:
    """Somebody is reached by e-mail, else by SMS on a mobile phone, else by letter; a fixed telephone gets no SMS."""
    postal = ("Jan Peeters", "Kerkstraat 1", "8400 Oostende")
    ways = [
        Recipient(person_id=PERSON, email="jan@example.be", phone="+32470123456", postal=postal).way(),
        Recipient(person_id=PERSON, phone="+32470123456", postal=postal).way(),
        Recipient(person_id=PERSON, phone="+3259701234", postal=postal).way(),
        Recipient(user_id=PERSON, phone="+32470123456").way(),
    ]
    assert ways == [
        (MessageChannel.EMAIL, "jan@example.be"),
        (MessageChannel.SMS, "+32470123456"),
        (MessageChannel.LETTER, "\n".join(postal)),
        None,
    ]


def test_same_thing_is_queued_once() -> None:
    """The same `once` gives the earlier message."""
    assert queue(once="hours:9:2023-09").pk == queue(once="hours:9:2023-09").pk


def test_person_without_any_way_is_kept_as_held() -> None:
    """Nothing is said and the log says so, but the message stays for staff to see; a host without e-mail has lists and calls."""
    content = Content("message.hours", {})
    for nowhere in (Recipient(person_id=PERSON), Recipient(user_id=PERSON)):
        nothing = queue_message(content=content, recipient=nowhere, subject_kind="placement", subject_id=SUBJECT, by=BY, at=MONDAY)
        assert nothing is None
    assert list(AuditEntry.objects.filter(action="queue_message").values_list("facts__channel", flat=True)) == ["none", "none"]
    assert list(Message.objects.values_list("person_id", "channel", "state", "state_reason")) == [(PERSON, "letter", "held", "no_address")]


def test_message_is_taken_once_and_weightiest_first() -> None:
    """What must be known goes before news and reminders; what was taken is not taken again."""
    made = {weight: queue(weight=weight) for weight in (Weight.REMINDER, Weight.NEWS, Weight.MUST)}
    taken = take_due(limit=10, by=BY, at=MONDAY)
    assert [row.pk for row in taken] == [made[weight].pk for weight in (Weight.MUST, Weight.NEWS, Weight.REMINDER)]
    assert take_due(limit=10, by=BY, at=MONDAY + timedelta(minutes=1)) == []


def test_message_of_a_dead_worker_is_taken_again() -> None:
    """After a quarter of an hour somebody else takes it over."""
    queue()
    take_due(limit=10, by=BY, at=MONDAY)
    assert len(take_due(limit=10, by=BY, at=MONDAY + timedelta(minutes=16))) == 1


def test_weekly_cap_holds_news_but_not_what_must_be_known() -> None:
    """The fourth message of a week waits; a decision does not."""
    for _ in range(4):
        queue()
    first = take_due(limit=10, by=BY, at=MONDAY)
    for message in first:
        note_sent(message=message, digest="", by=BY, at=MONDAY)
    must = queue(weight=Weight.MUST)
    later = take_due(limit=10, by=BY, at=MONDAY + timedelta(hours=1))
    assert (len(first), [row.pk for row in later], said_this_week([PERSON], MONDAY)) == (3, [must.pk], {PERSON: 3})
    assert len(take_due(limit=10, by=BY, at=MONDAY + timedelta(days=8))) == 1 + 1  # the held one, and the must that nobody sent


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        (datetime(2023, 9, 4, 5, 59, tzinfo=UTC), True),
        (datetime(2023, 9, 4, 6, 0, tzinfo=UTC), False),
        (datetime(2023, 9, 4, 17, 59, tzinfo=UTC), False),
        (datetime(2023, 9, 4, 18, 0, tzinfo=UTC), True),
        (datetime(2023, 9, 3, 10, 0, tzinfo=UTC), True),
        (datetime(2023, 12, 4, 7, 0, tzinfo=UTC), False),
    ],
)
def test_quiet_hours_are_local(at: datetime, quiet: bool) -> None:  # noqa: FBT001 - a table of cases
    """Nothing leaves between eight in the evening and eight in the morning in Belgium, summer and winter, nor on a Sunday."""
    queue(not_before=MONDAY - timedelta(days=5))
    Message.objects.update(not_before=at - timedelta(days=1))
    assert (is_quiet(at), take_due(limit=1, by=BY, at=at) == []) == (quiet, quiet)


def test_programme_with_another_number_and_hours_is_followed() -> None:
    """Who is in a programme of one message a week gets one; in the evening only who is in a programme that goes on until then."""
    other = uuid.UUID(int=8)
    evening = datetime(2023, 9, 4, 18, 30, tzinfo=UTC)  # half past eight in Brussels
    for number in range(2):
        queue(person=PERSON, once=f"a{number}")
        queue(person=other, once=f"b{number}")
    restraints = {PERSON: Restraint(weekly_cap=1), other: Restraint(quiet_from=time(21))}
    late = [row.person_id for row in take_due(limit=10, restraint_of=lambda _: restraints, by=BY, at=evening)]
    early = [row.person_id for row in take_due(limit=10, restraint_of=lambda _: restraints, by=BY, at=MONDAY + timedelta(days=1))]
    assert (late, early.count(PERSON)) == ([other, other], 1)


def test_message_that_is_no_longer_useful_is_cancelled() -> None:
    """A reminder whose day has passed is never sent."""
    message = queue(useful_until=MONDAY + timedelta(hours=1))
    assert take_due(limit=10, by=BY, at=MONDAY + timedelta(hours=2)) == []
    message.refresh_from_db()
    assert (message.state, message.state_reason) == (MessageState.CANCELLED, "no_longer_useful")


def test_state_that_changed_cancels_what_waits() -> None:
    """What is no longer true is not said; what was sent stays in the list."""
    sent = queue()
    note_sent(message=sent, digest="", by=BY, at=MONDAY)
    queue("message.evaluation")
    assert cancel_messages(subject_kind="placement", subject_id=SUBJECT, reason="ended", by=BY, at=MONDAY) == 1
    assert sorted(Message.objects.values_list("state", flat=True)) == ["cancelled", "sent"]


def test_pause_holds_all_but_what_must_be_known() -> None:
    """A person who wants peace gets only what must be known, until the pause ends."""
    news, must = queue(), queue(weight=Weight.MUST)
    pause_messages(person_id=PERSON, until_on=date(2023, 10, 1), reason="", by=person_actor(PERSON), at=MONDAY)
    assert [row.pk for row in take_due(limit=10, by=BY, at=MONDAY)] == [must.pk]
    resume_messages(person_id=PERSON, by=person_actor(PERSON), at=MONDAY)
    assert [row.pk for row in take_due(limit=10, by=BY, at=MONDAY)] == [news.pk]


def test_pause_of_somebody_else_is_refused() -> None:
    """A person pauses only their own messages."""
    with pytest.raises(Refused) as refused:
        pause_messages(person_id=PERSON, until_on=None, reason="", by=person_actor(SUBJECT), at=MONDAY)
    assert refused.value.reason.code == "outbox.may_not_pause"


def test_failure_is_tried_three_times() -> None:
    """A message that cannot be brought is tried again an hour later, and the third failure ends it visibly."""
    message = queue()
    states = [note_failed(message=message, reason="SMTPException", by=BY, at=MONDAY + timedelta(hours=hour)).state for hour in range(3)]
    assert states == [MessageState.QUEUED, MessageState.QUEUED, MessageState.FAILED]


def test_email_leaves_with_its_words() -> None:
    """The words are Dutch and found when it is sent; facts are filled in."""
    queue()
    for message in take_due(limit=1, by=BY, at=MONDAY):
        send_one(message, BY)
    assert (mail.outbox[0].subject, mail.outbox[0].to) == ("Kloppen je uren?", ["jan@example.be"])
    assert "De uren van september 2023 zijn genoteerd." in mail.outbox[0].body


def test_sms_leaves_through_the_provider(settings: Settings, tmp_path: Path) -> None:
    """Somebody without e-mail gets a short text; the folder provider keeps each as a line."""
    settings.SMS_PROVIDER = f"folder:{tmp_path}"
    to = Recipient(person_id=PERSON, phone="+32470123456")
    content = Content("message.start", {"on": "2023-09-18", "place": "de bibliotheek", "mentor": "Noor"})
    queue_message(content=content, recipient=to, subject_kind="placement", subject_id=SUBJECT, by=BY, at=MONDAY)
    for message in take_due(limit=1, by=BY, at=MONDAY):
        send_one(message, BY)
    line = json.loads(next(tmp_path.glob("sms-*.jsonl")).read_text())
    assert (line["to"], line["text"]) == ("+32470123456", "Je start op 18 september 2023 bij de bibliotheek.")


def test_failed_sms_keeps_its_reason(settings: Settings, tmp_path: Path) -> None:
    """A folder that cannot be written is a failure with a reason, not a crash."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.SMS_PROVIDER = f"folder:{blocked}"
    to = Recipient(person_id=PERSON, phone="+32470123456")
    queue_message(content=Content("message.plan", {}), recipient=to, subject_kind="plan", subject_id=SUBJECT, by=BY, at=MONDAY)
    for message in take_due(limit=1, by=BY, at=MONDAY):
        send_one(message, BY)
    assert Message.objects.values_list("state", "state_reason").get() == (MessageState.QUEUED, "SmsFailed")


def test_sms_too_long_and_unknown_provider_are_refused(tmp_path: Path) -> None:
    """A text that no provider takes fails by name, and so does a provider we do not know."""
    with pytest.raises(SmsFailed, match="too_long"):
        FolderProvider(tmp_path).send("+32470123456", "a" * 460, MONDAY)
    with pytest.raises(ValueError, match="unknown SMS provider: pigeon"):
        provider_at("pigeon:x")


@pytest.mark.parametrize(
    ("number", "mobile"), [("0470 12 34 56", True), ("+32470123456", True), ("059 70 12 34", False), ("", False), ("x", False)]
)
def test_mobile_numbers_are_known_by_their_form(number: str, mobile: bool) -> None:  # noqa: FBT001 - a table of cases
    """Only a mobile number gets an SMS."""
    assert is_mobile(number) is mobile


def test_what_a_worker_took_is_cancelled_too() -> None:
    """A message that was taken but did not leave yet is not brought when it is no longer true, nor tried again."""
    queue()
    taken = take_due(limit=1, by=BY, at=MONDAY)[0]
    cancelled = cancel_messages(subject_kind="placement", subject_id=SUBJECT, reason="ended", by=BY, at=MONDAY)
    send_one(taken, BY)
    note_failed(message=taken, reason="SMTPException", by=BY, at=MONDAY)
    assert (cancelled, len(mail.outbox), Message.objects.get().state) == (1, 0, MessageState.CANCELLED)


def test_message_taken_over_by_another_worker_is_brought_once() -> None:
    """A slow worker leaves alone what another one took over after a quarter of an hour."""
    queue()
    slow = take_due(limit=1, by=BY, at=MONDAY)[0]
    other = take_due(limit=1, by=BY, at=MONDAY + timedelta(minutes=16))[0]
    for message in (slow, other):
        send_one(message, BY)
    assert len(mail.outbox) == 1


def test_message_that_cannot_be_put_in_words_keeps_nobody_waiting() -> None:
    """One that nobody can read fails by itself; the next one leaves."""
    queue("message.nobody_wrote_this", weight=Weight.MUST)
    good = queue()
    for message in take_due(limit=10, by=BY, at=MONDAY):
        send_one(message, BY)
    states = dict(Message.objects.values_list("code", "state"))
    assert states == {"message.nobody_wrote_this": MessageState.QUEUED, good.code: MessageState.SENT}


def test_paused_messages_never_stand_before_what_must_be_known() -> None:
    """However much waits for people who want peace, a decision and the news of others leave at once."""
    pause_messages(person_id=PERSON, until_on=None, reason="", by=person_actor(PERSON), at=MONDAY)
    for _ in range(6):
        queue()
    Message.objects.update(not_before=MONDAY - timedelta(days=1))
    must, other = queue(weight=Weight.MUST), queue(person=SUBJECT)
    taken = [row.pk for _ in range(2) for row in take_due(limit=1, by=BY, at=MONDAY)]
    assert taken == [must.pk, other.pk]


def test_letter_that_is_no_longer_useful_is_cancelled() -> None:
    """Nobody prints a letter about a day that has passed."""
    to = Recipient(person_id=PERSON, postal=("Jan Peeters", "Kerkstraat 1", "8400 Oostende"))
    ends = MONDAY + timedelta(hours=1)
    content = Content("message.plan", {})
    queue_message(content=content, recipient=to, subject_kind="plan", subject_id=SUBJECT, useful_until=ends, by=BY, at=MONDAY)
    take_due(limit=1, by=BY, at=ends)
    assert Message.objects.get().state == MessageState.CANCELLED
