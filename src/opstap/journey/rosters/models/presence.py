"""Who was there of those who were told to come: rows that are only added, the last one about a day counts."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from opstap.foundation.fields import Classified, Privacy, Retention
from opstap.foundation.organisations.models import Site
from opstap.journey.associations.models import Contract
from opstap.journey.rosters.enums import PresenceState

_INTERNAL, _PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL


class Presence(Classified):
    """How a day of a worker went at a site: the state, and the minutes of work (0 for who did not come). A later row replaces it."""

    id = models.BigAutoField(primary_key=True)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in PresenceState])
    minutes = models.PositiveSmallIntegerField()
    noted_by = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    privacy = {
        "id": _INTERNAL,
        "contract": _PERSONAL,
        "on": _PERSONAL,
        "site": _PERSONAL,
        "state": _PERSONAL,
        "minutes": _PERSONAL,
        "noted_by": _PERSONAL,
        "noted_at": _INTERNAL,
    }
    retention = Retention.CASE_FILE

    class Meta:
        ordering = ("on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("here", "late"), minutes__gt=0) | Q(state__in=("excused", "absent"), minutes=0),
                name="who_is_there_has_minutes",
            ),
            models.CheckConstraint(condition=Q(minutes__lte=12 * 60), name="presence_within_a_day"),
        )
        indexes = (models.Index(fields=["contract", "on", "-id"], name="presence_by_worker"),)
        triggers = (pgtrigger.Protect(name="presence_is_only_added", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.contract_id} on {self.on}: {self.state}"
