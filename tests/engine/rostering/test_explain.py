"""Why here, why not there, what is missing, what is not learned, what is scarce."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.engine.rostering.instances import EIGHT, MONDAY, a_demand, a_problem, a_shift, a_worker, day

from opstap.engine.rostering.assignment import Assignment, Pin
from opstap.engine.rostering.explain import goals, scarcities, unmet, why_here, why_not_there
from opstap.engine.rostering.problem import Coach, Problem
from opstap.engine.rostering.solve import Limits, solve
from opstap.engine.rostering.verdict import Scene
from opstap.engine.shared import Period

LEARNER = a_worker("Bo", skills=frozenset(), wishes=("pack",))


def scene(shifts: tuple[Assignment, ...], **changes: Any) -> Scene:  # noqa: ANN401 - any field
    """A roster of the usual problem."""
    return Scene(a_problem(**changes), shifts)


def codes(reasons: Any) -> list[str]:  # noqa: ANN401 - any reasons
    """The codes of reasons."""
    return [reason.code.removeprefix("rostering.") for reason in reasons]


def test_why_here_names_skill_need_stay_and_way() -> None:
    """Somebody without whom the minimum is not met."""
    found = why_here(scene((a_shift(),), minutes={("An", "hall"): 20}), a_shift())
    assert codes(found) == ["why_skill", "why_minimum", "why_stay", "why_way"]


def test_why_here_names_the_guide_of_a_learner() -> None:
    """A learner reads beside whom."""
    given = scene((a_shift(), a_shift("Bo")), workers=(a_worker(), LEARNER), demands=(a_demand(wanted=2),))
    assert dict(why_here(given, a_shift("Bo"))[0].facts) == {"function": "pack", "beside": ("An",)}


def test_why_here_says_that_the_planner_decided() -> None:
    """A pin comes first."""
    given = scene((a_shift(),), pins=(Pin("An", MONDAY, "hall", "pack", EIGHT),))
    assert codes(why_here(given, a_shift()))[0] == "why_pinned"


def test_why_not_there_names_the_rules() -> None:
    """Somebody who cannot do it, and who lives too far."""
    given = scene((), workers=(a_worker(skills=frozenset({"sell"})),), minutes={("An", "hall"): 90})
    assert codes(why_not_there(given, "An", given.problem.cells[0])) == ["skill_missing", "way_too_long"]


def test_why_not_there_says_what_would_be_lost() -> None:
    """Going to the shop would leave the hall under its minimum."""
    demands = (a_demand(), a_demand(site="shop", minimum=0, wanted=0))
    given = scene((a_shift(),), demands=demands)
    assert codes(why_not_there(given, "An", given.problem.cells[1])) == ["worse_minimum", "worse_wanted"]


def test_why_not_there_is_empty_where_the_worker_is() -> None:
    """There is nothing to explain."""
    given = scene((a_shift(),))
    assert why_not_there(given, "An", given.problem.cells[0]) == ()


def test_verdict_forbids_taking_the_guide_of_a_learner_away() -> None:
    """Somebody beside whom another learns cannot simply go."""
    given = scene((a_shift(), a_shift("Bo")), workers=(a_worker(), LEARNER))
    assert codes(given.judge(take=(a_shift(),)).reasons) == ["learner_alone"]


def test_verdict_equals_the_full_count() -> None:
    """What one change costs is what counting everything again says."""
    from opstap.engine.rostering.score import cost  # noqa: PLC0415 - only this test counts everything

    problem = a_problem(workers=(a_worker(), a_worker("Bo")), demands=tuple(a_demand(weekday=weekday) for weekday in range(5)))
    before = (a_shift(), a_shift("Bo", 1))
    after = (a_shift(weekday=2), a_shift("Bo", 1))
    verdict = Scene(problem, before).judge((a_shift(),), (a_shift(weekday=2),))
    assert (verdict.is_allowed, verdict.cost) == (True, cost(problem, after) - cost(problem, before))


def missing(problem: Problem, shifts: tuple[Assignment, ...] = ()) -> list[tuple[bool, int, str, str]]:
    """What is missing: minimum or not, how many, cause and change."""
    found = unmet(Scene(problem, shifts))
    return [(each.is_minimum, each.people, *codes([each.cause, each.change])) for each in found]


def test_unmet_saturday_asks_for_a_contract_day() -> None:
    """Nobody's contract has Saturday: one who agrees would solve it; two weeks are one line."""
    problem = a_problem(demands=(a_demand(weekday=5),), weeks=2)
    assert missing(problem) == [(True, 2, "cause_all_kept_away", "change_contract_day")]


def test_unmet_without_coach_asks_for_a_coach() -> None:
    """No coach is a cause of the place, not of the people."""
    problem = a_problem(coaches=(Coach("Bo", "hall", frozenset({3}), 7),))
    assert missing(problem) == [(True, 1, "cause_place", "change_coach_present")]


def test_unmet_skill_that_nobody_has_asks_for_training() -> None:
    """Nobody can sell."""
    assert missing(a_problem(demands=(a_demand(function="sell"),))) == [(True, 1, "cause_nobody_can", "change_train")]


def test_unmet_because_everybody_is_busy() -> None:
    """The only one who can is elsewhere that day."""
    problem = a_problem(demands=(a_demand(), a_demand(site="shop")))
    assert missing(problem, (a_shift(),)) == [(True, 1, "cause_busy", "change_train")]


def test_goals_say_why_they_are_not_reached() -> None:
    """No work in it, too far, nobody to learn beside, no room; and one that is reached."""
    workers = (
        a_worker("A", wishes=("sort",)),
        a_worker("B", skills=frozenset({"sort"}), wishes=("pack",)),
        a_worker("C", skills=frozenset({"sort"}), wishes=("sell",)),
        a_worker("D", skills=frozenset({"sell"}), wishes=("pack",)),
        a_worker("E"),
    )
    demands = (*(a_demand(weekday=weekday) for weekday in range(5)), a_demand(site="shop", function="sell"))
    shifts = tuple(a_shift(key, weekday, week=week) for key in "DE" for week in range(2) for weekday in range(2))
    problem = a_problem(workers=workers, demands=demands, weeks=2, minutes={("B", "hall"): 90})
    found = goals(Scene(problem, shifts))
    assert [(goal.worker, goal.is_reached, codes([goal.cause] if goal.cause else [])) for goal in found] == [
        ("A", False, ["goal_no_work"]),
        ("B", False, ["way_too_long"]),
        ("C", False, ["goal_no_room"]),
        ("D", True, []),
    ]


def test_goal_without_anybody_to_learn_beside() -> None:
    """Nobody of the association can teach it."""
    problem = a_problem(workers=(LEARNER,))
    assert codes([goal.cause for goal in goals(Scene(problem, ()))]) == ["goal_no_guide"]


def test_scarcity_says_whom_to_train() -> None:
    """One packer for two sites: train the one who wishes to."""
    workers = (a_worker(), a_worker("Bo", skills=frozenset({"sell"}), wishes=("pack",)))
    problem = a_problem(
        workers=workers, demands=tuple(a_demand(site=site, weekday=weekday) for site in ("hall", "shop") for weekday in range(5))
    )
    result = solve(problem, Limits(seconds=60, rounds=50, climbs=100))
    found = [(each.name, each.advice.code, each.advice.facts["people"]) for each in scarcities(problem, result.prices, result.room_prices)]
    assert found == [("pack", "rostering.advice_train", ("Bo",))]


def test_scarcity_leaves_out_what_training_cannot_solve() -> None:
    """A Saturday on which nobody works is no lack of skill."""
    problem = a_problem(demands=(a_demand(weekday=5),))
    key = problem.cells[0].key
    assert scarcities(problem, {key: 1000.0}, {("hall", day(0)): 50.0})[0].name == "hall"


def test_absence_of_a_day_is_not_taken_for_the_lasting_cause() -> None:
    """A worker away on one of the Saturdays is still named as the one to ask."""
    worker = a_worker(absent=(Period(day(5), day(6)),))
    problem = a_problem(workers=(worker,), demands=(a_demand(weekday=5),), weeks=2)
    assert (missing(problem), problem.until) == ([(True, 2, "cause_all_kept_away", "change_contract_day")], MONDAY + timedelta(days=14))
