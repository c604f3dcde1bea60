"""The law of every period: it ends after it starts."""

from django.db import models
from django.db.models import F, Q


def period_rises(name: str) -> models.CheckConstraint:
    """Return the constraint that `until_on` is empty or after `from_on`."""
    return models.CheckConstraint(condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name=name)
