"""The compiled search and bound: two lanes side by side, by chance or by region, and what the arrays count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.rostering.brute import best_cost
from tests.engine.rostering.instances import a_demand, a_problem, a_worker
from tests.engine.rostering.test_solve import problems

from opstap.engine.rostering.check import check
from opstap.engine.rostering.problem import Coach, Problem, Site
from opstap.engine.rostering.search import improve, polish
from opstap.engine.rostering.search.answer_kernel import join
from opstap.engine.rostering.search.ascent import Everybody, climb
from opstap.engine.rostering.search.crew import copy_of, crew_of, fill, roster_of, worth_of
from opstap.engine.rostering.search.crew_kernel import Crew, Roster, Worth
from opstap.engine.rostering.search.improve import Team, first_roster
from opstap.engine.rostering.search.load import Load
from opstap.engine.rostering.search.market import market_of
from opstap.engine.rostering.search.prices import layout_of
from opstap.engine.rostering.search.rounds_kernel import search
from opstap.engine.rostering.solve import Limits, solve

FEW_ROUNDS = Limits(seconds=60, rounds=300, climbs=100)


def a_region(workers: int = 12, weeks: int = 2) -> Problem:
    """A row of six halls in which everybody reaches the two nearest, with somebody who can and somebody who learns at each."""
    halls = [f"hall {number}" for number in range(workers // 2)]
    people = tuple(
        a_worker(f"W{row:02d}", skills=frozenset({"pack" if row % 2 else "sell"}), wishes=("sell" if row % 2 else "pack",))
        for row in range(workers)
    )
    near = {
        (person.key, hall): 10 if abs(row // 2 - number) <= 1 else 60
        for row, person in enumerate(people)
        for number, hall in enumerate(halls)
    }
    demands = tuple(
        a_demand(site=hall, function=function, weekday=weekday, minimum=1, wanted=2, maximum=3)
        for hall in halls
        for function in ("pack", "sell")
        for weekday in range(4)
    )
    return a_problem(
        workers=people, sites=tuple(Site(hall, "maker") for hall in halls), demands=demands, weeks=weeks, minutes=near,
        coaches=tuple(Coach(f"Coach {hall}", hall, frozenset(range(7)), 3) for hall in halls),
    )  # fmt: skip


@pytest.mark.parametrize("many", [1, 1_000])
def test_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """A run that ends by its rounds finds the same roster and the same bound on one thread as on two."""
    monkeypatch.setattr(improve, "MANY", many)
    one, two = (solve(a_region(), replace(FEW_ROUNDS, threads=threads)) for threads in (1, 2))
    assert (one.shifts, one.cost, one.bound) == (two.shifts, two.cost, two.bound)


def test_regions_make_a_lawful_roster_above_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searched by regions, the roster of a row of halls breaks nothing, and its figures are those of the score."""
    monkeypatch.setattr(improve, "MANY", 1)
    problem = a_region()
    result = solve(problem, FEW_ROUNDS)
    assert check(problem, result) == ()
    assert result.bound <= result.cost
    assert len(result.shifts) > 0


@given(problems())
@settings(max_examples=25, deadline=None)
def test_bound_of_regions_lies_below_every_roster(problem: Problem) -> None:
    """However a problem is cut into regions, the bound is of the whole: no roster that can be tried costs less."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(improve, "MANY", 1)
        result = solve(problem, FEW_ROUNDS)
    best = best_cost(problem)
    assert best is not None
    assert result.bound <= best <= result.cost


@given(problems(weeks=1), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_any_prices_prove_a_bound(problem: Problem, seed: int) -> None:
    """Prices drawn by chance give a value below every roster too."""
    market = market_of(problem)
    everybody = Everybody(market, crew_of(market), 2)
    value, _ = everybody.answers(np.random.default_rng(seed).random(layout_of(market).size) * 300)
    best = best_cost(problem)
    assert best is not None
    assert value <= best + 1e-6


def test_search_counts_the_cost_as_it_goes() -> None:
    """What the compiled search says that it gained is the difference in the cost of the whole roster, burdens and learners too."""
    market = market_of(a_region())
    crew, load = crew_of(market), Load(market)
    roster, worth = roster_of(load), worth_of(market, np.zeros(layout_of(market).size))
    assert first_roster(Team(market, crew, 1), roster, worth, np.random.default_rng(1))
    fill(load, roster)
    before = load.cost()
    everywhere = np.zeros(len(market.minimum), np.int64)
    gain = search(crew, roster, worth, np.arange(len(market.views)), everywhere, 0, 0, 2, 400.0, 400.0, 60, 3)
    fill(load, roster)
    assert load.cost() == before + gain
    assert (load.skilled == roster.skilled).all()


def test_search_keeps_to_its_region() -> None:
    """A lane takes nobody out that is not its own, and puts nobody at a site of the other lane."""
    problem = a_region()
    market = market_of(problem)
    crew, load = crew_of(market), Load(market)
    roster, worth = roster_of(load), worth_of(market, np.zeros(layout_of(market).size))
    sites = [int(cell.demand.site.split()[1]) for cell in problem.cells]
    part_of = np.array([0 if site < 3 else 1 for site in sites], np.int64)
    search(crew, roster, worth, np.arange(6), part_of, 0, 0, 2, 0.0, 0.0, 40, 1)
    fill(load, roster)
    assert {shift.site for shift in load.shifts()} == {"hall 0", "hall 1", "hall 2"}
    assert {shift.worker for shift in load.shifts()} <= {f"W{row:02d}" for row in range(6)}


def searched(weeks: int) -> tuple[Load, Crew, Roster, Worth]:
    """A first roster of a row of halls in a load that is empty, with the arrays around it."""
    market = market_of(a_region(weeks=weeks))
    crew, load = crew_of(market), Load(market)
    roster, worth = roster_of(load), worth_of(market, np.zeros(layout_of(market).size))
    assert first_roster(Team(market, crew, 1), roster, worth, np.random.default_rng(1))
    return load, crew, roster, worth


def test_search_keeps_to_its_weeks() -> None:
    """A lane changes nothing outside its own weeks, and still counts what stays and wishes cost over all of them."""
    load, crew, roster, worth = searched(weeks=6)
    fill(load, roster)
    before, was = load.cost(), roster.chosen.copy()
    everywhere = np.zeros(len(crew.minimum), np.int64)
    gain = search(crew, roster, worth, np.arange(len(was)), everywhere, 0, 1, 5, 800.0, 400.0, 300, 0)
    fill(load, roster)
    changed = (roster.chosen != was).any(axis=0)
    assert set(np.nonzero(changed)[0] // 7) == {1, 2, 3, 4}
    assert load.cost() == before + gain


@pytest.mark.parametrize("border", [1, 3, 5])
def test_weeks_of_two_lanes_are_joined_as_they_are(border: int) -> None:
    """Joined, a roster has the first weeks of one lane and the last of the other, and counts what everybody's path costs."""
    load, crew, one, worth = searched(weeks=6)
    other, everywhere, rows = copy_of(one), np.zeros(len(crew.minimum), np.int64), np.arange(len(one.chosen))
    search(crew, one, worth, rows, everywhere, 0, 0, border, 800.0, 400.0, 200, 3)
    search(crew, other, worth, rows, everywhere, 0, border, 6, 800.0, 400.0, 200, 4)
    expected = np.concatenate([one.chosen[:, : border * 7], other.chosen[:, border * 7 :]], axis=1)
    join(crew, one, other, border)
    fill(load, one)
    assert (one.chosen == expected).all()
    alone = [polish.alone(load, row, options) for row, options in enumerate(load.chosen)]
    assert (one.alone == alone).all()
    assert [one.unfair.tolist(), one.skilled.tolist(), one.learners.tolist(), one.crowds.tolist()] == [
        load.unfair.tolist(), load.skilled.tolist(), load.learners.tolist(), load.crowds.tolist(),
    ]  # fmt: skip


def test_number_of_threads_changes_nothing_where_lanes_have_their_weeks() -> None:
    """A run over six weeks, so many that each lane has its own, ends with the same roster on one thread as on two."""
    one, two = (solve(a_region(weeks=6), replace(FEW_ROUNDS, threads=threads)) for threads in (1, 2))
    assert (one.shifts, one.cost, one.bound) == (two.shifts, two.cost, two.bound)
    assert check(a_region(weeks=6), one) == ()


def test_climb_goes_on_from_where_it_was() -> None:
    """A second climb never ends below the first."""
    market = market_of(a_region())
    everybody = Everybody(market, crew_of(market), 2)
    first = climb(everybody, 40_000.0, np.inf, 20)
    bound = first.bound
    assert climb(everybody, 40_000.0, np.inf, 20, start=first).bound >= bound
