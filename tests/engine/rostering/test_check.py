"""The checker: every rule about more than one shift, kept and broken; and a result whose figures are wrong."""
# ruff: noqa: E501 - one case per line reads as the table that it is

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.engine.rostering.instances import EIGHT, MONDAY, a_demand, a_problem, a_shift, a_worker, day

from opstap.engine.rostering.assignment import Assignment, Pin
from opstap.engine.rostering.check import check, check_shifts
from opstap.engine.rostering.constraints import ROSTER_RULES, WORKER_RULES
from opstap.engine.rostering.problem import Coach, Problem, Site
from opstap.engine.rostering.solve import Limits, solve

EVERY_DAY = tuple(a_demand(weekday=weekday, maximum=3) for weekday in range(7))
ALL_WEEK = {"days": frozenset(range(7))}
SHOP_AT_SEA = (Site("hall", "maker", (), True, frozenset({day(6)})), Site("shop", "seller"))
LATE_EARLY = (a_demand(starts=12 * 60, ends=20 * 60), a_demand(weekday=1, starts=6 * 60, ends=14 * 60))
LATE_SHIFTS = (a_shift(starts=12 * 60), a_shift(weekday=1, starts=6 * 60))
BO = a_worker("Bo", skills=frozenset(), wishes=("pack",))


def broken(shifts: tuple[Assignment, ...], **changes: Any) -> tuple[str, ...]:  # noqa: ANN401 - any field of a problem
    """The rules that a roster breaks."""
    return tuple(dict.fromkeys(violation.rule for violation in check_shifts(a_problem(**changes), shifts)))


def week_of(count: int, worker: str = "An") -> tuple[Assignment, ...]:
    """The first so many days of the week at the hall."""
    return tuple(a_shift(worker, weekday) for weekday in range(count))


BROKEN: list[tuple[str, tuple[Assignment, ...], dict[str, Any]]] = [
    ("demand", (a_shift(function="sell"),), {}),
    ("one_shift_a_day", (a_shift(), a_shift(starts=17 * 60)), {"demands": (a_demand(ends=EIGHT + 180, pause=0), a_demand(starts=17 * 60, ends=20 * 60, pause=0))}),
    ("one_site_a_week", (a_shift(), a_shift(weekday=1, site="shop")), {"demands": (*EVERY_DAY, a_demand(site="shop", weekday=1))}),
    ("contract_hours", week_of(3), {"demands": EVERY_DAY, "workers": (a_worker(week_minutes=19 * 60),)}),
    ("day_length", tuple(a_shift(weekday=weekday) for weekday in range(6)), {"demands": (a_demand(ends=EIGHT + 540), *(a_demand(weekday=weekday, ends=EIGHT + 180, pause=0) for weekday in range(1, 6))), "workers": (a_worker(**ALL_WEEK),)}),
    ("daily_rest", LATE_SHIFTS, {"demands": LATE_EARLY}),
    ("weekly_rest", week_of(7), {"demands": tuple(a_demand(weekday=weekday, ends=EIGHT + 300, pause=0) for weekday in range(7)), "workers": (a_worker(**ALL_WEEK),), "sites": SHOP_AT_SEA}),
    ("maximum", (a_shift(), a_shift("Bo")), {"demands": (a_demand(maximum=1),), "workers": (a_worker(), a_worker("Bo"))}),
    ("coach_capacity", (a_shift(), a_shift("Bo")), {"coaches": (Coach("Bo", "hall", frozenset({0}), 1),), "workers": (a_worker(), a_worker("Bo"))}),
    ("beside_skilled", (a_shift("Bo"),), {"workers": (a_worker(), BO)}),
    ("pins", (), {"pins": (Pin("An", MONDAY, "hall", "pack", EIGHT),)}),
    ("pins", (a_shift(),), {"pins": (Pin("An", MONDAY),)}),
    ("freeze", (), {"published": (a_shift(),), "frozen_until": day(1)}),
    ("freeze", (a_shift(),), {"published": (a_shift(weekday=1),), "demands": EVERY_DAY, "frozen_until": day(1)}),
]  # fmt: skip
FORTY_HOURS = {
    "demands": tuple(a_demand(weekday=weekday, ends=EIGHT + 510) for weekday in range(5)),
    "workers": (a_worker(week_minutes=40 * 60),),
}
KEPT: list[tuple[tuple[Assignment, ...], dict[str, Any]]] = [
    ((), {}),
    (week_of(5), {"demands": EVERY_DAY}),
    (week_of(2), {"demands": EVERY_DAY, "workers": (a_worker(week_minutes=19 * 60),)}),
    ((a_shift(), a_shift("Bo")), {"workers": (a_worker(), BO)}),
    ((a_shift(),), {"pins": (Pin("An", MONDAY, "hall", "pack", EIGHT),)}),
    ((), {"pins": (Pin("An", MONDAY),), "published": (a_shift(),), "frozen_until": day(1)}),
    ((a_shift(weekday=1),), {"demands": EVERY_DAY, "published": (a_shift(weekday=2),), "frozen_until": day(1)}),
]


@pytest.mark.parametrize(("rule", "shifts", "changes"), BROKEN)
def test_checker_names_the_broken_rule(rule: str, shifts: tuple[Assignment, ...], changes: dict[str, Any]) -> None:
    """One thing wrong is one rule by name."""
    assert broken(shifts, **changes) == (rule,)


def test_checker_names_a_week_of_forty_hours() -> None:
    """A contract of forty hours is no ground for a week of forty."""
    assert broken(week_of(5), **FORTY_HOURS) == ("contract_hours", "weekly_hours")


@pytest.mark.parametrize(("shifts", "changes"), KEPT)
def test_checker_lets_a_lawful_roster_pass(shifts: tuple[Assignment, ...], changes: dict[str, Any]) -> None:
    """Nothing wrong is nothing said."""
    assert broken(shifts, **changes) == ()


def test_every_rule_about_more_shifts_has_a_case() -> None:
    """No rule without a roster that breaks it."""
    rules = {rule.NAME for rule in WORKER_RULES} | {rule.NAME for rule in ROSTER_RULES}
    assert rules | {"demand"} == {rule for rule, *_ in BROKEN} | {"weekly_hours"}


def solved() -> Problem:
    """A problem of one week with two workers."""
    return a_problem(workers=(a_worker(), BO), demands=EVERY_DAY)


def test_checker_accepts_what_the_engine_made() -> None:
    """A result passes with its own figures."""
    problem = solved()
    assert check(problem, solve(problem, Limits(seconds=20, rounds=50))) == ()


@pytest.mark.parametrize(
    ("changes", "rules"), [({"cost": 1}, ["cost", "bound"]), ({"bound": 10**6}, ["bound"]), ({"shifts": ()}, ["cost"])]
)
def test_checker_counts_the_figures_again(changes: dict[str, Any], rules: list[str]) -> None:
    """A cost or a proof that does not follow from the shifts is told."""
    problem = solved()
    result = replace(solve(problem, Limits(seconds=20, rounds=50)), **changes)
    assert [violation.rule for violation in check(problem, result)] == rules
