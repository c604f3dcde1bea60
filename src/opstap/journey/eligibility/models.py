"""Decisions, the rule books they were made with, and proposed changes of rules."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.programmes.models import Programme
from opstap.journey.people.models import Person
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _SENSITIVE, _PUBLIC = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE, Privacy.PUBLIC


class RuleBookVersion(Classified):
    """A rule book as it was used, whole and canonical, under the digest of its content: so that a decision replays bit for bit."""

    version = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField()
    first_used_at = models.DateTimeField()

    privacy = {"version": _PUBLIC, "content": _PUBLIC, "first_used_at": _INTERNAL}
    retention = Retention.AUDIT

    class Meta:
        triggers = (pgtrigger.Protect(name="rule_books_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return self.version[:12]


class RuleChange(Classified):
    """A proposed value of one parameter from a date, for one programme; in force only after a second person approved it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    parameter = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    effective_from = models.DateField()
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=1, default="M")
    motivation = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    rehearsal = SealedField(null=True, blank=True)
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "programme": _PUBLIC,
        "parameter": _PUBLIC,
        "value": _PUBLIC,
        "effective_from": _PUBLIC,
        "source": _PUBLIC,
        "confidence": _PUBLIC,
        "motivation": _INTERNAL,
        "proposed_by": _INTERNAL,
        "proposed_at": _INTERNAL,
        "rehearsal": _SENSITIVE,
        "rehearsed_at": _INTERNAL,
        "approved_by": _INTERNAL,
        "approved_at": _INTERNAL,
        "withdrawn_at": _INTERNAL,
    }
    retention = Retention.AUDIT

    class Meta:
        ordering = ("-proposed_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="two_people_change_a_rule",
                violation_error_message="Somebody else must approve a rule change.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="approval_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.parameter} from {self.effective_from}"


class Decision(Classified):
    """An answer for one person, instrument and day: with the facts and rules it was made with. Never edited, only superseded.

    `machine_answer` is what the rules say; `answer` is what the decider decided; they differ only with an `overrule_reason`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    on = models.DateField()
    answer = models.CharField(max_length=10)
    machine_answer = models.CharField(max_length=10)
    overrule_reason = SealedField(null=True, blank=True)
    rule_book = models.ForeignKey(RuleBookVersion, on_delete=models.PROTECT, related_name="+")
    facts = SealedField()
    result = SealedField()
    expires_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200)
    decided_by_id = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by")

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "person": _PERSONAL,
        "instrument": _PERSONAL,
        "on": _PERSONAL,
        "answer": _PERSONAL,
        "machine_answer": _PERSONAL,
        "overrule_reason": _SENSITIVE,
        "rule_book": _INTERNAL,
        "facts": _SENSITIVE,
        "result": _SENSITIVE,
        "expires_on": _PERSONAL,
        "decided_by": _PERSONAL,
        "decided_by_id": _PERSONAL,
        "decided_at": _INTERNAL,
        "supersedes": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-decided_at", "instrument", "id")
        constraints = (models.CheckConstraint(condition=Q(answer__in=["yes", "no", "unknown"]), name="answer_is_one_of_three"),)
        indexes = (models.Index(fields=["person", "instrument", "-decided_at"], name="decision_by_person"),)
        triggers = (pgtrigger.Protect(name="decisions_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.instrument}: {self.answer} on {self.on}"
