"""The days of the notice: what was published for them stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from opstap.engine.rostering.problem import Problem


def frozen_days(problem: Problem) -> Iterator[tuple[str, date]]:
    """Yield (worker, day) for every day of the notice that must stay as published.

    Left out: days that the planner pinned, those of who begins in these weeks and was told nothing yet, and days whose published shift
    is no longer possible (the worker is away, the site closed).
    """
    from opstap.engine.rostering.constraints import obstacles  # noqa: PLC0415 - the rule of the notice is itself one of the constraints

    if problem.frozen_until is None:
        return
    days = [day for day in problem.dates if day < problem.frozen_until]
    for worker in problem.workers:
        for day in days:
            shift = problem.published_on.get((worker.key, day))
            if (worker.key, day) in problem.pin_on or worker.key in problem.untold:
                continue
            if shift is None:
                yield worker.key, day
                continue
            cell = problem.cell_by.get(shift.cell)
            if cell is not None and not obstacles(worker, cell, problem):
                yield worker.key, day
