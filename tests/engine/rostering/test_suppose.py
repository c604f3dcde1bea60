"""What if: what is supposed holds, for its days and for nobody else, and the problem beside it stays as it was."""

from __future__ import annotations

from tests.engine.rostering.instances import a_demand, a_problem, a_shift, a_worker, day

from opstap.engine.rostering.problem import Problem
from opstap.engine.rostering.repair import repair
from opstap.engine.rostering.replan import impossible_shifts
from opstap.engine.rostering.suppose import Asked, Away, Closed, Joins, Leaves, Supposition, suppose
from opstap.engine.shared import Period

WORKERS = (a_worker("An"), a_worker("Bo"))
WEEK = tuple(a_demand(weekday=number) for number in range(5))
TOLD = tuple(a_shift("An", number) for number in range(5))


def told() -> Problem:
    """An packs every day; Bo can too and is free."""
    return a_problem(workers=WORKERS, demands=WEEK, published=TOLD)


def lost(*what: Supposition) -> list[int]:
    """Return the weekdays of An's week that cannot be any more when this is supposed."""
    return [shift.day.weekday() for shift in impossible_shifts(suppose(told(), what), TOLD)]


def test_who_leaves_works_until_the_day_before() -> None:
    """From Wednesday on An's shifts cannot be."""
    assert lost(Leaves("An", day(2))) == [2, 3, 4]


def test_who_would_leave_later_than_the_contract_ends_changes_nothing() -> None:
    """An early end that was there already is not put off."""
    short = a_problem(workers=(a_worker("An", contract=Period(day(0), day(1))),), demands=WEEK)
    assert suppose(short, [Leaves("An", day(3))]) == short


def test_who_would_leave_before_the_contract_began_never_works() -> None:
    """The contract has no day left, and cannot run backwards."""
    new = a_problem(workers=(a_worker("An", contract=Period(day(1))),), demands=WEEK)
    assert suppose(new, [Leaves("An", day(0))]).workers[0].contract == Period(day(1), day(1))


def test_who_is_away_comes_back() -> None:
    """Only the days of the absence are lost."""
    assert lost(Away("An", Period(day(1), day(3)))) == [1, 2]


def test_closed_site_has_no_work_in_its_days() -> None:
    """One day only; another site changes nothing."""
    assert (lost(Closed("hall", Period(day(4), day(5)))), lost(Closed("shop", Period(day(0), day(5))))) == ([4], [])


def test_more_people_are_asked_in_the_period_alone() -> None:
    """Tuesday and Wednesday ask two, before and after one; the cells stay one a day."""
    problem = suppose(a_problem(weeks=2, demands=WEEK), [Asked("hall", "pack", Period(day(1), day(3)), 1)])
    assert [(cell.day, cell.demand.minimum, cell.demand.wanted, cell.demand.maximum) for cell in problem.cells] == [
        (day(number, week), 1, *((2, 3) if (number, week) in {(1, 0), (2, 0)} else (1, 2))) for week in range(2) for number in range(5)
    ]


def test_more_people_who_must_be_there_raise_the_minimum() -> None:
    """Without an end it holds for good."""
    problem = suppose(told(), [Asked("hall", "pack", Period(day(3)), 2, is_minimum=True)])
    assert [cell.demand.minimum for cell in problem.cells] == [1, 1, 1, 3, 3]


def test_several_hold_together() -> None:
    """An leaves on Thursday, and on Monday the hall is closed."""
    assert lost(Leaves("An", day(3)), Closed("hall", Period(day(0), day(1)))) == [0, 3, 4]


def test_unknown_names_change_nothing() -> None:
    """Who has left the files since is nobody's loss."""
    assert suppose(told(), [Leaves("Zoë", day(0)), Away("Zoë", Period(day(0))), Closed("barn", Period(day(0)))]) == told()


def test_repair_of_a_supposition_hands_over_what_falls_away() -> None:
    """Bo takes An's last two days; what was given stays untouched."""
    problem = told()
    after = repair(suppose(problem, [Leaves("An", day(3))]))
    assert (sorted((shift.worker, shift.day.weekday()) for shift in after), problem) == (
        [("An", 0), ("An", 1), ("An", 2), ("Bo", 3), ("Bo", 4)], told(),
    )  # fmt: skip


def joined(*, on: int = 2, minimum: int = 1, wanted: int = 2) -> list[tuple[str, int]]:
    """Return who packs when somebody like An joins beside An, who packs every day as was told."""
    demands = tuple(a_demand(weekday=number, minimum=minimum, wanted=wanted) for number in range(5))
    told = a_problem(workers=(a_worker("An", limits=frozenset({"dust"})),), demands=demands, published=TOLD, frozen_until=day(4))
    return [(shift.worker, shift.day.weekday()) for shift in repair(suppose(told, [Joins("Nico", "An", day(on))]))]


def test_who_joins_fills_what_is_wanted_from_the_first_day_and_moves_nobody() -> None:
    """An's days stay; nothing was told to Nico, so no notice holds and no day of his is a move."""
    assert joined() == [*(("An", number) for number in range(5)), ("Nico", 2), ("Nico", 3), ("Nico", 4)]


def test_who_joins_is_like_another_but_for_absence_and_body() -> None:
    """Hours, days, skills, licences and the way are the other's; what was away or cannot be is not; the other stays."""
    an = a_worker("An", week_minutes=1140, licences=frozenset({"B"}), limits=frozenset({"dust"}), absent=(Period(day(0), day(3)),))
    problem = a_problem(workers=(an,), demands=WEEK, minutes={("An", "hall"): 12})
    found = suppose(problem, [Joins("Nico", "An", day(1))])
    new = a_worker("Nico", week_minutes=1140, licences=frozenset({"B"}), contract=Period(day(1)))
    assert (found.workers, found.minutes) == ((an, new), {("An", "hall"): 12, ("Nico", "hall"): 12})


def test_who_joins_like_nobody_changes_nothing() -> None:
    """An unknown other, and a key that somebody has already."""
    problem = told()
    assert (suppose(problem, [Joins("Nico", "Eva", day(1))]), suppose(problem, [Joins("Bo", "An", day(1))])) == (problem, problem)


def test_who_begins_later_but_was_told_is_moved_as_anybody() -> None:
    """Only who was told nothing at all counts as new."""
    late = (a_worker("An", contract=Period(day(1))), a_worker("Bo", contract=Period(day(1))), a_worker("Cas"))
    problem = a_problem(workers=late, demands=WEEK, published=(a_shift("An", 1),))
    assert problem.untold == frozenset({"Bo"})
