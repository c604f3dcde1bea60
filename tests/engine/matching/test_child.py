"""The child process is trusted with nothing: late, crashed, greedy and wrong solvers are all caught."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.engine.matching import instances

from opstap.engine.matching.child import SolverFailed, solve_in_child
from opstap.engine.matching.limits import Limits
from opstap.engine.matching.solve import solve

FAKES = "tests.engine.matching.fake_solvers"
SHORT = Limits(seconds=1.0, memory_bytes=2 << 30)


def test_child_gives_the_result_of_solving_here() -> None:
    """The child's result is the same as without a child, and progress comes through to the end."""
    shares: list[float] = []
    assert solve_in_child(instances.swap(), on_progress=shares.append) == solve(instances.swap())
    assert shares == [0.3, 0.6, 0.8, 1.0]


def test_child_works_from_a_thread() -> None:
    """A web server solves in its threads."""
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(solve_in_child, [instances.swap(), instances.one_seat_two_people()]))
    assert [len(result.assignments) for result in both] == [2, 1]


@pytest.mark.parametrize(
    ("solver", "code"),
    [
        ("late", "matching.solver_late"),
        ("crashing", "matching.solver_crashed"),
        ("nothing", "matching.solver_crashed"),
        ("wrong", "matching.result_rejected"),
    ],
)
def test_child_catches_a_solver_that_is(solver: str, code: str) -> None:
    """Whatever the solver does, the caller gets a reason."""
    with pytest.raises(SolverFailed) as caught:
        solve_in_child(instances.one_seat_two_people(), SHORT, solver=f"{FAKES}:{solver}")
    assert caught.value.reason.code == code


def test_child_catches_a_solver_that_eats_memory() -> None:
    """The limit on memory ends it, not the memory of the machine."""
    with pytest.raises(SolverFailed) as caught:
        solve_in_child(instances.one_seat_two_people(), Limits(seconds=20.0, memory_bytes=1 << 30), solver=f"{FAKES}:greedy")
    assert (caught.value.reason.code, caught.value.reason.facts["megabytes"]) == ("matching.solver_out_of_memory", 1024)


def test_child_may_print() -> None:
    """What a library prints does not disturb the messages."""
    result = solve_in_child(instances.one_seat_two_people(), SHORT, solver=f"{FAKES}:talkative")
    assert result.place_of() == {"bob": "shop"}
