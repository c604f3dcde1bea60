"""What the product does by itself at night, in the world's own programme: every night, and before a Monday."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from opstap.config.simulation.cast import NIGHT
from opstap.journey.agreements.operations import put_due_in_force, withdraw_called_off
from opstap.journey.appointments.operations import remind_and_expire
from opstap.journey.evaluations.operations import ask_due, remind_or_call
from opstap.journey.followup.operations import open_tasks
from opstap.journey.outcomes.operations import ask_outcomes, escalate_relays

if TYPE_CHECKING:
    from opstap.config.simulation.world import World

ASKING_HOUR = 4


def start_day(world: World, on: date) -> None:
    """Take back what was called off, and start the work that is due."""
    programme, at = world.cast.programme, world.at(on, hour=ASKING_HOUR)
    withdraw_called_off(programme=programme, by=NIGHT, at=at)
    put_due_in_force(programme=programme, by=NIGHT, at=at)


def pass_night(world: World, on: date) -> None:
    """Remind, expire, ask and warn, as on the night before a Monday."""
    programme = world.cast.programme
    ask_due(programme=programme, by=NIGHT, at=world.at(on, hour=ASKING_HOUR))
    remind_or_call(programme=programme, by=NIGHT, at=world.at(on, hour=ASKING_HOUR))
    at = world.at(on, hour=5)
    remind_and_expire(programme=programme, by=NIGHT, at=at)
    escalate_relays(programme=programme, by=NIGHT, at=at)
    ask_outcomes(programme=programme, by=NIGHT, at=at)
    world.told.tasks += open_tasks(programme=programme, by=NIGHT, at=at).opened
