"""Tiny questions of days and shifts, and the slow truth about them."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

from opstap.engine.rostering.shifts.check import broken, cost
from opstap.engine.rostering.shifts.problem import Contract, Cover, Kind, ShiftProblem, Wish

KINDS = (Kind("early", 480), Kind("late", 240, frozenset({"early"})))
NAMES = (None, "early", "late")


def a_contract(key: str = "An", **changes: object) -> Contract:
    """A worker whom nothing but one shift a day limits, except for what is changed."""
    free: dict[str, object] = {
        "most_of": {"early": 9, "late": 9}, "least_minutes": 0, "most_minutes": 9_000, "longest_run": 9, "shortest_run": 1,
        "shortest_rest": 1, "most_weekends": 9, "days_off": frozenset(),
    }  # fmt: skip
    return Contract(key, **{**free, **changes})  # type: ignore[arg-type] # the caller names fields of the contract


@st.composite
def contracts(draw: st.DrawFn, key: str, days: int) -> Contract:
    """Any worker whose rules bite within so few days."""
    least = draw(st.sampled_from((0, 240, 720)))
    return a_contract(
        key,
        most_of={kind.key: draw(st.integers(0, 3)) for kind in KINDS},
        least_minutes=least,
        most_minutes=draw(st.sampled_from((960, 1440, 9_000))),
        longest_run=draw(st.integers(1, 4)),
        shortest_run=draw(st.integers(1, 3)),
        shortest_rest=draw(st.integers(1, 3)),
        most_weekends=draw(st.integers(0, 1)),
        days_off=draw(st.frozensets(st.integers(0, days - 1), max_size=1)),
    )


@st.composite
def questions(draw: st.DrawFn, days: int = 7, workers: int = 1) -> ShiftProblem:
    """Any tiny question."""
    day, kind, points = st.integers(0, days - 1), st.sampled_from(("early", "late")), st.integers(0, 5)
    people = tuple(draw(contracts(f"worker {number}", days)) for number in range(workers))
    wishes = draw(st.lists(st.builds(Wish, st.sampled_from([each.key for each in people]), day, kind, points, st.booleans()), max_size=4))
    asked = draw(st.dictionaries(st.tuples(day, kind), st.tuples(st.integers(0, 2), points, points), max_size=8))
    return ShiftProblem(days, KINDS, people, tuple(wishes), tuple(Cover(*where, *numbers) for where, numbers in asked.items()))


def lawful(problem: ShiftProblem, worker: Contract) -> list[tuple[str | None, ...]]:
    """Every sequence of shifts that the judge lets a worker have."""
    alone = ShiftProblem(problem.days, problem.kinds, (worker,))
    return [shifts for shifts in product(NAMES, repeat=problem.days) if not broken(alone, {worker.key: shifts})]


def best_cost(problem: ShiftProblem) -> int | None:
    """The lowest cost of all lawful rosters; None when there is none."""
    keys = [worker.key for worker in problem.workers]
    rosters = product(*(lawful(problem, worker) for worker in problem.workers))
    return min((cost(problem, dict(zip(keys, shifts, strict=True))) for shifts in rosters), default=None)
