"""The planner's hand: the checker decides what may be, every move can be undone, what is published stays."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.journey.eligibility.cases import make_user
from tests.journey.rosters.cases import AT, Case, day, make_case, make_roster, put, who_works

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.rosters.enums import RosterState
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.operations import add_shift, copy_roster, move_shift, pin_day, remove_shift, undo_change, unpin_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """Return the small association."""
    return make_case()


def shift_of(roster: Roster, case: Case, who: str, weekday: int = 0) -> RosterShift:
    """Return somebody's shift."""
    return RosterShift.objects.select_related("roster__association").get(roster=roster, contract=case.people[who], on=day(weekday))


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    """Return the code of a refusal."""
    return refused.value.reason.code


def test_move_gives_the_shift_to_another(case: Case) -> None:
    """An's Monday goes to Bea; cost and revision follow, and the change says what it cost."""
    roster = make_roster(case, ("An", 0, "hall"), ("An", 1, "hall"))
    change = move_shift(shift=shift_of(roster, case, "An"), to=case.target("Bea"), why="An heeft examen", by=case.by, at=AT)
    roster.refresh_from_db()
    assert (who_works(roster), roster.revision, change.why) == ([("An", 1, "hall"), ("Bea", 0, "hall")], 1, "An heeft examen")


def test_move_leaves_the_other_shift_of_that_day(case: Case) -> None:
    """Who takes over leaves their own work."""
    roster = make_roster(case, ("An", 0, "hall"), ("Bea", 0, "shop"))
    change = move_shift(shift=shift_of(roster, case, "An"), to=case.target("Bea"), by=case.by, at=AT)
    assert (who_works(roster), len(change.before), change.points) == ([("Bea", 0, "hall")], 2, change.points)


def test_move_takes_the_place_of_work_that_nobody_asks_for_any_more(case: Case) -> None:
    """A shift whose hours are not asked for now is left like any other of that day."""
    roster = make_roster(case, ("An", 0, "hall"), ("Bea", 0, "shop"))
    RosterShift.objects.filter(contract=case.people["Bea"]).update(starts=1)
    change = move_shift(shift=shift_of(roster, case, "An"), to=case.target("Bea"), by=case.by, at=AT)
    assert (who_works(roster), len(change.before)) == ([("Bea", 0, "hall")], 2)


def test_move_against_a_rule_is_refused_with_names(case: Case) -> None:
    """An cannot sell: the refusal names the work, and nothing changed."""
    roster = make_roster(case, ("Bea", 0, "shop"))
    with pytest.raises(Refused) as refused:
        move_shift(shift=shift_of(roster, case, "Bea"), to=case.target("An", site="shop", function="sell", starts=540), by=case.by, at=AT)
    facts = refused.value.reason.facts
    assert (code(refused), facts["function"], who_works(roster)) == ("rostering.skill_missing", "sell Lavoro", [("Bea", 0, "shop")])


def test_learner_is_not_left_alone(case: Case) -> None:
    """Whoever guides a learner cannot be taken away."""
    roster = make_roster(case, ("An", 0, "hall"), ("Cor", 0, "hall"))
    with pytest.raises(Refused) as refused:
        remove_shift(shift=shift_of(roster, case, "An"), by=case.by, at=AT)
    assert code(refused) == "rostering.learner_alone"


def test_add_and_undo_give_the_same_roster_back(case: Case) -> None:
    """Two moves undone in reverse order leave what was, cost included; a third undo has nothing to do."""
    roster = make_roster(case, ("An", 0, "hall"))
    move_shift(shift=shift_of(roster, case, "An"), to=case.target("An", 1), by=case.by, at=AT)
    cost = Roster.objects.get(pk=roster.pk).cost
    add_shift(roster=roster, to=case.target("Bea", 2), by=case.by, at=AT)
    undo_change(roster=roster, by=case.by, at=AT)
    assert (who_works(roster), Roster.objects.get(pk=roster.pk).cost) == ([("An", 1, "hall")], cost)
    undo_change(roster=roster, by=case.by, at=AT)
    assert who_works(roster) == [("An", 0, "hall")]
    with pytest.raises(Refused) as refused:
        undo_change(roster=roster, by=case.by, at=AT)
    assert code(refused) == "rosters.nothing_to_undo"


def test_pinned_day_does_not_move(case: Case) -> None:
    """A pin holds against moves of the shift and of others into that day, until it is taken away."""
    roster = make_roster(case, ("An", 0, "hall"), ("Bea", 0, "shop"))
    pin_day(roster=roster, contract=case.people["An"], on=day(0), by=case.by, at=AT)
    for shift, target in ((shift_of(roster, case, "An"), case.target("An", 1)), (shift_of(roster, case, "Bea"), case.target("An"))):
        with pytest.raises(Refused) as refused:
            move_shift(shift=shift, to=target, by=case.by, at=AT)
        assert code(refused) in {"rosters.is_pinned", "rostering.skill_missing"}
    unpin_day(roster=roster, contract=case.people["An"], on=day(0), by=case.by, at=AT)
    move_shift(shift=shift_of(roster, case, "An"), to=case.target("An", 1), by=case.by, at=AT)
    assert who_works(roster) == [("An", 1, "hall"), ("Bea", 0, "shop")]


def test_undo_takes_a_pin_away(case: Case) -> None:
    """A pin is a change like any other."""
    roster = make_roster(case, ("An", 0, "hall"))
    pin_day(roster=roster, contract=case.people["An"], on=day(0), by=case.by, at=AT)
    undo_change(roster=roster, by=case.by, at=AT)
    assert roster.pins.count() == 0


def test_published_roster_does_not_change(case: Case) -> None:
    """Neither the planner's hand nor a slip in the database changes what people were told."""
    roster = make_roster(case, ("An", 0, "hall"), state=RosterState.PUBLISHED)
    shift = shift_of(roster, case, "An")
    with pytest.raises(Refused) as refused:
        remove_shift(shift=shift, by=case.by, at=AT)
    assert code(refused) == "rosters.no_draft"
    with pytest.raises(DatabaseError, match="what is published never changes"), transaction.atomic():
        RosterShift.objects.filter(pk=shift.pk).delete()
    with pytest.raises(DatabaseError, match="what is published never changes"), transaction.atomic():
        put(case, roster, "Bea", 0)
    assert who_works(roster) == [("An", 0, "hall")]


def test_database_keeps_one_shift_a_day(case: Case) -> None:
    """Two shifts of one person on one day cannot be stored."""
    roster = make_roster(case, ("Bea", 0, "hall"))
    with pytest.raises(DatabaseError, match="one_shift_a_worker_a_day"), transaction.atomic():
        put(case, roster, "Bea", 0, "shop")
    assert RosterShift.objects.count() == 1


def test_copy_is_a_draft_of_its_own(case: Case) -> None:
    """What is tried beside leaves the original as it is, pins included."""
    roster = make_roster(case, ("An", 0, "hall"))
    pin_day(roster=roster, contract=case.people["An"], on=day(0), by=case.by, at=AT)
    copy = copy_roster(roster=roster, title="met minder zaterdagen", by=case.by, at=AT)
    unpin_day(roster=copy, contract=case.people["An"], on=day(0), by=case.by, at=AT)
    remove_shift(shift=shift_of(copy, case, "An"), by=case.by, at=AT)
    assert (who_works(copy), who_works(roster), roster.pins.count()) == ([], [("An", 0, "hall")], 1)


def test_planner_of_another_association_may_not(case: Case) -> None:
    """Somebody who plans elsewhere, or does not plan, is refused; nothing is written."""
    roster = make_roster(case, ("An", 0, "hall"))
    stranger = make_case("Elders").by
    coordinator = make_user("coordinator", Role.COORDINATOR, programme=case.association.programme)
    for by in (stranger, stranger.__class__(str(coordinator.pk), stranger.kind, "c")):
        with pytest.raises(Refused) as refused:
            remove_shift(shift=shift_of(roster, case, "An"), by=by, at=AT)
        assert code(refused) == "rosters.may_not_plan"
    assert not AuditEntry.objects.filter(action="change_roster").exists()
