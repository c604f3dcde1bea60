"""Worlds side by side: every night happens once, after everybody's day; one that breaks stops all."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from opstap.config.simulation.together import _sum
from opstap.config.simulation.turns import Turns, side_by_side
from opstap.config.simulation.world import Told

DAYS = 20


def live(days: Any, own: int, turns: Turns) -> Told:  # noqa: ANN401 - an array between processes carries no types
    """Count the days of one world beside those of the others; a night looks whether all are equally far."""
    told = Told()
    for day in range(DAYS):

        def night(day: int = day) -> None:
            told.tasks += list(days) == [day] * len(days)

        turns.night(night)
        days[own] += 1
    told.talks = days[own]
    return told


def break_off(turns: Turns) -> Told:
    """Go wrong on the second day."""
    turns.night(lambda: None)
    raise LookupError("no second day")


def test_every_night_happens_once_after_all_days() -> None:
    """Three worlds: the nights are all passed by the first, each when everybody lived the same number of days."""
    days = multiprocessing.get_context("fork").Array("i", 3)
    told = side_by_side([partial(live, days, own) for own in range(3)])
    assert [(each.talks, each.tasks) for each in told] == [(DAYS, DAYS), (DAYS, 0), (DAYS, 0)]


def test_world_that_breaks_stops_the_others() -> None:
    """Nobody waits for what will not come; the first process hears what went wrong."""
    days = multiprocessing.get_context("fork").Array("i", 1)
    lives: list[Callable[[Turns], Told]] = [partial(live, days, 0), break_off]
    with pytest.raises(RuntimeError, match="no second day"):
        side_by_side(lives)


def test_what_worlds_told_is_added_up() -> None:
    """Counts and refusals of all worlds together."""
    one, other = Told(talks=2, refused={"a": 1}), Told(talks=3, days=4, refused={"a": 2, "b": 1})
    assert _sum([one, other]) == Told(talks=5, days=4, refused={"a": 3, "b": 1})
