"""Tasks that a rule opens: who should do what by when, and the facts that say why. Nothing here weighs a person."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Mentor, Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.followup.enums import EndReason, Rule, TaskState
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL


class Task(Classified):
    """One thing to do because a rule's cause is there: about a person (`referral`), or about a place whose mentor is away.

    `once` names the cause ("no_contact:<referral>:<day>"): the same cause never opens two tasks. `owner` is null when nobody is
    there to have it. `facts` hold days, numbers and ids for the rule's text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(max_length=20, choices=[(rule.value, rule.value) for rule in Rule])
    once = models.CharField(max_length=120, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    snoozed_until = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in TaskState], default=TaskState.OPEN.value)
    end_reason = models.CharField(max_length=12, blank=True, choices=[(reason.value, reason.value) for reason in EndReason])
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)

    privacy = {
        "id": _INTERNAL,
        "rule": _PERSONAL,
        "once": _INTERNAL,
        "programme": _INTERNAL,
        "referral": _PERSONAL,
        "placement": _PERSONAL,
        "place": _INTERNAL,
        "mentor": _PERSONAL,
        "owner": _INTERNAL,
        "organisation": _INTERNAL,
        "due_on": _INTERNAL,
        "snoozed_until": _INTERNAL,
        "opened_at": _INTERNAL,
        "state": _INTERNAL,
        "end_reason": _INTERNAL,
        "closed_at": _INTERNAL,
        "closed_by": _PERSONAL,
        "note": _PERSONAL,
        "facts": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("due_on", "opened_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(referral__isnull=False) | Q(place__isnull=False), name="task_is_about_something"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True, end_reason="")
                | (~Q(state="open") & Q(closed_at__isnull=False) & ~Q(end_reason="")),
                name="closed_task_says_why",
            ),
        )
        indexes = (
            models.Index(fields=["referral", "-opened_at"], name="task_by_referral"),
            models.Index(fields=["owner", "due_on"], condition=Q(state="open"), name="open_task_by_owner"),
            models.Index(fields=["rule"], condition=Q(state="open"), name="open_task_by_rule"),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.once}: {self.state}"


class RuleNumber(Classified):
    """A number of a rule that a programme set itself: append-only, the latest row of a rule's number counts from its moment on."""

    id = models.BigAutoField(primary_key=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20, choices=[(rule.value, rule.value) for rule in Rule])
    name = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField()
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "programme": _INTERNAL,
        "rule": _INTERNAL,
        "name": _INTERNAL,
        "value": _INTERNAL,
        "by_label": _PERSONAL,
        "at": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["programme", "rule", "name", "-at"], name="rule_number_latest"),)
        triggers = (pgtrigger.Protect(name="rule_numbers_append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.programme_id} {self.rule}.{self.name}: {self.value}"
