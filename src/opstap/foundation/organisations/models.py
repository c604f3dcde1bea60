"""Organisations, where they work, and the mentors who guard their learners."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.enums import OrganisationKind

_INTERNAL, _PERSONAL, _PUBLIC = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.PUBLIC


class Organisation(Classified):
    """A city, social enterprise, association, school or partner that offers places or follows people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in OrganisationKind])
    enterprise_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    learner_limit = models.PositiveSmallIntegerField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "name": _PUBLIC,
        "folded_name": _PUBLIC,
        "kind": _PUBLIC,
        "enterprise_number": _PUBLIC,
        "phone": _PUBLIC,
        "email": _PUBLIC,
        "learner_limit": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("folded_name",)

    def __str__(self) -> str:
        return self.name


class Site(Classified):
    """A place on the map where an organisation works."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    municipality = models.CharField(max_length=100, blank=True)
    neighbourhood = models.CharField(max_length=100, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "organisation": _PUBLIC,
        "name": _PUBLIC,
        "street": _PUBLIC,
        "postcode": _PUBLIC,
        "municipality": _PUBLIC,
        "neighbourhood": _PUBLIC,
        "longitude": _PUBLIC,
        "latitude": _PUBLIC,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("name", "street", "id")

    def __str__(self) -> str:
        return self.name


class Mentor(Classified):
    """Somebody on the work floor who guides learners: certified, with a limit on how many at once.

    The certificate holds on `[certified_on, certified_until)`; without `certified_until` it does not end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mentors")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    certified_on = models.DateField(null=True, blank=True)
    certified_until = models.DateField(null=True, blank=True)
    learner_limit = models.PositiveSmallIntegerField(default=3)
    user_id = models.UUIDField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "organisation": _INTERNAL,
        "name": _PERSONAL,
        "email": _PERSONAL,
        "certified_on": _PERSONAL,
        "certified_until": _PERSONAL,
        "learner_limit": _INTERNAL,
        "user_id": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=["organisation", "name"], name="mentor_once_per_organisation"),
            models.CheckConstraint(condition=Q(learner_limit__lte=20), name="mentor_limit_is_humane"),
        )

    def __str__(self) -> str:
        return self.name


class MentorAbsence(Classified):
    """Days on which a mentor is away: `[starts_on, until_on)`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    until_on = models.DateField()

    privacy = {"id": _INTERNAL, "mentor": _PERSONAL, "starts_on": _PERSONAL, "until_on": _PERSONAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("starts_on", "id")
        constraints = (models.CheckConstraint(condition=Q(until_on__gt=models.F("starts_on")), name="absence_ends_after_it_starts"),)

    def __str__(self) -> str:
        return f"{self.mentor}: {self.starts_on} - {self.until_on}"
