"""Programmes, the organisations that take part, and the neighbourhoods of their region."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.enums import DEFAULT_ORDER, Part

_INTERNAL, _PUBLIC = Privacy.INTERNAL, Privacy.PUBLIC


def default_order() -> list[str]:
    """Return the order of the soft criteria that a new programme starts with."""
    return list(DEFAULT_ORDER)


class Programme(Classified):
    """A period in which partners together bring people to work: its region, its instruments and the order of what counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200, unique=True)
    starts_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    municipalities = ArrayField(models.CharField(max_length=100))
    instruments = ArrayField(models.CharField(max_length=40))
    order = ArrayField(models.CharField(max_length=20), default=default_order)
    answer_days = models.PositiveSmallIntegerField(default=10)
    travel_minutes = models.PositiveSmallIntegerField(default=45)
    stalled_days = models.PositiveSmallIntegerField(default=30)
    confirm_days = models.PositiveSmallIntegerField(default=60)
    least_days_left = models.PositiveSmallIntegerField(default=30)
    weekly_messages = models.PositiveSmallIntegerField(default=3)
    quiet_from = models.PositiveSmallIntegerField(default=20)
    quiet_until = models.PositiveSmallIntegerField(default=8)
    target_places = models.PositiveIntegerField(null=True, blank=True)
    target_people = models.PositiveIntegerField(null=True, blank=True)
    desk_phone = models.CharField(max_length=30, blank=True)
    desk_hours = models.CharField(max_length=100, blank=True)
    seed = models.PositiveIntegerField(default=1)

    privacy = {
        "id": _INTERNAL,
        "name": _PUBLIC,
        "starts_on": _PUBLIC,
        "until_on": _PUBLIC,
        "municipalities": _PUBLIC,
        "instruments": _PUBLIC,
        "order": _PUBLIC,
        "answer_days": _PUBLIC,
        "travel_minutes": _PUBLIC,
        "stalled_days": _INTERNAL,
        "confirm_days": _INTERNAL,
        "least_days_left": _PUBLIC,
        "weekly_messages": _INTERNAL,
        "quiet_from": _INTERNAL,
        "quiet_until": _INTERNAL,
        "target_places": _PUBLIC,
        "target_people": _PUBLIC,
        "desk_phone": _PUBLIC,
        "desk_hours": _PUBLIC,
        "seed": _PUBLIC,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("starts_on", "name")

    def __str__(self) -> str:
        return self.name


class Participation(Classified):
    """An organisation's part in a programme: coordinating, counselling or hosting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=[(part.value, part.value) for part in Part])

    privacy = {"id": _INTERNAL, "programme": _PUBLIC, "organisation": _PUBLIC, "part": _PUBLIC}
    retention = Retention.REFERENCE

    class Meta:
        constraints = (models.UniqueConstraint(fields=["programme", "organisation", "part"], name="part_once_per_programme"),)

    def __str__(self) -> str:
        return f"{self.organisation} ({self.part}) in {self.programme}"


class Neighbourhood(Classified):
    """A neighbourhood with its centre: for travel times and for the map."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=100)
    folded_name = models.CharField(max_length=100)
    municipality = models.CharField(max_length=100)
    postcode = models.CharField(max_length=10)
    longitude = models.FloatField()
    latitude = models.FloatField()

    privacy = {
        "id": _INTERNAL,
        "name": _PUBLIC,
        "folded_name": _PUBLIC,
        "municipality": _PUBLIC,
        "postcode": _PUBLIC,
        "longitude": _PUBLIC,
        "latitude": _PUBLIC,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("municipality", "name")
        constraints = (models.UniqueConstraint(fields=["municipality", "folded_name"], name="neighbourhood_once"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.municipality})"
