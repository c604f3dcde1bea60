"""Corrections of a day in a month that was closed: what counted, what should have, why, and what somebody else said of it.

Why is free text that may speak of health: it is sealed.
"""

from __future__ import annotations

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opstap.foundation.fields import Classified, Privacy, Retention, SealedField
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Contract
from opstap.journey.rosters.enums import PresenceState, Verdict
from opstap.journey.rosters.models.months import WorkedMonth

_INTERNAL, _PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL
_WAITS = Verdict.WAITING.value
_CAME = Q(state__in=("here", "late"), minutes__gt=0, minutes__lte=12 * 60)


class DayCorrection(Classified):
    """A day of a worker as it was closed (`was_`, an empty state: as was told), and as it should be. Nothing changes before a yes.

    `closing`: the correction of the month that a yes made; None when the time did not change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    was_state = models.CharField(max_length=10, blank=True)
    was_minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in PresenceState])
    minutes = models.PositiveSmallIntegerField()
    reason = SealedField()
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Verdict], default=_WAITS)
    answer = SealedField(null=True, blank=True)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closing = models.ForeignKey(WorkedMonth, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    privacy = {
        "id": _INTERNAL,
        "contract": _PERSONAL,
        "on": _PERSONAL,
        "site": _PERSONAL,
        "was_state": _PERSONAL,
        "was_minutes": _PERSONAL,
        "state": _PERSONAL,
        "minutes": _PERSONAL,
        "reason": Privacy.SENSITIVE,
        "proposer": _INTERNAL,
        "proposed_by": _PERSONAL,
        "proposed_at": _INTERNAL,
        "verdict": _INTERNAL,
        "answer": Privacy.SENSITIVE,
        "decider": _INTERNAL,
        "decided_by": _PERSONAL,
        "decided_at": _INTERNAL,
        "closing": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("on", "proposed_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["contract", "on"], condition=Q(verdict=_WAITS), name="day_correction_waits_once"),
            models.CheckConstraint(
                condition=Q(state__in=("here", "late"), minutes__gt=0, minutes__lte=12 * 60)
                | Q(state__in=("excused", "absent"), minutes=0),
                name="corrected_day_has_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=("approved", "refused")) | (Q(decider__isnull=False) & ~Q(decider=F("proposer"))),
                name="day_correction_has_two",
            ),
            models.CheckConstraint(condition=~Q(verdict="refused") | Q(answer__isnull=False), name="day_correction_says_why"),
        )
        triggers = (
            pgtrigger.Protect(name="decided_correction_stays", operation=pgtrigger.Update, condition=~pgtrigger.Q(old__verdict=_WAITS)),
            pgtrigger.Protect(name="day_correction_is_kept", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} on {self.on}: {self.verdict}"
