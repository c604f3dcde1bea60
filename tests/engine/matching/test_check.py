"""The judge sees every way in which a result can lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engine.matching import instances
from tests.engine.matching.instances import ON, a_person, a_place, a_round

from opstap.engine.matching import check as judge
from opstap.engine.matching.check import check
from opstap.engine.matching.problem import Hold, Pin, Problem
from opstap.engine.matching.result import Assignment, Result
from opstap.engine.matching.solve import solve
from opstap.engine.shared import SolverStatus

Lie = Callable[[Result], Result]


def swap_lie(change: Callable[[Assignment], Assignment]) -> Lie:
    """A lie about the first proposal."""
    return lambda result: replace(result, assignments=(change(result.assignments[0]), *result.assignments[1:]))


LIES: list[tuple[str, Lie]] = [
    ("input", lambda result: replace(result, digest="another")),
    ("input", lambda result: replace(result, seed=7)),
    ("input", swap_lie(lambda each: replace(each, person="nobody"))),
    ("one_place", lambda result: replace(result, assignments=(*result.assignments, result.assignments[0]))),
    ("veto", swap_lie(lambda each: replace(each, place="park"))),
    ("place_capacity", swap_lie(lambda each: replace(each, place="park"))),
    ("eligible_instrument", swap_lie(lambda each: replace(each, instrument="imw"))),
    ("objective", swap_lie(lambda each: replace(each, value=each.value + 1))),
    ("objective", swap_lie(lambda each: replace(each, parts={**each.parts, "wishes": 3}))),
    ("objective", lambda result: replace(result, value=result.value + 1)),
    ("objective", lambda result: replace(result, weights={**result.weights, "travel": 5})),
    ("certificate", lambda result: replace(result, bound=result.bound + 1)),
    ("certificate", lambda result: replace(result, prices={**result.prices, "shop": 0})),
    ("certificate", lambda result: replace(result, prices={**result.prices, "shop": -1})),
    ("certificate", lambda result: replace(result, prices={})),
    ("certificate", lambda result: replace(result, gap=0.5)),
    ("status", lambda result: replace(result, status=SolverStatus.INFEASIBLE)),
]


@pytest.mark.parametrize(("rule", "lie"), LIES)
def test_check_sees_a_lie(rule: str, lie: Lie) -> None:
    """The honest result passes; the same with one lie does not, and the broken promise is named."""
    problem = instances.swap()
    honest = solve(problem)
    assert check(problem, honest) == ()
    assert rule in {violation.rule for violation in check(problem, lie(honest))}


def moved(problem: Problem, person: str, place: str) -> Result:
    """The honest result with one person more at a place."""
    honest = solve(problem)
    extra = replace(honest.assignments[0], person=person, place=place)
    return replace(honest, assignments=(*honest.assignments, extra))


@pytest.mark.parametrize(
    ("problem", "rule"),
    [
        (instances.shared_mentor(), "mentor_capacity"),
        (instances.small_host(), "host_capacity"),
        (replace(a_round([a_person()], [a_place()]), holds=(Hold("shop", 1, instances.ALWAYS.start.replace(year=2024)),)), None),
    ],
)
def test_check_counts_limits_at_every_level(problem: Problem, rule: str | None) -> None:
    """One person too many is seen at the mentor and at the host; a held seat leaves nothing to propose."""
    honest = solve(problem)
    left = {person.key for person in problem.people} - honest.place_of().keys()
    if rule is None:
        assert (honest.assignments, left) == ((), {"ann"})
    else:
        free = next(place.key for place in problem.places if list(honest.place_of().values()).count(place.key) < place.capacity)
        assert rule in {violation.rule for violation in check(problem, moved(problem, min(left), free))}


def test_check_wants_every_pin() -> None:
    """A result that forgets a pin is refused."""
    problem = replace(instances.one_seat_two_people(), pins=(Pin("ann", "shop"),))
    assert "pin" in {violation.rule for violation in check(problem, replace(solve(problem), assignments=()))}


def test_check_calls_a_worse_assignment_not_proven() -> None:
    """Leaving someone out is allowed, calling it the best is not."""
    problem = instances.swap()
    honest = solve(problem)
    worse = replace(honest, assignments=honest.assignments[:1], value=honest.assignments[0].value)
    assert {violation.rule for violation in check(problem, worse)} == {"certificate"}


def test_hold_ends_on_its_day() -> None:
    """A seat held until the day of the round is free on that day."""
    problem = replace(a_round([a_person()], [a_place()]), holds=(Hold("shop", 1, ON),))
    assert solve(problem).place_of() == {"ann": "shop"}


def test_check_and_explain_import_no_solver() -> None:
    """Only the flow imports a solver, and only solving imports the flow."""
    folder = Path(judge.__file__).parent
    files = [*folder.glob("*.py"), *(folder / "explain").glob("*.py"), *(folder / "constraints").glob("*.py")]
    texts = {path.name: path.read_text() for path in files}
    assert {name for name, text in texts.items() if "import min_cost_flow" in text} == {"flow.py"}
    assert {name for name, text in texts.items() if "matching.flow" in text} == {"solve.py"}
