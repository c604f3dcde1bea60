"""What Timefold is asked is our problem, and what it answers is a roster of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench.rostering_instances import START, association
from bench.timefold_question import answer, question

from opstap.engine.rostering.problem import DAYS_IN_WEEK
from opstap.engine.rostering.score import hour_points, travel_points
from opstap.engine.rostering.search.market import Market, market_of

PROBLEM = association(8, 3, START, seed=4)
MARKET = market_of(PROBLEM)


def _pairs(market: Market) -> set[tuple[str, tuple[object, ...]]]:
    """Return every worker with every demand on every day that the search has, in weeks with hours."""
    return {
        (view.worker.key, market.problem.cells[index].key)
        for view in market.views
        for index in view.cells.tolist()
        if view.quotas[(market.problem.cells[index].day - market.problem.start).days // DAYS_IN_WEEK]
    }


def test_question_offers_each_worker_what_the_search_has() -> None:
    """Taking each of the choices of each slot in turn gives every pair of the search, and no other."""
    given, slots = question(MARKET)
    found = set()
    for turn in range(max(map(len, given["choices"]))):
        chosen = [choice[turn] if turn < len(choice) else -1 for choice in (given["choices"][slot[2]] for slot in given["slots"])]
        found |= {(shift.worker, shift.cell) for shift in answer(MARKET, slots, chosen)}
    assert found == _pairs(MARKET)


def test_question_splits_what_a_shift_costs_by_itself() -> None:
    """Points of the way less points of the hours are what the search counts for each shift."""
    given, _ = question(MARKET)
    view = MARKET.views[0]
    demands = [PROBLEM.cells[index].demand for index in view.cells.tolist()]
    own = [travel_points(view.worker.key, demand.site, PROBLEM) - hour_points(demand.minutes, PROBLEM) for demand in demands]
    ways, sites = dict(given["workers"][0][2]), [site.key for site in PROBLEM.sites]
    hours = {demand: given["demands"][number][3] for number, demand in enumerate(PROBLEM.demands)}
    assert [ways[sites.index(demand.site)] - hours[demand] for demand in demands] == own == view.own.tolist()


def test_question_counts_the_room_with_the_coaches() -> None:
    """By day and site the room is that of the coaches who are there: seven from Monday to Saturday, where something is asked."""
    given, _ = question(MARKET)
    asked = {(cell.day, cell.demand.site) for cell in PROBLEM.cells}
    expected = [[7 * ((day, site.key) in asked) for site in PROBLEM.sites] for day in PROBLEM.dates]
    assert [room for _, room in given["days"]] == expected


def test_answer_without_choices_is_an_empty_roster() -> None:
    """Nobody chosen is nobody at work."""
    _, slots = question(MARKET)
    assert answer(MARKET, slots, [-1] * len(slots)) == ()


def test_question_refuses_a_roster_that_was_published() -> None:
    """Moves against what was published are not in the peer's model, so it is not asked."""
    given, slots = question(MARKET)
    first = answer(MARKET, slots, [given["choices"][slot[2]][0] for slot in given["slots"]])[:1]
    with pytest.raises(ValueError, match="new rosters only"):
        question(market_of(replace(PROBLEM, published=first)))
