"""Lists that come in: every row is kept as it came, with its own truth."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.programmes.models import Programme
from opstap.journey.imports.enums import BatchStatus, ListKind, RowKind, RowStatus

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Batch(Classified):
    """One list, by whom and when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ListKind])
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    as_of = models.DateField()
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in BatchStatus])
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_by_label = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    notes = models.JSONField(default=dict)

    privacy = {
        "id": _INTERNAL,
        "programme": _INTERNAL,
        "kind": _INTERNAL,
        "filename": _INTERNAL,
        "digest": _INTERNAL,
        "as_of": _INTERNAL,
        "status": _INTERNAL,
        "uploaded_by": _INTERNAL,
        "uploaded_by_label": _PERSONAL,
        "uploaded_at": _INTERNAL,
        "applied_at": _INTERNAL,
        "notes": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-uploaded_at", "id")

    def __str__(self) -> str:
        return f"{self.filename} ({self.uploaded_at:%Y-%m-%d})"


class WaitingFile(Classified):
    """The file of a long list until a worker has read it: `content` is the file in base64."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="waiting_file")
    content = SealedField()

    privacy = {"id": _INTERNAL, "batch": _INTERNAL, "content": _SENSITIVE}
    retention = Retention.LIST

    def __str__(self) -> str:
        return str(self.batch_id)


class Row(Classified):
    """One row of a list, with its own truth.

    `raw` is what stood there (header to text), `value` how it was read, `corrected` what somebody decided:
    `{"cells": {header: text}, "take": [fields], "apart": bool}`. `errors` counts the cells that could not be used.
    `leader` is an earlier row of the same list about the same person; `identity_index` is a keyed hash of who the row names,
    so that a decision on a row holds for the same row in a later list.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in RowKind])
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    raw = SealedField()
    value = SealedField(null=True, blank=True)
    corrected = SealedField(null=True, blank=True)
    problems = SealedField(null=True, blank=True)
    status = models.CharField(max_length=15, choices=[(status.value, status.value) for status in RowStatus])
    errors = models.PositiveSmallIntegerField(default=0)
    leader = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    identity_index = models.CharField(max_length=32, blank=True)
    match_id = models.UUIDField(null=True, blank=True)
    candidates = SealedField(null=True, blank=True)
    applied_to = models.UUIDField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "batch": _INTERNAL,
        "kind": _INTERNAL,
        "sheet": _INTERNAL,
        "number": _INTERNAL,
        "raw": _SENSITIVE,
        "value": _SENSITIVE,
        "corrected": _SENSITIVE,
        "problems": _SENSITIVE,
        "status": _INTERNAL,
        "errors": _INTERNAL,
        "leader": _INTERNAL,
        "identity_index": _INTERNAL,
        "match_id": _INTERNAL,
        "candidates": _SENSITIVE,
        "applied_to": _INTERNAL,
        "decided_by": _PERSONAL,
        "decided_at": _INTERNAL,
    }
    retention = Retention.LIST

    class Meta:
        ordering = ("batch", "kind", "sheet", "number")
        constraints = (models.UniqueConstraint(fields=["batch", "kind", "sheet", "number"], name="row_once_per_list"),)
        indexes = (
            models.Index(fields=["batch", "status", "number"], name="row_by_status"),
            models.Index(fields=["identity_index"], name="row_by_identity"),
            models.Index(fields=["applied_to"], name="row_by_applied"),
        )

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}: {self.status}"
