"""The shifts of a worker, taken week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.problem import Problem


def weeks(shifts: Sequence[Assignment], problem: Problem) -> Iterator[tuple[int, tuple[Assignment, ...]]]:
    """Yield (week from 0, its shifts) for every week with shifts; the shifts come in the order of days."""
    for week, group in groupby(shifts, key=lambda shift: problem.week_of(shift.day)):
        yield week, tuple(group)


def minutes_of(shifts: Sequence[Assignment], problem: Problem) -> int:
    """Return the minutes worked in the shifts."""
    return sum(problem.cell_by[shift.cell].demand.minutes for shift in shifts)


def site_of_weeks(shifts: Sequence[Assignment], problem: Problem) -> dict[int, str]:
    """Return the site of every week with shifts."""
    return {week: group[0].site for week, group in weeks(shifts, problem)}
