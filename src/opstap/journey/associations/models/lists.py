"""Workbooks on their way in."""

from __future__ import annotations

import uuid

from django.db import models

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.journey.associations.enums import IntakeState, Part, Verdict
from opstap.journey.associations.models.structure import Association

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Intake(Classified):
    """A workbook on its way in: what it says is shown row by row before anything changes. `content`: the file in base64, until applied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="intakes")
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in IntakeState])
    content = SealedField(null=True, blank=True)
    uploaded_by = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "filename": _INTERNAL,
        "digest": _INTERNAL,
        "as_of": _INTERNAL,
        "state": _INTERNAL,
        "content": _SENSITIVE,
        "uploaded_by": _PERSONAL,
        "uploaded_at": _INTERNAL,
        "applied_at": _INTERNAL,
    }
    retention = Retention.LIST

    class Meta:
        ordering = ("-uploaded_at", "id")

    def __str__(self) -> str:
        return f"{self.filename} ({self.uploaded_at:%Y-%m-%d})"


class IntakeRow(Classified):
    """One row of a workbook with its own truth: what it is about, what it would change, what is wrong with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="rows")
    part = models.CharField(max_length=10, choices=[(part.value, part.value) for part in Part])
    sheet = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField()
    subject = SealedField()
    verdict = models.CharField(max_length=10, choices=[(verdict.value, verdict.value) for verdict in Verdict])
    changes = SealedField()
    problems = SealedField()

    privacy = {
        "id": _INTERNAL,
        "intake": _INTERNAL,
        "part": _INTERNAL,
        "sheet": _INTERNAL,
        "number": _INTERNAL,
        "subject": _SENSITIVE,
        "verdict": _INTERNAL,
        "changes": _SENSITIVE,
        "problems": _SENSITIVE,
    }
    retention = Retention.LIST

    class Meta:
        ordering = ("intake", "part", "number", "id")

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}: {self.verdict}"
