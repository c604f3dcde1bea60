"""Work floors: every month most hosts say that their places are still right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from opstap.engine.shared import Refused
from opstap.journey.places.operations import confirm_place
from opstap.journey.places.queries import live_places

if TYPE_CHECKING:
    from opstap.config.simulation.world import World


def confirm_places(world: World, on: date) -> None:
    """Let hosts confirm their places."""
    for place in live_places(world.cast.programme, on):
        if world.luck.happens(world.habits.confirms_place, "confirms", place.site, place.title, place.import_key, on):
            try:
                confirm_place(place=place, by=world.cast.host(place.organisation_id), at=world.at(on, hour=11))
            except Refused as refused:
                world.told.refuse(refused.reason.code)
