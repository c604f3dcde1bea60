"""Trainings for mentors, who has a seat, the certificates that came of it, and who stands in for whom."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Mentor
from opstap.foundation.programmes.models import Programme
from opstap.journey.mentoring.enums import EnrolmentState

_INTERNAL, _PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL


class TrainingSession(Classified):
    """A training for mentors on a day: what it is about (`enums.Topic`), when, where, how many seats, who gives it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    topics = ArrayField(models.CharField(max_length=15))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=200)
    places = models.PositiveSmallIntegerField()
    trainer = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "programme": _INTERNAL,
        "title": _INTERNAL,
        "topics": _INTERNAL,
        "starts_at": _INTERNAL,
        "ends_at": _INTERNAL,
        "where": _INTERNAL,
        "places": _INTERNAL,
        "trainer": _PERSONAL,
        "cancelled_at": _INTERNAL,
        "created_by": _INTERNAL,
        "created_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="training_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(places__gte=1, places__lte=100), name="training_has_1_to_100_seats"),
        )

    def __str__(self) -> str:
        return f"{self.title} on {self.starts_at:%Y-%m-%d}"


class Enrolment(Classified):
    """A mentor's seat at a training."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="enrolments")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in EnrolmentState])
    enrolled_by = models.CharField(max_length=200)
    enrolled_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "session": _PERSONAL,
        "mentor": _PERSONAL,
        "state": _PERSONAL,
        "enrolled_by": _PERSONAL,
        "enrolled_at": _INTERNAL,
        "noted_by": _PERSONAL,
        "noted_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("mentor__name", "id")
        constraints = (
            models.UniqueConstraint(fields=["session", "mentor"], condition=~Q(state="cancelled"), name="one_seat_at_a_training"),
        )

    def __str__(self) -> str:
        return f"{self.mentor} at {self.session}: {self.state}"


class Certificate(Classified):
    """That somebody is a trained mentor for `[issued_on, expires_on)`; without `expires_on` it does not end.

    `document` is the paper as it was given, byte for byte, `digest` its SHA-256. Without a session it was earned elsewhere: `source`
    says where, and there is no paper of ours.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    document = models.BinaryField(null=True, blank=True)
    issued_by = models.CharField(max_length=200)
    issued_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "mentor": _PERSONAL,
        "session": _PERSONAL,
        "number": _PERSONAL,
        "issued_on": _PERSONAL,
        "expires_on": _PERSONAL,
        "source": _PERSONAL,
        "digest": _INTERNAL,
        "document": _PERSONAL,
        "issued_by": _PERSONAL,
        "issued_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-issued_on", "-number")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("issued_on")), name="certificate_holds_a_while"
            ),
            models.UniqueConstraint(fields=["session", "mentor"], name="one_certificate_of_a_training"),
        )

    def __str__(self) -> str:
        return f"{self.number} of {self.mentor}"


class BackUp(Classified):
    """Who guides a mentor's learners while the mentor is away: `[from_on, until_on)`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="+")
    stands_in = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    named_by = models.CharField(max_length=200)
    named_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "mentor": _PERSONAL,
        "stands_in": _PERSONAL,
        "from_on": _PERSONAL,
        "until_on": _PERSONAL,
        "named_by": _PERSONAL,
        "named_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("from_on", "id")
        constraints = (
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="back_up_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(stands_in=F("mentor")), name="nobody_is_their_own_back_up"),
        )
        indexes = (models.Index(fields=["mentor", "until_on"], name="back_up_by_mentor"),)

    def __str__(self) -> str:
        return f"{self.stands_in} for {self.mentor}: {self.from_on} - {self.until_on}"
