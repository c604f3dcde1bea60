"""How much of the contract falls in each week: the account of hours that may be used, and the days that count for it."""

from __future__ import annotations

from datetime import date, timedelta

from opstap.engine.rostering.people import Worker
from opstap.engine.rostering.problem import DAYS_IN_WEEK, Problem
from opstap.engine.rostering.rules import STANDARD_DAY


def due_minutes(worker: Worker, problem: Problem, week: int) -> float:
    """Return the minutes of contract of a week: days away, public holidays and days outside the contract take their share."""
    first = problem.start + timedelta(days=DAYS_IN_WEEK * week)
    days = [first + timedelta(days=offset) for offset in range(DAYS_IN_WEEK)]
    counting = sum(_counts(worker, day, problem) for day in days)
    return worker.week_minutes * counting / len(worker.days)


def quotas(worker: Worker, problem: Problem) -> tuple[int, ...]:
    """Return the minutes that may be worked in each week, from the running account of the contract.

    The account grows by what is due and is used in standard days: somebody with 28.5 hours works 4, 4, 4 and 3 days in four weeks.
    Hours that stayed unused are not carried over: the worker was paid for them.
    """
    known: dict[str, tuple[int, ...]] = problem.memo.setdefault("quotas", {})
    if worker.key not in known:
        known[worker.key] = _quotas(worker, problem)
    return known[worker.key]


def _quotas(worker: Worker, problem: Problem) -> tuple[int, ...]:
    found: list[int] = []
    account, granted = 0.0, 0
    for week in range(problem.weeks):
        account += due_minutes(worker, problem, week)
        usable = _whole_days(account) - granted
        week_limit = min(problem.rules.longest_week, _whole_days(worker.week_minutes + STANDARD_DAY - 1))
        allowed = max(0, min(usable, week_limit))
        granted += allowed
        found.append(allowed)
    return tuple(found)


def _whole_days(minutes: float) -> int:
    return int(minutes / STANDARD_DAY + 1e-9) * STANDARD_DAY


def _counts(worker: Worker, day: date, problem: Problem) -> bool:
    return worker.is_employed_on(day) and not worker.is_absent_on(day) and day not in problem.public_holidays
