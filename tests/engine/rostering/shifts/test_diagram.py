"""The diagram of a worker holds the lawful paths, all of them and nothing else, and answers about them as trying would."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.rostering.shifts.questions import NAMES, lawful, questions

from opstap.engine.rostering.shifts.automaton import automaton_of
from opstap.engine.rostering.shifts.diagram import Diagram, diagram_of
from opstap.engine.rostering.shifts.problem import ShiftProblem

FREE = np.zeros((7, len(NAMES)))


def words(diagram: Diagram) -> list[tuple[str | None, ...]]:
    """All paths of a diagram in the words of the question."""
    paths = diagram.listed(FREE, 0.0, 3**7)
    assert paths is not None
    return [tuple(NAMES[choice] for choice in path) for path in paths.tolist()]


@given(questions())
@settings(max_examples=80, deadline=None)
def test_diagram_holds_exactly_the_lawful_paths(problem: ShiftProblem) -> None:
    """The judge and the diagram agree on every one of 2,187 paths."""
    assert words(diagram_of(automaton_of(problem, problem.workers[0]))) == lawful(problem, problem.workers[0])


@given(questions(), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_answers_are_the_best_of_all_that_can_be_tried(problem: ShiftProblem, seed: int) -> None:
    """The first answer is the cheapest path; the others are the cheapest that do something else on the day that was asked."""
    diagram = diagram_of(automaton_of(problem, problem.workers[0]))
    cost = np.random.default_rng(seed).integers(-9, 9, FREE.shape).astype(float)
    paths = diagram.listed(cost, 1e9, 3**7)
    if diagram.is_empty or paths is None:
        return
    spent = cost[np.arange(7), paths].sum(axis=1)
    value, (first, *others) = diagram.answers(cost, np.arange(7))
    assert (value, cost[np.arange(7), first].sum()) == (spent.min(), spent.min())
    expected = [spent[paths[:, day] != first[day]].min() for day in range(7) if (paths[:, day] != first[day]).any()]
    assert [cost[np.arange(7), other].sum() for other in others] == expected


@given(questions(), st.integers(0, 2**32 - 1), st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_thinned_diagram_keeps_every_cheap_path(problem: ShiftProblem, seed: int, room: int) -> None:
    """What costs at most so much is the same before and after; no path is new."""
    diagram = diagram_of(automaton_of(problem, problem.workers[0]))
    if diagram.is_empty:
        return
    cost = np.random.default_rng(seed).integers(0, 9, FREE.shape).astype(float)
    most = diagram.best(cost)[0] + room
    thinned = diagram.within(cost, most)
    before, after = diagram.listed(cost, most, 3**7), thinned.listed(cost, most, 3**7)
    assert before is not None
    assert after is not None
    assert (before.tolist(), set(words(thinned)) <= set(words(diagram))) == (after.tolist(), True)


def test_list_without_room_says_so() -> None:
    """More paths than places: None, not a part of them."""
    problem = ShiftProblem(7, (), ())
    follow = np.array([[1, 1], [2, 2]], np.int32)
    assert problem.days == 7
    assert Diagram(np.arange(3), follow).listed(np.zeros((2, 2)), 0.0, 3) is None
