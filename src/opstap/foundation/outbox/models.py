"""What is said to whom: codes and facts, never ready texts; words are found when it is sent."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.outbox.enums import MessageChannel, MessageState, Weight

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Message(Classified):
    """One message to one person, user, mentor or organisation.

    `facts` hold what the words need (a day, an hour, a title), never health or benefit data. `once` makes a message unique: the same thing
    is said once. `link_purpose` and `link_subject` say what the link in it opens; the link itself is made at the moment of sending.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField(null=True, blank=True)
    user_id = models.UUIDField(null=True, blank=True)
    mentor_id = models.UUIDField(null=True, blank=True)
    organisation_id = models.UUIDField(null=True, blank=True)
    address = SealedField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=[(each.value, each.value) for each in MessageChannel])
    language = models.CharField(max_length=5, default="nl")
    code = models.CharField(max_length=60)
    facts = SealedField(null=True, blank=True)
    weight = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Weight])
    link_purpose = models.CharField(max_length=30, blank=True)
    link_subject = models.UUIDField(null=True, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    once = models.CharField(max_length=200, null=True, blank=True, unique=True)
    not_before = models.DateTimeField()
    useful_until = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in MessageState])
    state_reason = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    privacy = {
        "id": _INTERNAL,
        "person_id": _PERSONAL,
        "user_id": _PERSONAL,
        "mentor_id": _PERSONAL,
        "organisation_id": _INTERNAL,
        "address": _SENSITIVE,
        "channel": _INTERNAL,
        "language": _PERSONAL,
        "code": _INTERNAL,
        "facts": _SENSITIVE,
        "weight": _INTERNAL,
        "link_purpose": _INTERNAL,
        "link_subject": _INTERNAL,
        "subject_kind": _INTERNAL,
        "subject_id": _INTERNAL,
        "once": _INTERNAL,
        "not_before": _INTERNAL,
        "useful_until": _INTERNAL,
        "queued_at": _INTERNAL,
        "taken_at": _INTERNAL,
        "sent_at": _INTERNAL,
        "state": _INTERNAL,
        "state_reason": _INTERNAL,
        "tries": _INTERNAL,
        "digest": _INTERNAL,
    }
    retention = Retention.TECHNICAL

    class Meta:
        ordering = ("-queued_at", "id")
        indexes = (
            models.Index(fields=["not_before"], condition=Q(state="queued"), name="message_waiting"),
            models.Index(fields=["person_id", "-queued_at"], name="message_by_person"),
            models.Index(fields=["subject_kind", "subject_id"], name="message_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.code} by {self.channel}: {self.state}"


class MessagePause(Classified):
    """A person who wants no messages for a while, or until they say so; what must be known still comes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person_id = models.UUIDField()
    starts_at = models.DateTimeField()
    until_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=200)

    privacy = {
        "id": _INTERNAL,
        "person_id": _PERSONAL,
        "starts_at": _PERSONAL,
        "until_on": _PERSONAL,
        "ended_at": _PERSONAL,
        "reason": _PERSONAL,
        "by_label": _PERSONAL,
    }
    retention = Retention.TECHNICAL

    class Meta:
        ordering = ("-starts_at", "id")
        constraints = (models.UniqueConstraint(fields=["person_id"], condition=Q(ended_at__isnull=True), name="one_pause_per_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until_on}"
