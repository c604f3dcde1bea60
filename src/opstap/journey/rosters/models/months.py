"""Months as they were closed for pay and invoices: what was closed never changes, a correction is a later closing of differences."""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Organisation
from opstap.journey.associations.models import Association, Contract

_INTERNAL, _PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL
_OPEN_ONLY = """
    IF EXISTS (SELECT 1 FROM rosters_workedmonth WHERE id = COALESCE(OLD.month_id, NEW.month_id) AND is_closed) THEN
        RAISE EXCEPTION 'a closed month never changes';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""
"""A trigger's body: the lines of a month that was closed are as they were sent."""


class WorkedMonth(Classified):
    """A month of an association as it was closed. `number` 1 is the month itself, 2 and up are later corrections (differences).

    A correction counts when somebody other than who proposed it approved it. `month` is its first day; `minutes` the sum of what was
    worked; `digest` is the SHA-256 of the lines.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    minutes = models.IntegerField()
    digest = models.CharField(max_length=64)
    is_closed = models.BooleanField(default=False)
    closed_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField()
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    privacy = {
        "id": _INTERNAL,
        "association": _INTERNAL,
        "month": _INTERNAL,
        "number": _INTERNAL,
        "minutes": _INTERNAL,
        "digest": _INTERNAL,
        "is_closed": _INTERNAL,
        "closed_by": _PERSONAL,
        "closed_at": _INTERNAL,
        "proposer": _INTERNAL,
        "approver": _INTERNAL,
        "approved_by": _PERSONAL,
        "approved_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("month", "number")
        constraints = (
            models.UniqueConstraint(fields=["association", "month", "number"], name="worked_month_closed_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="worked_month_is_its_first_day"),
            models.CheckConstraint(condition=~Q(approver=F("proposer")), name="correction_is_approved_by_another"),
        )
        triggers = (
            pgtrigger.Protect(
                name="closed_worked_month_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__is_closed=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.association_id} {self.month:%Y-%m} #{self.number}"


class WorkedLine(Classified):
    """Minutes and days of one worker in a closed month: worked for a `member`, or (without one) not worked, by its `kind`.

    In a correction they are the difference with what was closed before, and can be negative.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.ForeignKey(WorkedMonth, on_delete=models.PROTECT, related_name="lines")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, blank=True)
    days = models.SmallIntegerField()
    minutes = models.IntegerField()

    privacy = {
        "id": _INTERNAL,
        "month": _INTERNAL,
        "contract": _PERSONAL,
        "member": _PERSONAL,
        "kind": _PERSONAL,
        "days": _PERSONAL,
        "minutes": _PERSONAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("contract__person__folded_name", "member__folded_name", "kind", "id")
        constraints = (
            models.UniqueConstraint(fields=["month", "contract", "member", "kind"], name="worked_line_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(member__isnull=False, kind="") | (Q(member__isnull=True) & ~Q(kind="")), name="line_is_worked_or_not"
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="closed_lines_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_OPEN_ONLY,
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.minutes}"
