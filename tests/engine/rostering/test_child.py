"""Rosters made in a process of their own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engine.rostering.instances import a_problem, a_shift, a_worker, day

from opstap.engine.rostering import child
from opstap.engine.rostering.assignment import Pin
from opstap.engine.rostering.child import SolverFailed, roster_in_child
from opstap.engine.rostering.limits import Limits
from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.solve import solve
from opstap.engine.shared import Period, SolverStatus

FEW = Limits(seconds=20.0, rounds=50, climbs=20)


def test_child_makes_the_same_roster() -> None:
    """The roster of the child is the roster that is made here, and progress is told."""
    problem, told = a_problem(), list[float]()
    found = roster_in_child(problem, FEW, told.append)
    assert (found, told[0]) == (solve(problem, FEW), 0.0)


def test_child_repairs_what_was_published() -> None:
    """A repair gives the shift of somebody who fell ill to somebody else."""
    ill = a_worker(absent=(Period(day(0), day(2)),))
    problem = a_problem(workers=(ill, a_worker("Bea")), published=(a_shift(),))
    assert roster_in_child(problem, FEW, lambda _: None, is_repair=True).shifts == (a_shift("Bea"),)


def test_child_names_pins_that_clash() -> None:
    """A repair that cannot begin says why instead of ending without an answer."""
    problem = replace(a_problem(), pins=(Pin("An", day(0), "hall", "pack", 60),), published=(a_shift(),))
    found = roster_in_child(problem, FEW, lambda _: None, is_repair=True)
    assert (found.status, [reason.code for reason in found.reasons]) == (SolverStatus.INFEASIBLE, ["rostering.no_such_demand"])


def test_child_that_breaks_a_rule_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes back is checked: a solver that answers nonsense gives no roster."""
    monkeypatch.setattr(child, "TASK", "tests.engine.rostering.test_child:dishonest")
    problem = a_problem(workers=(a_worker(days=frozenset({1})),))
    with pytest.raises(SolverFailed) as failed:
        roster_in_child(problem, FEW, lambda _: None)
    assert (failed.value.reason.code, failed.value.reason.facts) == ("rosters.result_rejected", {"rule": "contract_days"})


def dishonest(given: tuple[object, ...], *_: object) -> object:
    """Return a roster with a shift on a day that the contract does not have."""
    problem = given[0]
    assert isinstance(problem, Problem)
    return replace(solve(problem, FEW), shifts=(a_shift(),), status=SolverStatus.FEASIBLE)
