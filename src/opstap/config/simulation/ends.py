"""Ends: most placements end on their last day, some earlier, each with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT, key_of
from opstap.engine.shared import Refused
from opstap.journey.agreements.operations import end_agreement
from opstap.journey.agreements.queries import agreements_of
from opstap.journey.placements.enums import EndReason, PlacementState
from opstap.journey.placements.operations import end_placement
from opstap.journey.placements.queries import visible_placements

if TYPE_CHECKING:
    from opstap.config.simulation.world import World
    from opstap.journey.placements.models import Placement


def end_due(world: World, on: date) -> None:
    """End what is over: on the last day as agreed, or earlier where life goes another way."""
    running = visible_placements(NIGHT).filter(state=PlacementState.RUNNING, seat__place__programme=world.cast.programme)
    for placement in running.select_related("referral__counsellor"):
        early = _early(world, placement)
        if early is not None and early <= on:
            reason = world.luck.weighed(world.habits.early_ends, "ends because", key_of(placement.person))
            _end(world, placement, min(on + timedelta(days=1), placement.period.upper), reason, on)
        elif placement.period.upper <= on + timedelta(days=1):
            _end(world, placement, placement.period.upper, EndReason.COMPLETED, on)


def _early(world: World, placement: Placement) -> date | None:
    """Return the day on which somebody stops early, or None: drawn once for each person and first day."""
    who = (key_of(placement.person), placement.period.lower)
    if not world.luck.happens(world.habits.stops_early, "stops early", *who):
        return None
    first: date = placement.period.lower
    days = (placement.period.upper - first).days
    return first + timedelta(days=world.luck.between(10, max(days - 5, 11), "stops after", *who))


def _end(world: World, placement: Placement, on: date, reason: EndReason, today: date) -> None:
    counsellor, at = world.cast.counsellor(placement.referral), world.at(today, hour=17)
    try:
        for agreement in agreements_of(counsellor, placement):
            if agreement.state == "in_force" and agreement.supersedes_id is None:
                end_agreement(agreement=agreement, on=on, by=counsellor, at=at)
        end_placement(placement=placement, on=on, reason_code=reason, by=counsellor, at=at)
    except Refused as refused:
        world.told.refuse(refused.reason.code)
        return
    world.told.ended += 1
    world.told.ended_early += reason is not EndReason.COMPLETED
