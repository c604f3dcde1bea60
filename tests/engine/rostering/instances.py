"""Tiny named rosters: one shop and one workshop, a worker who can and one who learns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from opstap.engine.rostering.problem import Assignment, Coach, Demand, Function, Member, Problem, Rules, Site, Worker

MONDAY = date(2023, 9, 4)
EIGHT, FOUR_SIX = 8 * 60, 16 * 60 + 6
FULL_WEEK = 38 * 60


def day(weekday: int, week: int = 0) -> date:
    """The date of a weekday (0 is Monday) in a week from 0."""
    return MONDAY + timedelta(days=7 * week + weekday)


def a_worker(key: str = "An", **changes: Any) -> Worker:  # noqa: ANN401 - any field
    """Somebody full-time who can pack."""
    given: dict[str, Any] = {"week_minutes": FULL_WEEK, "days": frozenset(range(5)), "skills": frozenset({"pack"})} | changes
    return Worker(key, **given)


def a_demand(**changes: Any) -> Demand:  # noqa: ANN401 - any field
    """One packer on Monday from 8:00 to 16:06 with half an hour of break, at most two."""
    given: dict[str, Any] = {
        "site": "hall", "function": "pack", "weekday": 0, "starts": EIGHT, "ends": FOUR_SIX, "pause": 30,
        "minimum": 1, "wanted": 1, "maximum": 2,
    }  # fmt: skip
    return Demand(**(given | changes))


def a_problem(**changes: Any) -> Problem:  # noqa: ANN401 - any field
    """One week, one worker, one demand; the hall has a coach every day, the shop lies elsewhere."""
    given: dict[str, Any] = {
        "workers": (a_worker(),),
        "members": (Member("maker"), Member("seller")),
        "sites": (Site("hall", "maker"), Site("shop", "seller")),
        "functions": (Function("pack"), Function("sell"), Function("sort")),
        "demands": (a_demand(),),
        "coaches": (Coach("Bo", "hall", frozenset(range(7)), 7), Coach("Cas", "shop", frozenset(range(7)), 7)),
        "start": MONDAY,
        "weeks": 1,
        "rules": Rules(),
    }
    return Problem(**(given | changes))


def a_shift(worker: str = "An", weekday: int = 0, **changes: Any) -> Assignment:  # noqa: ANN401 - any field
    """The shift of the usual demand."""
    given: dict[str, Any] = {"day": day(weekday, changes.pop("week", 0)), "site": "hall", "function": "pack", "starts": EIGHT} | changes
    return Assignment(worker, **given)
