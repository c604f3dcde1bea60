"""Whether what was decided beforehand, pins and the days of the notice, can stand together; if not, which rules clash."""

from __future__ import annotations

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.frozen import frozen_days
from opstap.engine.rostering.problem import Problem
from opstap.engine.shared import Reason

_MAY_STILL_COME = frozenset({"beside_skilled", "pins", "freeze"})
"""Rules that other shifts can still satisfy."""


def decided_shifts(problem: Problem) -> tuple[Assignment, ...]:
    """Return the shifts that stand whatever else is planned."""
    pinned = [Assignment(pin.worker, pin.day, pin.site, pin.function, pin.starts) for pin in problem.pins if not pin.is_free]
    frozen = [problem.published_on[key] for key in frozen_days(problem) if key in problem.published_on]
    return tuple(sorted({*pinned, *frozen}))


def clashes(problem: Problem) -> tuple[Reason, ...]:
    """Return why the decided shifts cannot stand together; empty when they can."""
    found = [violation.reason for violation in check_shifts(problem, decided_shifts(problem)) if violation.rule not in _MAY_STILL_COME]
    return tuple(dict.fromkeys(found))
