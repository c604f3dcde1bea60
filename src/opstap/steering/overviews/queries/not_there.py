"""Who did not come by what the floor noted, and of whom no absence is noted yet: the planner finds who takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from opstap.foundation.actor import Actor
from opstap.journey.associations.models import Association, ContractAbsence
from opstap.journey.associations.permissions import may_plan
from opstap.journey.rosters.enums import PresenceState
from opstap.journey.rosters.models import Presence

_BACK = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class NotThere:
    """Somebody who did not come: who, when, where, and whether they said so."""

    contract_id: UUID
    name: str
    on: date
    site: str
    state: str


def not_there(actor: Actor, association: Association, today: date) -> list[NotThere]:
    """Return who did not come on the last days, the latest first, unless an absence covers the day; nothing without the right."""
    if not may_plan(actor, association):
        return []
    later = Presence.objects.filter(contract=OuterRef("contract"), on=OuterRef("on"), id__gt=OuterRef("id"))
    ends = Q(until_on__isnull=True) | Q(until_on__gt=OuterRef("on"))
    away = ContractAbsence.objects.filter(ends, contract=OuterRef("contract"), from_on__lte=OuterRef("on"))
    rows = Presence.objects.filter(
        ~Exists(later), ~Exists(away), contract__association=association, on__gt=today - _BACK, on__lte=today,
        state__in=(PresenceState.EXCUSED.value, PresenceState.ABSENT.value),
    )  # fmt: skip
    found = rows.select_related("contract__person", "site").order_by("-on", "contract__person__folded_name")
    return [NotThere(row.contract_id, str(row.contract.person), row.on, row.site.name, f"rosters.away.{row.state}") for row in found]
