"""What the search does not look at, rest over several days and weeks, is put right by leaving out a shift."""

from __future__ import annotations

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.problem import Problem


def mend(problem: Problem, shifts: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
    """Return the roster without the last shift, not pinned, of everything that breaks a rule, until nothing does or nothing helps."""
    while violations := check_shifts(problem, shifts):
        loose = {free[-1] for violation in violations if (free := [s for s in violation.shifts if (s.worker, s.day) not in problem.pin_on])}
        if not loose:
            return shifts
        shifts = tuple(shift for shift in shifts if shift not in loose)
    return shifts
