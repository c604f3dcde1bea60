"""What happens once when somebody's work has started: a plan is made in the first week."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT
from opstap.config.simulation.plans import plan
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.queries import visible_placements

if TYPE_CHECKING:
    from opstap.config.simulation.world import World


def plan_for_new(world: World, on: date) -> None:
    """Make a plan with everybody who started since yesterday."""
    running = visible_placements(NIGHT).filter(state=PlacementState.RUNNING, seat__place__programme=world.cast.programme)
    for placement in running.exclude(pk__in=world.planned).select_related("referral__counsellor", "person").order_by("person__folded_name"):
        world.planned.add(placement.pk)
        world.told.placements += 1
        plan(world, placement, on)
