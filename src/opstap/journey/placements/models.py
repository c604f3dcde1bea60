"""Who works where: the database is the last guard of seats and of people's half-days."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.journey.matching.models import Proposal
from opstap.journey.people.models import Person
from opstap.journey.placements.enums import PlacementState
from opstap.journey.places.models import Seat
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL


class Placement(Classified):
    """One person on one seat for `[start, until)`; two placements never share a seat on a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="placement")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    period = DateRangeField()
    state = models.CharField(max_length=15, choices=[(state.value, state.value) for state in PlacementState])
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    privacy = {
        "id": _INTERNAL,
        "proposal": _INTERNAL,
        "referral": _PERSONAL,
        "person": _PERSONAL,
        "seat": _PERSONAL,
        "instrument": _PERSONAL,
        "period": _PERSONAL,
        "state": _PERSONAL,
        "created_by": _PERSONAL,
        "created_at": _INTERNAL,
        "ended_at": _INTERNAL,
        "end_reason": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (
            ExclusionConstraint(
                name="one_person_per_seat",
                expressions=[("seat", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=~Q(state="cancelled"),
                violation_error_message="This seat has just been taken by somebody else.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.seat_id}: {self.state}"


class PlacementHalfDay(Classified):
    """One half-day of the week that a placement takes of a person: nobody works in two places at once."""

    id = models.BigAutoField(primary_key=True)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="half_days")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    half_day = models.PositiveSmallIntegerField()
    period = DateRangeField()

    privacy = {"id": _INTERNAL, "placement": _PERSONAL, "person": _PERSONAL, "half_day": _PERSONAL, "period": _PERSONAL}
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("placement", "half_day")
        constraints = (
            ExclusionConstraint(
                name="one_place_per_half_day",
                expressions=[("person", RangeOperators.EQUAL), ("half_day", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message="This person already works somewhere on this half-day.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement_id} / {self.half_day}"
