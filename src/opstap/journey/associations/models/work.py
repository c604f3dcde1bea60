"""What the sites ask for: functions, which of them are a shortage occupation, and how many people on which day."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models.periods import period_rises
from opstap.journey.associations.models.structure import Association

_INTERNAL, _PERSONAL, _PUBLIC = Privacy.INTERNAL, Privacy.PERSONAL, Privacy.PUBLIC

DAY_MINUTES = 24 * 60


class Function(Classified):
    """A kind of work of the association: what it asks of a body (codes of limits), which licences, and whether nobody likes it.

    `occupation` is a code of ESCO ("" for none). `is_assumed`: what it asks of a body came with the product and is to be confirmed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="functions")
    title = models.CharField(max_length=120)
    folded_title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=120, blank=True)
    demands = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    licences = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    is_unloved = models.BooleanField(default=False)
    is_assumed = models.BooleanField(default=False)

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "title": _INTERNAL,
        "folded_title": _INTERNAL,
        "occupation": _INTERNAL,
        "demands": _INTERNAL,
        "licences": _INTERNAL,
        "is_unloved": _INTERNAL,
        "is_assumed": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("folded_title",)
        constraints = (models.UniqueConstraint(fields=["association", "folded_title"], name="function_once_per_association"),)

    def __str__(self) -> str:
        return self.title


class ShortageList(Classified):
    """The shortage occupations of a year, as the list that was uploaded names them; a later list for the same year replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="shortage_lists")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    filename = models.CharField(max_length=200)
    uploaded_by = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "year": _PUBLIC,
        "source": _PUBLIC,
        "filename": _INTERNAL,
        "uploaded_by": _PERSONAL,
        "uploaded_at": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=["association", "year"], name="shortage_list_once_a_year"),)

    def __str__(self) -> str:
        return f"shortage occupations of {self.year}"


class ShortageOccupation(Classified):
    """One line of a shortage list: a title and/or a code of ESCO."""

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(ShortageList, on_delete=models.CASCADE, related_name="occupations")
    occupation = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200, blank=True)
    folded_title = models.CharField(max_length=200, blank=True)

    privacy = {"id": _INTERNAL, "list": _PUBLIC, "occupation": _PUBLIC, "title": _PUBLIC, "folded_title": _PUBLIC}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("folded_title", "id")

    def __str__(self) -> str:
        return self.title or self.occupation


class Shortage(Classified):
    """That a function is a shortage occupation in a year. `is_by_hand`: somebody said so; a later list then leaves it."""

    id = models.BigAutoField(primary_key=True)
    function = models.ForeignKey(Function, on_delete=models.CASCADE, related_name="shortages")
    year = models.PositiveSmallIntegerField()
    as_listed = models.CharField(max_length=200, blank=True)
    is_by_hand = models.BooleanField(default=False)

    privacy = {"id": _INTERNAL, "function": _INTERNAL, "year": _PUBLIC, "as_listed": _PUBLIC, "is_by_hand": _INTERNAL}
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=["function", "year"], name="shortage_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.function} in {self.year}"


class SiteDemand(Classified):
    """How many people a site asks for a function, from `starts` to `ends` (minutes after midnight), `pause` minutes of break.

    Either every `weekday` (0 is Monday) of `[from_on, until_on)`, or `on` one day: that replaces the weekday's line for the same
    site, function and start on that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="demands")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField(default=0)
    minimum = models.PositiveSmallIntegerField()
    wanted = models.PositiveSmallIntegerField()
    maximum = models.PositiveSmallIntegerField()

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "site": _INTERNAL,
        "function": _INTERNAL,
        "weekday": _INTERNAL,
        "on": _INTERNAL,
        "from_on": _INTERNAL,
        "until_on": _INTERNAL,
        "starts": _INTERNAL,
        "ends": _INTERNAL,
        "pause": _INTERNAL,
        "minimum": _INTERNAL,
        "wanted": _INTERNAL,
        "maximum": _INTERNAL,
    }
    retention = Retention.REFERENCE

    class Meta:
        ordering = ("site__name", "function__folded_title", "on", "weekday", "starts", "id")
        constraints = (
            models.CheckConstraint(condition=Q(minimum__lte=F("wanted"), wanted__lte=F("maximum")), name="demand_rises"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends") - F("pause"), ends__lte=DAY_MINUTES), name="demand_hours_run_forward"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, on__isnull=False, from_on__isnull=True, until_on__isnull=True)
                | Q(weekday__isnull=False, weekday__lte=6, on__isnull=True),
                name="demand_on_a_weekday_or_a_day",
            ),
            period_rises("demand_ends_after_it_starts"),
        )
        indexes = (models.Index(fields=["association", "site"], name="demand_by_site"),)

    def __str__(self) -> str:
        return f"{self.site}, {self.function}: {self.minimum}/{self.wanted}/{self.maximum}"
