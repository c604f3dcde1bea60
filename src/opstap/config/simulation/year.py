"""The year itself, day by day: the product's nightly jobs, the weekly habits of staff, and what was planned for the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation import ends, evaluations, mentors, moves, proposals, rules, starts, talks, work
from opstap.config.simulation.cast import NIGHT, Cast
from opstap.config.simulation.luck import Luck
from opstap.config.simulation.world import Told, World
from opstap.journey.agreements.operations import put_due_in_force
from opstap.journey.appointments.operations import remind_and_expire
from opstap.journey.followup.operations import open_tasks
from opstap.journey.outcomes.operations import ask_outcomes, escalate_relays

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme

_SATURDAY, _FRIDAY, _MONDAY = 5, 4, 0
ROUND_EVERY = 2
"""Weeks between two matching rounds."""


def simulate(
    programme: Programme,
    *,
    first: date,
    days: int = 365,
    seed: int = 1,
    round_every: int = ROUND_EVERY,
    tell: Callable[[date, Told], None] | None = None,
) -> Told:
    """Live through `days` days from `first` on; return what happened. The same programme and seed give the same year.

    `tell` is called after every week, with the day and the counts so far.
    """
    world = World(Cast(programme, first), Luck(seed))
    for number in range(days):
        on = first + timedelta(days=number)
        _live(world, on, number, round_every, middle=days // 2)
        if tell is not None and on.weekday() == _FRIDAY:
            tell(on, world.told)
    return world.told


def _live(world: World, on: date, number: int, round_every: int, *, middle: int) -> None:
    if on.weekday() >= _SATURDAY:
        return
    world.cast.on = on
    put_due_in_force(by=NIGHT, at=world.at(on, hour=4))
    starts.plan_for_new(world, on)
    proposals.lapse(world, on)
    if on.weekday() == _MONDAY:
        _monday(world, on, number // 7, round_every)
    world.agenda.play(on)
    if on.weekday() == _FRIDAY:
        work.note_week(world, on)
    ends.end_due(world, on)
    if _is_signing_day(on):
        work.sign_month(world, on)
        moves.move_house(world, on)
        mentors.train(world, on)
        mentors.go_away(world, on)
    if middle <= number < middle + 7 and on.weekday() == _MONDAY:
        rules.change_rule(world, on)


def _monday(world: World, on: date, week: int, round_every: int) -> None:
    rules.decide_again(world, on)
    remind_and_expire(by=NIGHT, at=world.at(on, hour=5))
    escalate_relays(by=NIGHT, at=world.at(on, hour=5))
    ask_outcomes(by=NIGHT, at=world.at(on, hour=5))
    evaluations.ask(world, on)
    world.told.tasks += open_tasks(by=NIGHT, at=world.at(on, hour=5)).opened
    talks.talk(world, on)
    if week % round_every == 0:
        proposals.match(world, on)


def _is_signing_day(on: date) -> bool:
    """Tell whether it is the first Friday from the fifth of a month on: the days of last month are noted by then."""
    return on.weekday() == _FRIDAY and 5 <= on.day < 12  # noqa: PLR2004 - the fifth to the eleventh hold one Friday
