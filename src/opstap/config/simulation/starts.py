"""What happens once when somebody's work has started: a plan is made in the first week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from opstap.config.simulation.cast import NIGHT, key_of
from opstap.config.simulation.ends import plan_end
from opstap.config.simulation.plans import plan
from opstap.foundation.among import Keys
from opstap.foundation.prepared import Prepared
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.queries import visible_placements

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from opstap.config.simulation.world import World
    from opstap.foundation.programmes.models import Programme
    from opstap.journey.placements.models import Placement

_A_FEW_DAYS = timedelta(days=14)
"""Work starts on its first day; what could not start then is tried again."""


def _began(programme: Programme, since: date) -> QuerySet[Placement, UUID]:
    running = visible_placements(NIGHT).filter(state=PlacementState.RUNNING, seat__place__programme=programme)
    return running.filter(period__startswith__gt=since).order_by().values_list("pk", flat=True)


_BEGAN = Prepared(_began)
_THESE: Prepared[Placement] = Prepared(
    lambda keys: visible_placements(NIGHT).select_related("referral__counsellor", "person").filter(pk__among=keys)
)


def plan_for_new(world: World, on: date) -> None:
    """Make a plan with everybody who started since yesterday, and let the work end when it will."""
    began = _BEGAN(programme=world.cast.programme, since=on - _A_FEW_DAYS)
    new = [pk for pk in began if pk not in world.planned]
    rows = _THESE(keys=Keys(new)) if new else []
    for placement in sorted(rows, key=lambda row: key_of(row.person)):
        world.planned.add(placement.pk)
        world.told.placements += 1
        plan(world, placement, on)
        plan_end(world, placement)
