"""The peers answer the same question: on tiny ones the textbook model costs what ours costs, or both find nothing."""

from __future__ import annotations

from bench.shift_textbook import Textbook, by_cp_sat
from hypothesis import given, settings
from tests.engine.rostering.shifts.questions import questions

from opstap.engine.rostering.shifts.check import broken, cost
from opstap.engine.rostering.shifts.problem import ShiftProblem
from opstap.engine.rostering.shifts.solve import solve


@given(questions(days=7, workers=2))
@settings(max_examples=25, deadline=None)
def test_textbook_model_costs_what_ours_costs(problem: ShiftProblem) -> None:
    """Every rule means the same to both: the roster is lawful by the judge and as cheap as the one we prove."""
    found = solve(problem)
    roster, _ = by_cp_sat(Textbook(problem), 20.0)
    assert bool(roster) == bool(found.roster)
    if roster:
        assert (broken(problem, roster), cost(problem, roster)) == ([], found.cost)
