"""Rosters with their shifts, what the planner pinned, and every move of a hand; what is published never changes."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Association, Contract, Function
from opstap.journey.rosters.enums import ChangeKind, RosterKind, RosterState

_INTERNAL, _PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL
_UNPUBLISHED = """
    IF EXISTS (SELECT 1 FROM rosters_roster WHERE id = COALESCE(OLD.roster_id, NEW.roster_id) AND state IN ('published', 'replaced')) THEN
        RAISE EXCEPTION 'what is published never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
"""A trigger's body: shifts of a roster that was published are as they were told."""


class Roster(Classified):
    """A roster for some weeks from a Monday: what it was made from (digest, seed, order, versions) and how good it is (cost, bound).

    `revision` grows with every move. `based_on`: the roster that it repairs, copies or tries something beside. `suppositions`: what is
    only supposed in it; such a roster is never told. `newcomers`: the shifts of people who are only supposed. `scarce` holds what the
    prices of the bound say: whom to train next. `parts`: points per criterion. Times are minutes after midnight everywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in RosterKind])
    title = models.CharField(max_length=120, blank=True)
    start = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in RosterState])
    seed = models.PositiveIntegerField()
    order = ArrayField(models.CharField(max_length=20))
    seconds = models.PositiveSmallIntegerField()
    progress = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=15, blank=True)
    cost = models.IntegerField(null=True, blank=True)
    bound = models.IntegerField(null=True, blank=True)
    unavoidable = models.IntegerField(null=True, blank=True)
    parts = models.JSONField(default=dict, blank=True)
    scarce = models.JSONField(default=list, blank=True)
    input_digest = models.CharField(max_length=64, blank=True)
    versions = models.JSONField(default=dict, blank=True)
    failure = models.JSONField(null=True, blank=True)
    suppositions = models.JSONField(default=list, blank=True)
    newcomers = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_by_label = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    published_by_label = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "kind": _INTERNAL,
        "title": _INTERNAL,
        "start": _INTERNAL,
        "weeks": _INTERNAL,
        "state": _INTERNAL,
        "seed": _INTERNAL,
        "order": _INTERNAL,
        "seconds": _INTERNAL,
        "progress": _INTERNAL,
        "status": _INTERNAL,
        "cost": _INTERNAL,
        "bound": _INTERNAL,
        "unavoidable": _INTERNAL,
        "parts": _INTERNAL,
        "scarce": _INTERNAL,
        "input_digest": _INTERNAL,
        "versions": _INTERNAL,
        "failure": _PERSONAL,
        "suppositions": _PERSONAL,
        "newcomers": _INTERNAL,
        "revision": _INTERNAL,
        "based_on": _INTERNAL,
        "made_by": _INTERNAL,
        "made_by_label": _PERSONAL,
        "made_at": _INTERNAL,
        "finished_at": _INTERNAL,
        "published_by_label": _PERSONAL,
        "published_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-start", "-made_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(start__iso_week_day=1), name="roster_begins_on_a_monday"),
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=52), name="roster_has_1_to_52_weeks"),
            models.CheckConstraint(
                condition=Q(state__in=("published", "replaced"), published_at__isnull=False)
                | (~Q(state__in=("published", "replaced")) & Q(published_at__isnull=True)),
                name="roster_is_published_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(suppositions=[]) | ~Q(state__in=("published", "replaced")), name="supposition_is_never_told"
            ),
            models.CheckConstraint(condition=Q(bound__isnull=True) | Q(bound__lte=F("cost")), name="roster_bound_below_cost"),
        )
        indexes = (models.Index(fields=["association", "state", "start"], name="roster_by_association"),)

    def __str__(self) -> str:
        return f"{self.association_id} from {self.start}: {self.state}"


class RosterShift(Classified):
    """One shift: who, on which day, from when until when, at which site and for what. `is_learner`: beside somebody who can."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="shifts")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    starts = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    pause = models.PositiveSmallIntegerField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+")
    is_learner = models.BooleanField()

    privacy = {
        "id": _INTERNAL,
        "roster": _INTERNAL,
        "contract": _PERSONAL,
        "on": _PERSONAL,
        "starts": _PERSONAL,
        "ends": _PERSONAL,
        "pause": _PERSONAL,
        "site": _PERSONAL,
        "function": _PERSONAL,
        "is_learner": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("on", "starts", "id")
        constraints = (
            models.UniqueConstraint(fields=["roster", "contract", "on"], name="one_shift_a_worker_a_day"),
            models.CheckConstraint(condition=Q(starts__lt=F("ends") - F("pause")), name="shift_hours_run_forward"),
        )
        indexes = (
            models.Index(fields=["roster", "on"], name="roster_shift_by_day"),
            models.Index(fields=["contract", "on"], name="roster_shift_by_worker"),
        )
        triggers = (
            pgtrigger.Trigger(
                name="published_shifts_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_UNPUBLISHED,
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} on {self.on}"

    @property
    def minutes(self) -> int:
        """Minutes of work, the break not counted."""
        return self.ends - self.starts - self.pause


class RosterPin(Classified):
    """What the planner decided for a worker on a day: this work, or (without a site) free. A new search keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="pins")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.PositiveSmallIntegerField(default=0)

    privacy = {
        "id": _INTERNAL,
        "roster": _INTERNAL,
        "contract": _PERSONAL,
        "on": _PERSONAL,
        "site": _PERSONAL,
        "function": _PERSONAL,
        "starts": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("on", "id")
        constraints = (
            models.UniqueConstraint(fields=["roster", "contract", "on"], name="one_pin_a_worker_a_day"),
            models.CheckConstraint(
                condition=Q(site__isnull=True, function__isnull=True) | Q(site__isnull=False, function__isnull=False),
                name="pin_has_site_and_function_or_neither",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} on {self.on}"


class RosterChange(Classified):
    """One move by hand, to be undone in reverse order: the shifts before and after as JSON, who, when, why, and what it cost in points."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in ChangeKind])
    before = models.JSONField(default=list, blank=True)
    after = models.JSONField(default=list, blank=True)
    points = models.IntegerField(default=0)
    why = models.CharField(max_length=300, blank=True)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "roster": _INTERNAL,
        "number": _INTERNAL,
        "kind": _INTERNAL,
        "before": _PERSONAL,
        "after": _PERSONAL,
        "points": _INTERNAL,
        "why": _PERSONAL,
        "by_label": _PERSONAL,
        "at": _INTERNAL,
        "undone_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["roster", "number"], name="change_number_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.roster_id}"
