"""Worlds side by side: each is lived whole in a process of its own; one that breaks is heard."""

from __future__ import annotations

import os
from functools import partial

import pytest

from opstap.config.simulation.beside import side_by_side
from opstap.config.simulation.together import _sum
from opstap.config.simulation.world import Told


def live(days: int) -> Told:
    """Return in how many days in which process a world was lived."""
    return Told(days=days, talks=os.getpid())


def break_off() -> Told:
    """Go wrong on the second day."""
    raise LookupError("no second day")


def test_every_world_is_lived_in_its_own_process() -> None:
    """What they tell comes back in their order; three worlds, three processes, none of them this one."""
    told = side_by_side([partial(live, days) for days in (3, 1, 2)])
    assert ([each.days for each in told], len({each.talks for each in told} | {os.getpid()})) == ([3, 1, 2], 4)


def test_world_that_breaks_is_heard() -> None:
    """The first process raises what went wrong in another."""
    with pytest.raises(RuntimeError, match="no second day"):
        side_by_side([partial(live, 1), break_off])


def test_what_worlds_told_is_added_up() -> None:
    """Counts and refusals of all worlds together."""
    one, other = Told(talks=2, refused={"a": 1}), Told(talks=3, days=4, refused={"a": 2, "b": 1})
    assert _sum([one, other]) == Told(talks=5, days=4, refused={"a": 3, "b": 1})
