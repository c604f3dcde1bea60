"""Making a roster from start to end, and what can go wrong on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journey.rosters.cases import AT, MONDAY, Case, day, make_case, make_roster, who_works

from opstap.engine.shared import Reason, Refused
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.models import Contract, SiteDemand
from opstap.journey.rosters.assembly import board_of
from opstap.journey.rosters.enums import RosterKind, RosterState
from opstap.journey.rosters.models import Roster
from opstap.journey.rosters.operations import (
    Wanted,
    add_shift,
    ask_roster,
    fail_roster,
    pin_day,
    publish_roster,
    report_absence,
    run_roster,
)

pytestmark = pytest.mark.django_db
TWO = Wanted(MONDAY, 2, seed=3, seconds=2)


@pytest.fixture
def case() -> Case:
    """Return the small association."""
    return make_case()


def made(case: Case, wanted: Wanted = TWO, **how: object) -> Roster:
    """Return a roster that was asked for and made."""
    roster = ask_roster(association=case.association, wanted=wanted, in_background=False, by=case.by, at=AT, **how)  # type: ignore[arg-type]  # a test's own words
    return run_roster(roster=roster, by=case.by, clock=lambda: AT)


def test_roster_is_made_and_keeps_every_rule(case: Case) -> None:
    """Everybody works, the bound lies below the cost, and the checker finds nothing."""
    roster = made(case)
    board = board_of(roster)
    assert (roster.state, board.violations, roster.parts == board.parts) == (RosterState.READY, (), True)
    assert (0 <= (roster.bound or 0) <= (roster.cost or 0), {who for who, _, _ in who_works(roster)}) == (True, {"An", "Bea", "Cor"})


def test_roster_keeps_what_was_pinned_in_the_one_before(case: Case) -> None:
    """A new search leaves the planner's decision: An is free on Monday."""
    first = make_roster(case)
    pin_day(roster=first, contract=case.people["An"], on=day(0), by=case.by, at=AT)
    roster = made(case, based_on=first)
    assert ([each for each in who_works(roster) if each[:2] == ("An", 0)], roster.pins.count()) == ([], 1)


def test_only_one_roster_is_made_at_a_time(case: Case) -> None:
    """A second one is refused until the first was left behind for twenty minutes."""
    first = ask_roster(association=case.association, wanted=TWO, in_background=False, by=case.by, at=AT)
    with pytest.raises(Refused) as refused:
        ask_roster(association=case.association, wanted=TWO, in_background=False, by=case.by, at=AT)
    assert refused.value.reason.code == "rosters.under_way"
    ask_roster(association=case.association, wanted=TWO, in_background=False, by=case.by, at=AT + timedelta(minutes=21))
    assert Roster.objects.get(pk=first.pk).state == RosterState.FAILED


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(day(1), 2), "rostering.not_a_monday"),
        (Wanted(MONDAY, 0), "rostering.weeks_range"),
        (Wanted(MONDAY, 53), "rostering.weeks_range"),
        (Wanted(MONDAY, 2, ("wanted", "wanted")), "rosters.order_unknown"),
    ],
)
def test_impossible_weeks_are_refused(case: Case, wanted: Wanted, code: str) -> None:
    """A roster begins on a Monday, has 1 to 52 weeks, and an order without doubles."""
    with pytest.raises(Refused) as refused:
        ask_roster(association=case.association, wanted=wanted, in_background=False, by=case.by, at=AT)
    assert (refused.value.reason.code, Roster.objects.count()) == (code, 0)


def test_roster_without_demand_fails_with_the_reason(case: Case) -> None:
    """What keeps a roster from being made is kept with it."""
    SiteDemand.objects.all().delete()
    roster = made(case)
    assert (roster.state, (roster.failure or {})["code"]) == (RosterState.FAILED, "rostering.no_demand")


def test_roster_that_was_made_does_not_fail_any_more(case: Case) -> None:
    """A late word of a worker that was given up changes nothing."""
    roster = make_roster(case, ("An", 0, "hall"))
    fail_roster(roster=roster, reason=Reason("rosters.solver_stopped"), by=case.by, at=AT)
    assert (Roster.objects.get(pk=roster.pk).state, roster.failure) == (RosterState.READY, None)


def test_absence_leaves_a_draft_without_the_lost_shifts(case: Case) -> None:
    """An falls ill for two days: the draft beside what is published has a hole, and Bea is the one who can take over."""
    told = publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("An", 1, "hall"), ("An", 2, "hall")), by=case.by, at=AT)
    away = report_absence(contract=case.people["An"], from_on=day(0), until_on=day(2), kind=AbsenceKind.AWAY, by=case.by, at=AT)
    [draft] = away.drafts
    assert (who_works(draft), away.lost, who_works(told)) == ([("An", 2, "hall")], 2, [("An", n, "hall") for n in range(3)])
    assert takers(draft, case) == ["Bea"]
    add_shift(roster=draft, to=case.target("Bea"), by=case.by, at=AT)
    publish_roster(roster=draft, by=case.by, at=AT)
    assert who_works(Roster.objects.get(state=RosterState.PUBLISHED)) == [("An", 2, "hall"), ("Bea", 0, "hall")]


def takers(draft: Roster, case: Case) -> list[str]:
    """Return who could take over what An lost on Monday, best first."""
    from opstap.journey.rosters.assembly import as_assignment  # noqa: PLC0415 - only here

    told = draft.based_on
    assert told is not None
    lost = as_assignment(told.shifts.get(contract=case.people["An"], on=day(0)))
    return [str(Contract.objects.get(pk=each.shift.worker).person.last_name) for each in board_of(draft).takers(lost)]


def test_second_absence_uses_the_same_draft(case: Case) -> None:
    """Two people ill on one morning are one draft to repair."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("Bea", 0, "shop")), by=case.by, at=AT)
    first, second = (
        report_absence(contract=case.people[who], from_on=day(0), until_on=None, kind=AbsenceKind.AWAY, by=case.by, at=AT)
        for who in ("An", "Bea")
    )
    assert (first.drafts, [who_works(draft) for draft in second.drafts]) == (second.drafts, [[]])


def test_absence_over_two_rosters_leaves_a_draft_beside_each(case: Case) -> None:
    """An is away over the end of one published roster and the start of the next: neither keeps a shift that nobody will work."""
    for start in (0, 7):
        publish_roster(roster=make_roster(case, ("An", start + 4, "hall"), ("An", start, "hall"), start=day(start)), by=case.by, at=AT)
    away = report_absence(contract=case.people["An"], from_on=day(4), until_on=day(8), kind=AbsenceKind.AWAY, by=case.by, at=AT)
    assert ([who_works(draft) for draft in away.drafts], away.lost) == ([[("An", 0, "hall")], [("An", 11, "hall")]], 2)


def test_absence_takes_the_shift_from_what_was_told_last(case: Case) -> None:
    """A later publication covers the second week: the draft beside the first roster shows that week as it was told last."""
    shifts = (("An", 0, "hall"), ("An", 7, "hall"))
    publish_roster(roster=make_roster(case, *shifts, weeks=2), by=case.by, at=AT)
    later = make_roster(case, ("Bea", 7, "hall"), start=day(7))
    publish_roster(roster=later, by=case.by, at=AT + timedelta(hours=1))
    away = report_absence(contract=case.people["An"], from_on=day(0), until_on=None, kind=AbsenceKind.AWAY, by=case.by, at=AT)
    assert ([who_works(draft) for draft in away.drafts], away.lost) == ([[("Bea", 7, "hall")]], 1)


def test_absence_of_a_guide_takes_the_shift_although_a_learner_stays_alone(case: Case) -> None:
    """Illness asks no rule; the learner who stays alone stands in the way of publishing."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("Cor", 0, "hall")), by=case.by, at=AT)
    away = report_absence(contract=case.people["An"], from_on=day(0), until_on=None, kind=AbsenceKind.AWAY, by=case.by, at=AT)
    [draft] = away.drafts
    with pytest.raises(Refused) as refused:
        publish_roster(roster=draft, by=case.by, at=AT)
    assert refused.value.reason.code == "rostering.learner_alone"


def test_absence_without_a_published_roster_leaves_no_draft(case: Case) -> None:
    """Nothing was told, so nothing is to be repaired."""
    away = report_absence(contract=case.people["An"], from_on=day(0), until_on=None, kind=AbsenceKind.AWAY, by=case.by, at=AT)
    assert (away.drafts, away.lost) == ((), 0)


def test_repair_moves_few(case: Case) -> None:
    """After An's absence the repair gives the hall to Bea where the minimum asks it, and leaves the rest."""
    told = publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("An", 3, "hall"), ("Bea", 4, "hall")), by=case.by, at=AT)
    report_absence(contract=case.people["An"], from_on=day(0), until_on=day(1), kind=AbsenceKind.AWAY, by=case.by, at=AT)
    wanted = Wanted(MONDAY, 1, seconds=2)
    roster = made(case, wanted, kind=RosterKind.REPAIR, based_on=told)
    kept = {("An", 3, "hall"), ("Bea", 4, "hall")}
    assert (kept <= set(who_works(roster)), ("Bea", 0, "hall") in who_works(roster)) == (True, True)
