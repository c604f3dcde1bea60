"""Slots that staff and hosts open, invitations to choose one, and trial days at the host."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.journey.appointments.enums import USES_A_SLOT, InvitationKind, InvitationState, TrialState, Verdict
from opstap.journey.placements.models import Placement
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Slot(Classified):
    """A moment at which a counsellor, or the host of a place, receives one person. `minutes` is how long it lasts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    where = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "counsellor": _INTERNAL,
        "place": _INTERNAL,
        "starts_at": _INTERNAL,
        "minutes": _INTERNAL,
        "where": _INTERNAL,
        "closed_at": _INTERNAL,
        "created_by": _INTERNAL,
        "created_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(counsellor__isnull=False, place__isnull=True) | Q(counsellor__isnull=True, place__isnull=False),
                name="slot_of_one_party",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="slot_lasts_5_to_480_minutes"),
            models.UniqueConstraint(fields=["counsellor", "starts_at"], condition=Q(closed_at__isnull=True), name="counsellor_slot_once"),
            models.UniqueConstraint(fields=["place", "starts_at"], condition=Q(closed_at__isnull=True), name="place_slot_once"),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.where}"


class Invitation(Classified):
    """An invitation to a talk or a visit: the person chooses the slot; the database keeps two people off one slot.

    `called_off_at`: when the person called their moment off, until they choose another one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=15, choices=[(kind.value, kind.value) for kind in InvitationKind])
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in InvitationState])
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    booked_at = models.DateTimeField(null=True, blank=True)
    channel = models.CharField(max_length=10, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_by = models.CharField(max_length=200, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    times_offered = models.PositiveSmallIntegerField(default=1)
    by_label = models.CharField(max_length=200)

    privacy = {
        "id": _INTERNAL,
        "kind": _PERSONAL,
        "referral": _PERSONAL,
        "counsellor": _INTERNAL,
        "place": _PERSONAL,
        "slot": _PERSONAL,
        "state": _PERSONAL,
        "offered_at": _INTERNAL,
        "expires_at": _INTERNAL,
        "reminded_at": _INTERNAL,
        "booked_at": _INTERNAL,
        "channel": _INTERNAL,
        "outcome_at": _INTERNAL,
        "outcome_by": _PERSONAL,
        "called_off_at": _PERSONAL,
        "times_offered": _INTERNAL,
        "by_label": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-offered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(state__in=[state.value for state in USES_A_SLOT]),
                name="one_person_per_slot",
                violation_error_message="Somebody else just took this moment.",
            ),
            models.UniqueConstraint(
                fields=["referral", "kind"],
                condition=Q(state__in=["offered", "booked"]),
                name="one_open_invitation_of_a_kind",
            ),
        )
        indexes = (
            models.Index(fields=["state", "expires_at"], name="invitation_by_expiry"),
            models.Index(fields=["referral", "-offered_at"], name="invitation_by_referral"),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.referral_id}: {self.state}"


class TrialDay(Classified):
    """A day on which somebody tries the work before the agreement; both sides say what they think of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in TrialState])
    person_verdict = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Verdict])
    person_words = SealedField(null=True, blank=True)
    host_verdict = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Verdict])
    host_words = SealedField(null=True, blank=True)
    planned_by = models.CharField(max_length=200)
    planned_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "placement": _PERSONAL,
        "starts_at": _PERSONAL,
        "minutes": _PERSONAL,
        "state": _PERSONAL,
        "person_verdict": _PERSONAL,
        "person_words": _SENSITIVE,
        "host_verdict": _PERSONAL,
        "host_words": _SENSITIVE,
        "planned_by": _PERSONAL,
        "planned_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["placement", "starts_at"], condition=~Q(state="cancelled"), name="trial_once_at_a_moment"),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} on {self.starts_at:%Y-%m-%d}: {self.state}"
