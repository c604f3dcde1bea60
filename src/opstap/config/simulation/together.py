"""A year of several programmes side by side, each with people, organisations and staff of its own, in one database."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from opstap.config.demonstration import FOLDER, load_demonstration
from opstap.config.simulation.beside import side_by_side
from opstap.config.simulation.cast import NIGHT
from opstap.config.simulation.crowd import write_crowd
from opstap.config.simulation.world import Told
from opstap.config.simulation.year import ROUND_EVERY, simulate
from opstap.foundation.programmes.queries import own_programmes

if TYPE_CHECKING:
    from opstap.foundation.programmes.models import Programme


def load_worlds(sizes: Sequence[int]) -> tuple[bool, list[Programme]]:
    """Bring in a programme of each size; return whether anything was brought in, and the programmes.

    One of size 1 is the demonstration itself, with all that goes with it.
    """
    if list(sizes) == [1]:
        return load_demonstration(), [_programme(FOLDER)]
    is_new, programmes = False, []
    for number, size in enumerate(sizes):
        with TemporaryDirectory() as name:
            folder = write_crowd(Path(name), size, first=sum(sizes[:number]))
            is_new = load_demonstration(folder) or is_new
            programmes.append(_programme(folder))
    return is_new, programmes


def _programme(folder: Path) -> Programme:
    """Return the programme that a folder brought in."""
    called = json.loads((folder / "programma.json").read_text(encoding="utf-8"))["programme"]["name"]
    return own_programmes(NIGHT).get(name=called)


def simulate_together(
    programmes: Sequence[Programme],
    *,
    first: date,
    days: int = 365,
    seed: int = 1,
    round_every: int = ROUND_EVERY,
    tell: Callable[[date, Told], None] | None = None,
) -> Told:
    """Live through the same days in every programme, each in a process of its own; return what happened in all of them together.

    What happens does not depend on which process is faster. `tell` hears of the first programme. One programme alone is lived here.
    """
    live = partial(simulate, first=first, days=days, seed=seed, round_every=round_every)
    if len(programmes) == 1:
        return live(programmes[0], tell=tell)
    return _sum(side_by_side([partial(live, each, tell=tell if number == 0 else None) for number, each in enumerate(programmes)]))


def _sum(told: Sequence[Told]) -> Told:
    """Return the counts of all, added up."""
    whole = Told()
    for each in told:
        for name in (field.name for field in fields(Told) if field.name != "refused"):
            setattr(whole, name, getattr(whole, name) + getattr(each, name))
        for code, count in each.refused.items():
            whole.refused[code] = whole.refused.get(code, 0) + count
    return whole
