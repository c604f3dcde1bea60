"""Ends with two views, relays, outcomes over time, and what was copied to the partner's other system."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.organisations.models import Organisation
from opstap.journey.outcomes.enums import OutcomeKind, OutcomeMoment, OutcomeSource, RelayState
from opstap.journey.placements.enums import EndReason
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.enums import Scope
from opstap.journey.referrals.models import Assignment, Referral

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Ending(Classified):
    """How a placement ended: the first day without it, why, and how the person and the host look back; a view may come later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="+", related_query_name="ending")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    reason_code = models.CharField(max_length=20, choices=[(code.value, code.value) for code in EndReason])
    person_view = SealedField(null=True, blank=True)
    host_view = SealedField(null=True, blank=True)
    wants_relay = models.BooleanField(default=False)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "placement": _PERSONAL,
        "referral": _PERSONAL,
        "on": _PERSONAL,
        "reason_code": _PERSONAL,
        "person_view": _SENSITIVE,
        "host_view": _SENSITIVE,
        "wants_relay": _INTERNAL,
        "by_label": _PERSONAL,
        "at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-on", "id")
        indexes = (models.Index(fields=["referral", "-on"], name="ending_by_referral"), models.Index(fields=["on"], name="ending_by_day"))

    def __str__(self) -> str:
        return f"{self.placement_id} ended on {self.on}: {self.reason_code}"


class Relay(Classified):
    """One page with which somebody hands a person over to somebody by name, who takes it on or does not.

    `goals`, `evidence`, `barriers` are lists of texts; nothing of health stands in them. `state` follows `enums.RELAY_TRANSITIONS`.
    The recipient is a user of this house (`to_user`) or somebody outside by name, organisation and e-mail. A user who accepts gets as much
    of the file as `scope` says ("" is this page alone), for `access_months` months: that is the `assignment`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, null=True, blank=True, related_name="relays")
    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_name = models.CharField(max_length=200, blank=True)
    to_organisation_name = models.CharField(max_length=200, blank=True)
    to_email = SealedField(null=True, blank=True)
    scope = models.CharField(max_length=12, blank=True, choices=[(scope.value, scope.value) for scope in Scope])
    access_months = models.PositiveSmallIntegerField(null=True, blank=True)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in RelayState])
    goals = SealedField(null=True, blank=True)
    evidence = SealedField(null=True, blank=True)
    barriers = SealedField(null=True, blank=True)
    next_step = SealedField(null=True, blank=True)
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer_words = SealedField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "ending": _PERSONAL,
        "from_user": _INTERNAL,
        "to_user": _INTERNAL,
        "to_organisation": _INTERNAL,
        "to_name": _PERSONAL,
        "to_organisation_name": _INTERNAL,
        "to_email": _SENSITIVE,
        "scope": _INTERNAL,
        "access_months": _INTERNAL,
        "assignment": _PERSONAL,
        "state": _PERSONAL,
        "goals": _SENSITIVE,
        "evidence": _SENSITIVE,
        "barriers": _SENSITIVE,
        "next_step": _SENSITIVE,
        "made_by": _PERSONAL,
        "made_at": _INTERNAL,
        "offered_at": _INTERNAL,
        "due_on": _INTERNAL,
        "answered_at": _INTERNAL,
        "answered_by": _PERSONAL,
        "answer_words": _SENSITIVE,
        "escalated_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-made_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state__in=["draft", "offered", "escalated", "declined"]),
                name="one_open_relay",
                violation_error_message="Another relay of this person is still open.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | Q(offered_at__isnull=False, due_on__isnull=False),
                name="an_offered_relay_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(scope="") | Q(to_user__isnull=False, to_organisation__isnull=False, access_months__gt=0),
                name="access_by_relay_is_somebodys_and_ends",
            ),
        )
        indexes = (
            models.Index(fields=["state", "due_on"], name="relay_by_due_day"),
            models.Index(fields=["to_user", "state"], name="relay_to_user"),
        )

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.state}"


class Outcome(Classified):
    """What somebody did at a moment after the end of a placement: append-only; a correction is a new row that `corrects` the last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="outcomes")
    moment = models.CharField(max_length=5, choices=[(moment.value, moment.value) for moment in OutcomeMoment])
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in OutcomeKind])
    source = models.CharField(max_length=12, choices=[(source.value, source.value) for source in OutcomeSource])
    on = models.DateField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by")
    by_label = models.CharField(max_length=200)
    channel = models.CharField(max_length=10)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "referral": _PERSONAL,
        "ending": _PERSONAL,
        "moment": _INTERNAL,
        "kind": _PERSONAL,
        "source": _INTERNAL,
        "on": _PERSONAL,
        "corrects": _INTERNAL,
        "by_label": _PERSONAL,
        "channel": _INTERNAL,
        "at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["ending", "moment"],
                condition=Q(corrects__isnull=True),
                name="one_outcome_per_moment",
                violation_error_message="This moment has an outcome already.",
            ),
        )
        indexes = (models.Index(fields=["referral", "moment"], name="outcome_by_referral"),)
        triggers = (pgtrigger.Protect(name="outcomes_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.referral_id} {self.moment}: {self.kind}"


class OutcomeAsked(Classified):
    """That a person was asked by link for an outcome at a moment: once, so that nobody is asked twice for the same thing."""

    id = models.BigAutoField(primary_key=True)
    ending = models.ForeignKey(Ending, on_delete=models.PROTECT, related_name="asked")
    moment = models.CharField(max_length=5, choices=[(moment.value, moment.value) for moment in OutcomeMoment])
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    privacy = {"id": _INTERNAL, "ending": _PERSONAL, "moment": _INTERNAL, "at": _INTERNAL, "by_label": _PERSONAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-at", "id")
        constraints = (models.UniqueConstraint(fields=["ending", "moment"], name="asked_once_per_moment"),)

    def __str__(self) -> str:
        return f"{self.ending_id} {self.moment}"


class CopiedLine(Classified):
    """That a line of somebody's sheet was copied to the partner's other system; the digest tells whether it changed since.

    `line` is the key of the line, `digest` a keyed hash of what it said. Append-only: the last row of a line counts.
    """

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40)
    digest = models.CharField(max_length=32)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {"id": _INTERNAL, "referral": _PERSONAL, "line": _INTERNAL, "digest": _PERSONAL, "by_label": _PERSONAL, "at": _INTERNAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["referral", "line", "-at"], name="copied_by_line"),)
        triggers = (pgtrigger.Protect(name="copies_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.referral_id} {self.line}"
