"""What happens once when somebody's work has started: a plan is made in the first week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of
from opstap.config.simulation.ends import plan_end
from opstap.config.simulation.plans import plan
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.queries import visible_placements

if TYPE_CHECKING:
    from opstap.config.simulation.world import World

_A_FEW_DAYS = timedelta(days=14)
"""Work starts on its first day; what could not start then is tried again."""


def plan_for_new(world: World, on: date) -> None:
    """Make a plan with everybody who started since yesterday, and let the work end when it will."""
    running = visible_placements(NIGHT).filter(state=PlacementState.RUNNING, seat__place__programme=world.cast.programme)
    began = running.filter(period__startswith__gt=on - _A_FEW_DAYS).order_by().values_list("pk", flat=True)
    new = [pk for pk in began if pk not in world.planned]
    rows = visible_placements(NIGHT).select_related("referral__counsellor", "person").in_bulk(new) if new else {}
    for placement in sorted(rows.values(), key=lambda row: key_of(row.person)):
        world.planned.add(placement.pk)
        world.told.placements += 1
        plan(world, placement, on)
        plan_end(world, placement)
