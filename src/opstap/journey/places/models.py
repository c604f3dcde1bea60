"""Work-learning places and their seats: a seat is a row, so that the database can keep two people off it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.models import Programme

_INTERNAL, _PUBLIC = Privacy.INTERNAL, Privacy.PUBLIC


class Place(Classified):
    """A kind of work at a site with one or more seats: what it asks, what it teaches, when, and with which mentor.

    `half_days` is a mask of 14 bits; the period is `[starts_on, until_on)`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    import_key = models.CharField(max_length=400, blank=True)
    title = models.CharField(max_length=200)
    occupation_code = models.CharField(max_length=20, blank=True)
    tasks = models.TextField(blank=True)
    hours_per_month = models.PositiveSmallIntegerField(null=True, blank=True)
    half_days = models.PositiveSmallIntegerField()
    dutch_level = models.CharField(max_length=10, default="none")
    licences = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    demands = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    teaches = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    instruments = ArrayField(models.CharField(max_length=40))
    starts_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    pause_reason = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "id": _INTERNAL,
        "programme": _PUBLIC,
        "organisation": _PUBLIC,
        "site": _PUBLIC,
        "mentor": _INTERNAL,
        "import_key": _INTERNAL,
        "title": _PUBLIC,
        "occupation_code": _PUBLIC,
        "tasks": _PUBLIC,
        "hours_per_month": _PUBLIC,
        "half_days": _PUBLIC,
        "dutch_level": _PUBLIC,
        "licences": _PUBLIC,
        "demands": _PUBLIC,
        "teaches": _PUBLIC,
        "instruments": _PUBLIC,
        "starts_on": _PUBLIC,
        "until_on": _PUBLIC,
        "paused_from": _INTERNAL,
        "paused_until": _INTERNAL,
        "pause_reason": _INTERNAL,
        "confirmed_at": _INTERNAL,
        "confirmed_by": _INTERNAL,
        "closed_at": _INTERNAL,
        "version": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("organisation__folded_name", "title", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=models.F("starts_on")), name="place_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(half_days__gt=0, half_days__lt=16384), name="place_has_half_days"),
            models.UniqueConstraint(fields=["programme", "import_key"], condition=~Q(import_key=""), name="place_imported_once"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.organisation})"


class Seat(Classified):
    """One learner's room at a place. Retired seats stay, for what happened on them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    created_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)

    privacy = {"id": _INTERNAL, "place": _PUBLIC, "number": _PUBLIC, "created_on": _INTERNAL, "retired_on": _INTERNAL}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("place", "number")
        constraints = (models.UniqueConstraint(fields=["place", "number"], name="seat_number_once_per_place"),)

    def __str__(self) -> str:
        return f"{self.place} / {self.number}"


class Hold(Classified):
    """Seats kept free until a date, with a reason: a round leaves them alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="holds")
    seats = models.PositiveSmallIntegerField()
    until_on = models.DateField()
    reason = models.CharField(max_length=300)
    by_label = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "place": _INTERNAL,
        "seats": _INTERNAL,
        "until_on": _INTERNAL,
        "reason": _INTERNAL,
        "by_label": _INTERNAL,
        "created_at": _INTERNAL,
        "released_at": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("until_on", "id")
        constraints = (models.CheckConstraint(condition=Q(seats__gt=0), name="hold_has_seats"),)

    def __str__(self) -> str:
        return f"{self.seats} held at {self.place} until {self.until_on}"
