"""The hard rules, one a file. A rule about one shift says whether it holds; a rule about more shifts yields what breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from opstap.engine.rostering.constraints import (
    absence,
    beside_skilled,
    coach_capacity,
    coach_present,
    contract_days,
    contract_hours,
    contract_period,
    daily_rest,
    day_hours,
    day_length,
    freeze,
    licence,
    maximum,
    medical_limits,
    membership,
    minor,
    one_shift_a_day,
    one_site_a_week,
    pause,
    pins,
    public_holiday,
    shift_length,
    site_open,
    skill,
    sunday,
    travel_time,
    weekly_hours,
    weekly_rest,
)

if TYPE_CHECKING:
    from opstap.engine.rostering.assignment import Assignment, Violation
    from opstap.engine.rostering.problem import Cell, Problem, Worker
    from opstap.engine.shared import Reason


class ShiftRule(Protocol):
    """A rule about one worker in one demand."""

    @property
    def NAME(self) -> str:  # noqa: N802 - the constant of a module
        """Name of the rule."""

    def holds(self, worker: Worker, cell: Cell, problem: Problem, /) -> bool:
        """Tell whether the worker can fill the demand as far as this rule goes."""

    def reason(self, worker: Worker, cell: Cell, problem: Problem, /) -> Reason:
        """Return why not; to be asked only when it does not hold."""


class WorkerRule(Protocol):
    """A rule about all shifts of one worker, in the order of days."""

    @property
    def NAME(self) -> str:  # noqa: N802 - the constant of a module
        """Name of the rule."""

    def violations(self, worker: Worker, shifts: Sequence[Assignment], problem: Problem, /) -> Iterator[Violation]:
        """Yield what breaks the rule."""


class RosterRule(Protocol):
    """A rule about the whole roster."""

    @property
    def NAME(self) -> str:  # noqa: N802 - the constant of a module
        """Name of the rule."""

    def violations(self, shifts: Sequence[Assignment], problem: Problem, /) -> Iterator[Violation]:
        """Yield what breaks the rule."""


DAY_RULES: tuple[ShiftRule, ...] = (contract_period, contract_days, absence)
"""Rules that look only at the worker and the day."""

PLACE_RULES: tuple[ShiftRule, ...] = (public_holiday, site_open, membership, coach_present, sunday, shift_length, day_hours)
"""Rules that look only at the demand."""

WORK_RULES: tuple[ShiftRule, ...] = (skill, licence, medical_limits, travel_time)
"""Rules that look only at the worker, the site and the function."""

OTHER_RULES: tuple[ShiftRule, ...] = (minor, pause)
"""Rules that look at everything."""

SHIFT_RULES: tuple[ShiftRule, ...] = (*DAY_RULES, *PLACE_RULES, *WORK_RULES, *OTHER_RULES)
"""Every rule about one shift, in the order in which obstacles are named."""

WORKER_RULES: tuple[WorkerRule, ...] = (
    one_shift_a_day,
    one_site_a_week,
    contract_hours,
    weekly_hours,
    day_length,
    daily_rest,
    weekly_rest,
)
ROSTER_RULES: tuple[RosterRule, ...] = (maximum, coach_capacity, beside_skilled, pins, freeze)
RULE_NAMES = (*(rule.NAME for rule in SHIFT_RULES), *(rule.NAME for rule in WORKER_RULES), *(rule.NAME for rule in ROSTER_RULES))
"""Every hard rule by name."""


def obstacles(worker: Worker, cell: Cell, problem: Problem) -> tuple[Reason, ...]:
    """Return the reason of every rule about one shift that does not hold; empty when the worker can fill the demand."""
    return tuple(rule.reason(worker, cell, problem) for rule in SHIFT_RULES if not rule.holds(worker, cell, problem))


def broken_rules(worker: Worker, cell: Cell, problem: Problem) -> tuple[str, ...]:
    """Return the names of the rules about one shift that do not hold."""
    return tuple(rule.NAME for rule in SHIFT_RULES if not rule.holds(worker, cell, problem))
