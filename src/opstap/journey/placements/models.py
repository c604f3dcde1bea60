"""Who works where: the database is the last guard of seats and of people's half-days."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.journey.matching.models import Proposal
from opstap.journey.people.models import Person
from opstap.journey.placements.enums import EndReason, PlacementState
from opstap.journey.places.models import Seat
from opstap.journey.referrals.models import Referral

_INTERNAL, _PERSONAL, _SENSITIVE = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.SENSITIVE


class Placement(Classified):
    """One person on one seat for `[start, until)`; two placements never share a seat on a day.

    An end cuts the period, here and of the half-days, so that the rest of it is free for somebody else. `state` follows
    `enums.TRANSITIONS`; `agreed_hours_month` are the hours a month that the agreement says.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+", related_query_name="placement")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    period = DateRangeField()
    state = models.CharField(max_length=15, choices=[(state.value, state.value) for state in PlacementState])
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    agreed_hours_month = models.PositiveSmallIntegerField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason_code = models.CharField(max_length=20, blank=True, choices=[(code.value, code.value) for code in EndReason])
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = SealedField(null=True, blank=True)

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
        "agreed_hours_month": _PERSONAL,
        "started_at": _INTERNAL,
        "ended_on": _PERSONAL,
        "end_reason_code": _PERSONAL,
        "ended_at": _INTERNAL,
        "end_reason": _SENSITIVE,
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
            models.CheckConstraint(
                condition=~Q(state="ended") | (Q(ended_on__isnull=False) & ~Q(end_reason_code="")),
                name="an_end_has_a_day_and_a_reason",
            ),
        )
        indexes = (
            models.Index(fields=["referral", "state"], name="placement_by_referral"),
            models.Index(fields=["state", "seat"], name="placement_by_state"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} on {self.seat_id}: {self.state}"


class PlacementHalfDay(Classified):
    """One half-day of the week that a placement takes of a person: nobody works in two places at once.

    `hours_month` are the hours a month that were agreed for this period; without it the placement's own count.
    """

    id = models.BigAutoField(primary_key=True)
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="half_days")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    half_day = models.PositiveSmallIntegerField()
    period = DateRangeField()
    hours_month = models.PositiveSmallIntegerField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "placement": _PERSONAL,
        "person": _PERSONAL,
        "half_day": _PERSONAL,
        "period": _PERSONAL,
        "hours_month": _PERSONAL,
    }
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
