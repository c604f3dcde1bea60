"""The judge of days and shifts: every rule broken once, every cost counted once."""

from __future__ import annotations

import pytest
from tests.engine.rostering.shifts.questions import KINDS, a_contract

from opstap.engine.rostering.shifts.check import broken, cost
from opstap.engine.rostering.shifts.problem import Contract, Cover, ShiftProblem, Wish

E, L, _ = "early", "late", None


@pytest.mark.parametrize(
    ("worker", "shifts", "rules"),
    [
        (a_contract(), (E, _, _, _, _, _, _), []),
        (a_contract(), (E, _), ["is_there"]),
        (a_contract(least_minutes=960), (E, _, _, _, _, _, _), ["minutes"]),
        (a_contract(most_minutes=480), (E, E, _, _, _, _, _), ["minutes"]),
        (a_contract(most_of={"early": 1}), (E, E, _, _, _, _, _), ["most_of"]),
        (a_contract(most_of={"early": 1}), (L, _, _, _, _, _, _), ["most_of"]),
        (a_contract(), (L, E, _, _, _, _, _), ["not_followed_by"]),
        (a_contract(), (L, _, E, _, _, _, _), []),
        (a_contract(days_off=frozenset({0})), (E, _, _, _, _, _, _), ["days_off"]),
        (a_contract(most_weekends=0), (_, _, _, _, _, _, E), ["most_weekends"]),
        (a_contract(most_weekends=1), (_, _, _, _, _, E, E), []),
        (a_contract(longest_run=2), (E, E, E, _, _, _, _), ["longest_run"]),
        (a_contract(shortest_run=2), (_, E, _, _, _, _, _), ["shortest_run"]),
        (a_contract(shortest_run=2), (E, _, _, _, _, _, E), []),
        (a_contract(shortest_rest=2), (E, _, E, _, _, _, _), ["shortest_rest"]),
        (a_contract(shortest_rest=2), (_, E, E, E, E, E, _), []),
    ],
)
def test_judge_names_the_rule_that_is_broken(worker: Contract, shifts: tuple[str | None, ...], rules: list[str]) -> None:
    """Runs and rest at the edge may be shorter, since what lies outside is not known; everything else counts there too."""
    assert broken(ShiftProblem(7, KINDS, (worker,)), {"An": shifts}) == [("An", rule) for rule in rules]


def test_cost_counts_wishes_and_people_missing_and_too_many() -> None:
    """One wanted day not given (2), one unwanted given (3), one missing (10), one too many (7)."""
    wishes = (Wish("An", 0, L, 2, is_wanted=True), Wish("An", 0, E, 3, is_wanted=False), Wish("Bo", 1, L, 50, is_wanted=False))
    covers = (Cover(0, L, 1, 10, 1), Cover(0, E, 1, 100, 7), Cover(1, E, 0, 100, 1))
    problem = ShiftProblem(2, KINDS, (a_contract(), a_contract("Bo")), wishes, covers)
    assert cost(problem, {"An": (E, _), "Bo": (E, _)}) == 2 + 3 + 10 + 7


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"days": 0}, "at least one day"),
        ({"kinds": KINDS + KINDS[:1]}, "twice"),
        ({"wishes": (Wish("Bo", 0, E, 1, is_wanted=True),)}, "unknown worker: Bo"),
        ({"wishes": (Wish("An", 0, "night", 1, is_wanted=True),)}, "unknown kind of shift: night"),
        ({"covers": (Cover(7, E, 1, 1, 1),)}, "a day outside the question: 7"),
        ({"covers": (Cover(1, E, 1, 1, 1), Cover(1, E, 2, 1, 1))}, "asked twice"),
    ],
)
def test_question_that_cannot_be_is_refused(change: dict[str, object], word: str) -> None:
    """What repeats or points nowhere is said at construction."""
    given: dict[str, object] = {"days": 7, "kinds": KINDS, "workers": (a_contract(),)}
    with pytest.raises(ValueError, match=word):
        ShiftProblem(**{**given, **change})  # type: ignore[arg-type] # the cases name fields of the question
