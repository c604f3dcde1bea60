"""The soft rules counted on rosters that fit on a hand."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.rostering.instances import MONDAY, a_demand, a_problem, a_shift, a_worker, day

from opstap.engine.rostering.calendar import quotas
from opstap.engine.rostering.objective import CRITERIA, Objective
from opstap.engine.rostering.problem import Function
from opstap.engine.rostering.score import cost, excess, parts, unreached
from opstap.engine.rostering.stays import stays_of
from opstap.engine.shared import Period

EVERY_DAY = tuple(a_demand(site=site, weekday=weekday, maximum=3) for site in ("hall", "shop") for weekday in range(6))
LEARNER = a_worker("Bo", skills=frozenset(), wishes=("pack",))


@pytest.mark.parametrize(
    ("hours", "days", "weeks", "expected"),
    [
        (38, range(5), 2, [5, 5]),
        (28.5, range(5), 4, [3, 4, 4, 4]),
        (19, (0, 2, 4), 4, [2, 3, 2, 3]),
        (30.4, range(5), 2, [4, 4]),
    ],
)
def test_quota_follows_the_account_of_the_contract(hours: float, days: Any, weeks: int, expected: list[int]) -> None:  # noqa: ANN401 - days of any kind
    """A part-timer's half days become whole ones in turn, never more than the contract so far."""
    worker = a_worker(week_minutes=round(hours * 60), days=frozenset(days))
    assert [minutes // 456 for minutes in quotas(worker, a_problem(workers=(worker,), weeks=weeks))] == expected


def test_quota_shrinks_with_days_away_and_holidays() -> None:
    """A day of leave and a public holiday each take a day of a full week."""
    worker = a_worker(absent=(Period(MONDAY, day(1)),))
    problem = a_problem(workers=(worker,), public_holidays=frozenset({day(2)}))
    assert quotas(worker, problem) == (3 * 456,)


def test_parts_count_what_is_missing() -> None:
    """Nobody at work: one under the minimum, one under what is wanted, five days unfilled, one wish not reached."""
    problem = a_problem(workers=(a_worker(wishes=("sell",)),))
    found = parts(problem, ())
    expected = dict.fromkeys(CRITERIA, 0) | {"minimum": 1000, "wanted": 400, "hours": 1000, "learning": 400}
    assert (found, cost(problem, ())) == (expected, 2800)


def test_learner_counts_for_wanted_but_not_for_minimum() -> None:
    """Somebody who learns does not replace somebody who can."""
    problem = a_problem(workers=(a_worker(), LEARNER), demands=(a_demand(minimum=1, wanted=2),))
    with_learner = parts(problem, (a_shift(), a_shift("Bo")))
    alone = parts(problem, (a_shift("Bo"),))
    assert [(found["minimum"], found["wanted"]) for found in (with_learner, alone)] == [(0, 0), (1000, 400)]


def test_wish_needs_two_days_in_each_of_two_weeks() -> None:
    """Two days in one week and one in the next is not enough."""
    problem = a_problem(workers=(LEARNER,), demands=EVERY_DAY, weeks=2)
    short = tuple(a_shift("Bo", weekday, week=week) for week, weekday in ((0, 0), (0, 1), (1, 0)))
    assert [unreached(LEARNER, shifts, problem) for shifts in (short, (*short, a_shift("Bo", 1, week=1)))] == [("pack",), ()]


def test_stays_count_weeks_too_long_and_too_short() -> None:
    """One week at the shop is too short; six weeks in a row at the hall are two too long."""
    sites = ["shop", *["hall"] * 6]
    shifts = tuple(a_shift(week=week, site=site) for week, site in enumerate(sites))
    problem = a_problem(demands=EVERY_DAY, weeks=7)
    found = [(stay.site, len(stay.weeks), stay.too_long, stay.too_short) for stay in stays_of(problem.workers[0], shifts, problem)]
    assert found == [("shop", 1, 0, 1), ("hall", 6, 2, 0)]


def test_stay_counts_the_weeks_before_the_roster() -> None:
    """Whoever was there for three weeks may stay one more."""
    worker = a_worker(stay=("hall", 3))
    problem = a_problem(workers=(worker,), demands=EVERY_DAY, weeks=2)
    shifts = (a_shift(), a_shift(week=1))
    assert [(stay.before, stay.too_long) for stay in stays_of(worker, shifts, problem)] == [(3, 1)]


def test_saturdays_above_the_share_cost() -> None:
    """Two people who can both work on Saturday share four of them; three for one is one too many."""
    workers = tuple(a_worker(key, days=frozenset(range(6))) for key in ("An", "Bo"))
    problem = a_problem(workers=workers, demands=(a_demand(weekday=5),), weeks=4)
    shifts = (*(a_shift("An", 5, week=week) for week in range(3)), a_shift("Bo", 5, week=3))
    assert excess(problem, shifts) == {("saturday", "An"): 1}


def test_unloved_work_is_shared() -> None:
    """Work that nobody likes is a burden of its own."""
    workers = (a_worker(), a_worker("Bo"))
    problem = a_problem(workers=workers, functions=(Function("pack", is_unloved=True), Function("sell"), Function("sort")), weeks=2)
    assert excess(problem, (a_shift(), a_shift(week=1))) == {("unloved", "An"): 1}


def test_moves_count_days_that_differ_from_what_is_published() -> None:
    """A day moved is two days that differ."""
    problem = a_problem(demands=EVERY_DAY, published=(a_shift(),), objective=Objective(("minimum", "moves")))
    assert [parts(problem, shifts)["moves"] for shifts in ((a_shift(),), (a_shift(weekday=1),))] == [0, 2 * 3 * 400]


def test_order_of_the_planner_sets_the_points() -> None:
    """What stands first weighs most; what is left out weighs nothing."""
    points = Objective(("learning", "minimum")).points
    assert points == dict.fromkeys(CRITERIA, 0) | {"learning": 4000, "minimum": 400}
