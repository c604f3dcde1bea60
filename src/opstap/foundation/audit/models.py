"""Audit rows: append-only, without foreign keys, so that they outlive what they speak of."""

from __future__ import annotations

import pgtrigger
from django.db import models

from opstap.foundation.fields import Classified, Privacy, Retention


class AuditEntry(Classified):
    """One read of a case file or one change, written in the same transaction as what it records."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64)
    actor_label = models.CharField(max_length=200)
    role = models.CharField(max_length=100)
    channel = models.CharField(max_length=10)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    person_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)

    privacy = {
        "id": Privacy.INTERNAL,
        "at": Privacy.INTERNAL,
        "actor_kind": Privacy.INTERNAL,
        "actor_id": Privacy.PERSONAL,
        "actor_label": Privacy.PERSONAL,
        "role": Privacy.INTERNAL,
        "channel": Privacy.INTERNAL,
        "action": Privacy.INTERNAL,
        "subject_kind": Privacy.INTERNAL,
        "subject_id": Privacy.INTERNAL,
        "person_id": Privacy.PERSONAL,
        "purpose": Privacy.INTERNAL,
        "facts": Privacy.INTERNAL,
    }
    retention = Retention.AUDIT

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["person_id", "-id"], name="audit_by_person"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="audit_by_subject"),
        )
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label}: {self.action} {self.subject_kind} {self.subject_id}"


class OnceKey(Classified):
    """The idempotency key of a write form: the same key sent twice has one effect and one answer."""

    key = models.UUIDField(primary_key=True)
    actor_id = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    at = models.DateTimeField()
    location = models.CharField(max_length=1000, blank=True)

    privacy = {
        "key": Privacy.INTERNAL,
        "actor_id": Privacy.PERSONAL,
        "path": Privacy.INTERNAL,
        "at": Privacy.INTERNAL,
        "location": Privacy.INTERNAL,
    }
    retention = Retention.TECHNICAL

    def __str__(self) -> str:
        return f"{self.key}"
