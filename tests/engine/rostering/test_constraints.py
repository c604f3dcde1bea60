"""One shift that is possible and one that is not, for every hard rule about one shift."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.engine.rostering.instances import EIGHT, MONDAY, a_demand, a_problem, a_worker, day

from opstap.engine.rostering.admissible import admissible_cells
from opstap.engine.rostering.constraints import SHIFT_RULES, broken_rules, obstacles
from opstap.engine.rostering.problem import Coach, Function, Member, Problem, Rules, Site
from opstap.engine.shared import Period

SUNDAY = {"demands": (a_demand(weekday=6),)}
WORKS_SUNDAY = {"days": frozenset(range(7))}
SHOP = (Site("hall", "maker", is_seaside_shop=True), Site("shop", "seller"))
SEASON = Rules(seaside_periods=(Period(date(2023, 5, 1), date(2023, 10, 1)),))
LONG = {"demands": (a_demand(ends=EIGHT + 11 * 60, pause=60),)}
SIX_HOURS = a_demand(ends=EIGHT + 375, pause=0)
MINOR = {"minor_until": date(2024, 1, 1)}

CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("contract_period", "contract_ended", {"contract": Period(date(2023, 1, 1), MONDAY)}, {}),
    ("contract_period", "contract_not_begun", {"contract": Period(day(1))}, {}),
    ("contract_days", "not_a_contract_day", {"days": frozenset({1, 2})}, {}),
    ("absence", "absent_until", {"absent": (Period(MONDAY, day(2)),)}, {}),
    ("absence", "absent", {"absent": (Period(MONDAY),)}, {}),
    ("public_holiday", "public_holiday", {}, {"public_holidays": frozenset({MONDAY})}),
    ("site_open", "site_closed", {}, {"sites": (Site("hall", "maker", (Period(MONDAY, day(1)),)), Site("shop", "seller"))}),
    ("membership", "not_a_member", {}, {"members": (Member("maker", (Period(day(1)),)), Member("seller"))}),
    ("coach_present", "no_coach", {}, {"coaches": (Coach("Bo", "hall", frozenset({1}), 7),)}),
    ("coach_present", "no_coach", {}, {"coaches": (Coach("Bo", "hall", frozenset({0}), 7, (Period(MONDAY, day(1)),)),)}),
    ("sunday", "sunday", WORKS_SUNDAY, SUNDAY),
    ("sunday", "sunday_out_of_season", WORKS_SUNDAY, SUNDAY | {"sites": SHOP}),
    ("shift_length", "shift_too_short", {}, {"demands": (a_demand(ends=EIGHT + 150, pause=0),)}),
    ("shift_length", "shift_too_long", {}, LONG),
    ("day_hours", "night_work", {}, {"demands": (a_demand(starts=13 * 60, ends=20 * 60 + 30),)}),
    ("skill", "skill_missing", {"skills": frozenset({"sell"})}, {}),
    ("licence", "licence_missing", {}, {"functions": (Function("pack", licences=frozenset({"forklift"})),)}),
    ("medical_limits", "medical_limit", {"limits": frozenset({"dust"})}, {"functions": (Function("pack", frozenset({"dust"})),)}),
    ("travel_time", "way_too_long", {}, {"minutes": {("An", "hall"): 46}}),
    ("minor", "minor_on_sunday", WORKS_SUNDAY | MINOR, {"demands": (a_demand(weekday=6, pause=60),), "sites": SHOP, "rules": SEASON}),
    ("minor", "minor_day_too_long", MINOR, {"demands": (a_demand(ends=EIGHT + 570, pause=60),)}),
    ("pause", "pause_too_short", {}, {"demands": (SIX_HOURS,)}),
    ("pause", "pause_too_short", MINOR, {"demands": (a_demand(ends=EIGHT + 300, pause=15),)}),
]
ALLOWED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    (WORKS_SUNDAY, SUNDAY | {"sites": SHOP, "rules": SEASON}),
    (WORKS_SUNDAY, SUNDAY | {"sites": (Site("hall", "maker", (), True, frozenset({day(6)})), Site("shop", "seller"))}),
    ({"skills": frozenset(), "wishes": ("pack",)}, {}),
    ({"licences": frozenset({"forklift"})}, {"functions": (Function("pack", licences=frozenset({"forklift"})),)}),
    ({"limits": frozenset({"dust"})}, {"functions": (Function("pack", frozenset({"heights"})),)}),
    ({}, {"minutes": {("An", "hall"): 45}}),
    ({"most_minutes": 60}, {"minutes": {("An", "hall"): 46}}),
    (MINOR, {"demands": (a_demand(pause=60, ends=EIGHT + 500),)}),
    ({}, {"demands": (a_demand(ends=EIGHT + 600, pause=60),)}),
]


def problem_of(worker: dict[str, Any], changes: dict[str, Any]) -> Problem:
    """The usual problem with a changed worker."""
    return a_problem(workers=(a_worker(**worker),), **changes)


@pytest.mark.parametrize(("rule", "code", "worker", "changes"), CASES)
def test_rule_forbids_with_its_reason(rule: str, code: str, worker: dict[str, Any], changes: dict[str, Any]) -> None:
    """One fact wrong breaks exactly that rule, and the reason says which."""
    problem = problem_of(worker, changes)
    cell = problem.cells[0]
    reasons = {reason.code for reason in obstacles(problem.workers[0], cell, problem)}
    assert ((rule,), {f"rostering.{code}"}) == (broken_rules(problem.workers[0], cell, problem), reasons)


@pytest.mark.parametrize(("worker", "changes"), ALLOWED)
def test_rule_allows(worker: dict[str, Any], changes: dict[str, Any]) -> None:
    """What the law or the contract allows is allowed."""
    problem = problem_of(worker, changes)
    assert obstacles(problem.workers[0], problem.cells[0], problem) == ()


def test_every_shift_rule_has_a_case() -> None:
    """No rule without a shift that it forbids."""
    assert {rule.NAME for rule in SHIFT_RULES} == {rule for rule, *_ in CASES}


def test_admissible_equals_asking_every_rule() -> None:
    """Asking each rule only for what it looks at finds the same demands as asking all of them everywhere."""
    workers = (
        a_worker("An", absent=(Period(day(1), day(3)),)),
        a_worker("Bo", days=frozenset({0, 5, 6}), **MINOR),
        a_worker("Cas", skills=frozenset({"sell"}), wishes=("pack",), limits=frozenset({"dust"})),
    )
    demands = tuple(
        a_demand(site=site, function=function, weekday=weekday)
        for site, function in (("hall", "pack"), ("shop", "sell"))
        for weekday in range(7)
    )
    problem = a_problem(
        workers=workers,
        demands=demands,
        weeks=2,
        functions=(Function("pack"), Function("sell", frozenset({"dust"}))),
        coaches=(Coach("Bo", "hall", frozenset({0, 1, 2, 5, 6}), 7), Coach("Cas", "shop", frozenset({3}), 7)),
        public_holidays=frozenset({MONDAY + timedelta(days=7)}),
    )
    asked = tuple(tuple(cell.index for cell in problem.cells if not obstacles(worker, cell, problem)) for worker in workers)
    assert (admissible_cells(problem), any(asked)) == (asked, True)


def test_extra_sundays_count_only_thirteen_a_year() -> None:
    """The fourteenth Sunday that a shop chooses is not one of them."""
    sundays = frozenset(date(2023, 1, 1) + timedelta(days=7 * week) for week in range(12)) | {day(6, -1), day(6)}
    problem = problem_of(WORKS_SUNDAY, SUNDAY)
    shop = replace(problem.sites[0], is_seaside_shop=True, extra_sundays=sundays)
    late = replace(problem, sites=(shop, problem.sites[1]))
    assert broken_rules(late.workers[0], late.cells[0], late) == ("sunday",)
