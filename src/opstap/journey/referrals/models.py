"""The referral is the spine: it alone holds the stage, and every move is a row."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.people.models import Person
from opstap.journey.referrals.enums import Scope, Stage, WaitingCause

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Referral(Classified):
    """One person's way through one programme. `stage` changes only through `operations.advance`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    counselling_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    referred_on = models.DateField()
    stage = models.CharField(max_length=20, choices=[(stage.value, stage.value) for stage in Stage], default=Stage.OPEN.value)
    stage_since = models.DateTimeField()
    waiting_cause = models.CharField(max_length=30, choices=[(cause.value, cause.value) for cause in WaitingCause])
    last_contact_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    snooze_reason = SealedField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "person": _PERSONAL,
        "programme": _INTERNAL,
        "counselling_organisation": _INTERNAL,
        "counsellor": _INTERNAL,
        "referred_on": _PERSONAL,
        "stage": _PERSONAL,
        "stage_since": _PERSONAL,
        "waiting_cause": _PERSONAL,
        "last_contact_at": _PERSONAL,
        "snoozed_until": _INTERNAL,
        "snooze_reason": _SENSITIVE,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("referred_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "programme"],
                condition=~Q(stage="closed"),
                name="one_open_referral_per_programme",
                violation_error_message="This person already has an open referral in this programme.",
            ),
        )
        indexes = (
            models.Index(fields=["programme", "stage", "stage_since"], name="referral_by_stage"),
            models.Index(fields=["counsellor", "stage"], name="referral_by_counsellor"),
            models.Index(fields=["counselling_organisation", "stage"], name="referral_by_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.person} in {self.programme}: {self.stage}"


class StageMove(Classified):
    """One move on the spine: from, to, why, who, when. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    from_stage = models.CharField(max_length=20, blank=True)
    to_stage = models.CharField(max_length=20)
    reason = SealedField()
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "from_stage": _PERSONAL,
        "to_stage": _PERSONAL,
        "reason": _SENSITIVE,
        "by_label": _PERSONAL,
        "at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-at", "id")
        indexes = (models.Index(fields=["referral", "-at"], name="move_by_referral"),)
        triggers = (pgtrigger.Protect(name="moves_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.from_stage} -> {self.to_stage}"


class Assignment(Classified):
    """Who follows somebody, how far and when: `[from_on, until_on)`, without an end while it goes on. Several hold at once.

    Without a `user` it holds for every counsellor of the organisation. `is_main` rows are the history of the referral's own counsellor.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scope = models.CharField(max_length=12, choices=[(scope.value, scope.value) for scope in Scope])
    is_main = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    given_by = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    ended_by = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "organisation": _PERSONAL,
        "user": _PERSONAL,
        "scope": _INTERNAL,
        "is_main": _INTERNAL,
        "from_on": _PERSONAL,
        "until_on": _PERSONAL,
        "reason": _PERSONAL,
        "given_by": _PERSONAL,
        "given_at": _INTERNAL,
        "ended_by": _PERSONAL,
        "ended_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-from_on", "-given_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="assignment_ends_after_it_starts",
                violation_error_message="An assignment cannot end before it starts.",
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(is_main=True, until_on__isnull=True), name="one_main_assignment_at_a_time"
            ),
        )
        indexes = (models.Index(fields=["organisation", "until_on"], name="assignment_by_organisation"),)

    def __str__(self) -> str:
        return f"{self.referral_id} to {self.user_id or self.organisation_id}: {self.scope}"
