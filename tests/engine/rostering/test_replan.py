"""After an absence: who can take over, and a repair that leaves everybody else where they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine.rostering.instances import EIGHT, MONDAY, a_demand, a_problem, a_shift, a_worker, day

from opstap.engine.rostering.assignment import Pin
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.repair import repair
from opstap.engine.rostering.replan import Change, differences, impossible_shifts, replacements
from opstap.engine.shared import Period, Refused

WORKERS = (a_worker("An"), a_worker("Bo"), a_worker("Cas", skills=frozenset({"sell"})), a_worker("Do", days=frozenset({1, 2})))
DEMANDS = (a_demand(), a_demand(weekday=1), a_demand(site="shop", function="sell", weekday=0))
PUBLISHED = (a_shift("An"), a_shift("An", 1), a_shift("Cas", site="shop", function="sell"))


def ill() -> Problem:
    """An falls ill on Monday, after the roster was published."""
    away = replace(WORKERS[0], absent=(Period(MONDAY, day(1)),))
    return a_problem(workers=(away, *WORKERS[1:]), demands=DEMANDS, published=PUBLISHED)


def test_impossible_shifts_are_those_of_the_absence() -> None:
    """Only Monday is lost."""
    assert impossible_shifts(ill(), PUBLISHED) == (a_shift("An"),)


def test_replacements_are_only_people_who_may() -> None:
    """Bo can; Cas cannot pack, Do does not work on Monday."""
    found = replacements(ill(), PUBLISHED[1:], a_shift("An"))
    assert [(each.shift, each.leaves, each.verdict.is_allowed) for each in found] == [(a_shift("Bo"), None, True)]


def test_replacements_come_cheapest_first() -> None:
    """Who is free goes before who would leave another place under its minimum."""
    workers = (WORKERS[0], a_worker("Bo"), a_worker("Eva", skills=frozenset({"pack", "sell"})))
    problem = a_problem(workers=workers, demands=DEMANDS)
    busy = a_shift("Eva", site="shop", function="sell")
    found = replacements(problem, (busy,), a_shift("An"))
    assert [(each.shift.worker, each.leaves) for each in found] == [("Bo", None), ("Eva", busy)]


def test_repair_moves_only_who_must() -> None:
    """The shift goes to Bo; nobody else has anything different."""
    after = repair(ill())
    assert (check_shifts(ill(), after), differences(PUBLISHED, after)) == (
        (),
        {
            "An": (Change("An", MONDAY, a_shift("An"), None),),
            "Bo": (Change("Bo", MONDAY, None, a_shift("Bo")),),
        },
    )


def test_repair_keeps_a_roster_that_is_still_possible() -> None:
    """Nothing happened, nothing changes, though another roster might be cheaper."""
    problem = a_problem(workers=WORKERS, demands=DEMANDS, published=PUBLISHED)
    assert repair(problem) == tuple(sorted(PUBLISHED))


def test_repair_follows_a_new_pin() -> None:
    """The planner sends Bo instead of An."""
    problem = a_problem(
        workers=WORKERS, demands=DEMANDS, published=PUBLISHED, pins=(Pin("Bo", MONDAY, "hall", "pack", EIGHT), Pin("An", MONDAY))
    )
    assert set(differences(PUBLISHED, repair(problem))) == {"An", "Bo"}


def test_repair_refuses_pins_that_clash() -> None:
    """A pin on somebody who is away says why."""
    problem = replace(ill(), pins=(Pin("An", MONDAY, "hall", "pack", EIGHT),))
    with pytest.raises(Refused) as refusal:
        repair(problem)
    assert refusal.value.reason.code == "rostering.absent_until"
