"""Moves of a hand: the verdict is what the checker and the score say of the roster afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.rostering.instances import a_demand, a_problem, a_shift, a_worker

from opstap.engine.rostering.assignment import Assignment
from opstap.engine.rostering.check import check_shifts
from opstap.engine.rostering.moves import judge_move
from opstap.engine.rostering.score import cost
from opstap.engine.rostering.verdict import Scene

SELL: dict[str, Any] = {"site": "shop", "function": "sell"}
PROBLEM = a_problem(
    workers=(a_worker(), a_worker("Bea", skills=frozenset({"pack", "sell"})), a_worker("Cor", skills=frozenset(), wishes=("pack",))),
    demands=(a_demand(maximum=2), a_demand(weekday=1, maximum=1), a_demand(**SELL)),
)
SHIFTS = (a_shift(), a_shift("Bea", **SELL), a_shift("Cor"))
MOVES: dict[str, tuple[Assignment | None, Assignment | None]] = {
    "to another day": (a_shift(), a_shift(weekday=1)),
    "to somebody who learns": (a_shift(), a_shift("Cor", weekday=1)),
    "to somebody busy": (a_shift(), a_shift("Bea")),
    "to a learner already there": (a_shift(), a_shift("Cor")),
    "away from a learner": (a_shift(), None),
    "learner away": (a_shift("Cor"), None),
    "one more": (None, a_shift("Bea", weekday=1)),
    "one more than the maximum": (None, a_shift("Bea")),
    "somebody who cannot": (a_shift("Bea", **SELL), a_shift(**SELL)),
    "learner beside nobody": (None, a_shift("Cor", weekday=1)),
}


def after(gone: tuple[Assignment, ...], new: Assignment | None) -> tuple[Assignment, ...]:
    """Return the roster after a move."""
    return tuple(sorted({*(set(SHIFTS) - set(gone)), *((new,) if new else ())}))


@pytest.mark.parametrize("name", MOVES)
def test_move_is_judged_as_the_checker_does(name: str) -> None:
    """Allowed exactly when the roster afterwards keeps every rule, at exactly the difference of the two costs."""
    shift, new = MOVES[name]
    moved = judge_move(Scene(PROBLEM, SHIFTS), shift, new)
    then = after(moved.gone, new)
    is_sound = not check_shifts(PROBLEM, then)
    told = moved.verdict.cost if moved.verdict.is_allowed else None
    assert told == (cost(PROBLEM, then) - cost(PROBLEM, SHIFTS) if is_sound else None)


def test_move_to_nothing_asked_is_forbidden() -> None:
    """Where nobody is asked for, nobody can be put."""
    moved = judge_move(Scene(PROBLEM, SHIFTS), a_shift(), a_shift(weekday=4))
    assert [reason.code for reason in moved.verdict.reasons] == ["rostering.no_such_demand"]


def test_move_leaves_the_shift_of_that_day() -> None:
    """Who takes a shift over leaves their own."""
    moved = judge_move(Scene(PROBLEM, SHIFTS), a_shift(), a_shift("Bea"))
    assert moved.gone == (a_shift(), a_shift("Bea", **SELL))


def test_move_in_an_empty_roster_fills_it() -> None:
    """The first shift of all meets the minimum, what is wanted, and a day of contract."""
    verdict = judge_move(Scene(a_problem(), ()), None, a_shift()).verdict
    assert (verdict.is_allowed, verdict.changes["minimum"], verdict.changes["wanted"]) == (True, -1000, -400)
