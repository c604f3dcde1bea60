"""The year itself, day by day: the product's nightly jobs, the weekly habits of staff, and what was planned for the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from opstap.config.simulation import contacts, evaluations, floors, mentors, moves, proposals, rules, starts, talks, work
from opstap.config.simulation.cast import Cast, remember_names
from opstap.config.simulation.luck import Luck
from opstap.config.simulation.nights import pass_night, start_day
from opstap.config.simulation.world import Told, World

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme

_SATURDAY, _FRIDAY, _WEDNESDAY, _MONDAY = 5, 4, 2, 0
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
    remember_names(programme)
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
    start_day(world, on)
    if on.weekday() == _MONDAY:
        pass_night(world, on)
    starts.plan_for_new(world, on)
    if on.weekday() == _MONDAY:
        _monday(world, on, number // 7, round_every)
    if on.weekday() == _WEDNESDAY:
        contacts.see_to_tasks(world, on)
    world.agenda.play(on)
    if on.weekday() == _FRIDAY:
        work.note_week(world, on)
    if _is_signing_day(on):
        work.sign_month(world, on)
        moves.move_house(world, on)
        mentors.train(world, on)
        mentors.go_away(world, on)
        floors.confirm_places(world, on)
    if middle <= number < middle + 7 and on.weekday() == _MONDAY:
        rules.change_rule(world, on)


def _monday(world: World, on: date, week: int, round_every: int) -> None:
    rules.decide_again(world, on)
    evaluations.ask(world, on)
    talks.talk(world, on)
    if week % round_every == 0:
        proposals.match(world, on)


def _is_signing_day(on: date) -> bool:
    """Tell whether it is the first Friday from the fifth of a month on: the days of last month are noted by then."""
    return on.weekday() == _FRIDAY and 5 <= on.day < 12  # noqa: PLR2004 - the fifth to the eleventh hold one Friday
