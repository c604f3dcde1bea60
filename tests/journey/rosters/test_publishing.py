"""Publishing: one message to each whom it concerns, nothing against a rule, no change within the notice without a yes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.journey.rosters.cases import AT, MONDAY, Case, day, make_case, make_roster

from opstap.engine.shared import Refused
from opstap.foundation.outbox.models import Message
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.operations import note_worker_absence
from opstap.journey.rosters.assembly import differences_of, notice_ends
from opstap.journey.rosters.enums import RosterState
from opstap.journey.rosters.models import Roster, RosterShift
from opstap.journey.rosters.operations import move_shift, publish_roster
from opstap.journey.rosters.queries import published_shifts

pytestmark = pytest.mark.django_db
LATE = datetime(2023, 9, 15, 9, 0, tzinfo=UTC)
"""The Friday before the roster begins: its days lie within the notice."""


@pytest.fixture
def case() -> Case:
    """Return the small association."""
    return make_case()


def queued() -> list[str]:
    """Return to whom something waits to be said."""
    return sorted(Message.objects.filter(state="queued").values_list("code", "subject_id").values_list("code", flat=True))


def test_publication_tells_each_person_once(case: Case) -> None:
    """Two people work, two messages wait a quarter of an hour; Cor does not work and hears nothing."""
    roster = make_roster(case, ("An", 0, "hall"), ("An", 1, "hall"), ("Bea", 0, "shop"))
    publish_roster(roster=roster, by=case.by, at=AT)
    rows = Message.objects.order_by("queued_at")
    assert {row.subject_id for row in rows} == {case.people["An"].pk, case.people["Bea"].pk}
    assert [(row.code, row.not_before - AT) for row in rows] == [("message.roster", timedelta(minutes=15))] * 2
    assert sorted(row.facts["days"] for row in rows) == [1, 2]


def test_second_publication_within_the_quiet_is_one_message(case: Case) -> None:
    """Who publishes again ten minutes later says it in one message; nobody whose days stayed hears again."""
    first = make_roster(case, ("An", 0, "hall"), ("Bea", 1, "hall"))
    publish_roster(roster=first, by=case.by, at=AT)
    second = make_roster(case, ("An", 2, "hall"), ("Bea", 1, "hall"))
    publish_roster(roster=second, by=case.by, at=AT + timedelta(minutes=10))
    assert (queued(), Message.objects.filter(state="cancelled").count()) == (["message.roster"] * 2, 1)
    assert Roster.objects.get(pk=first.pk).state == RosterState.REPLACED


def test_one_message_tells_the_sum_of_two_publications(case: Case) -> None:
    """An's Monday was told and waits; moved to Wednesday minutes later: one message of the Wednesday alone, as An never knew the Monday."""
    minutes = [AT + timedelta(minutes=number) for number in (0, 5, 10)]
    publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("An", 1, "hall")), by=case.by, at=minutes[0])
    publish_roster(roster=make_roster(case, ("An", 1, "hall"), ("An", 2, "hall")), by=case.by, at=minutes[1])
    assert waiting_days(case, "An") == [(2, day(1).isoformat())]
    publish_roster(roster=make_roster(case, ("An", 1, "hall")), by=case.by, at=minutes[2])
    assert waiting_days(case, "An") == [(1, day(1).isoformat())]


def test_what_came_back_as_it_was_is_not_said(case: Case) -> None:
    """An knows the Monday; it goes and comes back within the quiet quarter: there is nothing left to say."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    Message.objects.update(state="sent")
    for shifts, minute in (((), 1), ((("An", 0, "hall"),), 2)):
        publish_roster(roster=make_roster(case, *shifts), by=case.by, at=AT + timedelta(minutes=minute))
    assert (waiting_days(case, "An"), Message.objects.filter(state="cancelled").count()) == ([], 1)


def waiting_days(case: Case, who: str) -> list[tuple[int, str]]:
    """Return how many days each waiting message tells somebody, and the first of them."""
    rows = Message.objects.filter(subject_id=case.people[who].pk, state="queued")
    return [(row.facts["days"], row.facts["first"]) for row in rows]


def test_published_day_is_that_of_the_latest_publication(case: Case) -> None:
    """What counts on a day is what was told last for it."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    publish_roster(roster=make_roster(case, ("Bea", 0, "hall")), by=case.by, at=AT + timedelta(hours=1))
    told = published_shifts(case.association, MONDAY, day(7))
    assert [row.contract_id for row in told] == [case.people["Bea"].pk]


def test_change_within_the_notice_needs_a_yes(case: Case) -> None:
    """Bea's hours vary: her change is refused by name, and told once she agreed; An's hours are fixed and need no yes."""
    roster = make_roster(case, ("An", 0, "hall"), ("Bea", 1, "hall"))
    with pytest.raises(Refused) as refused:
        publish_roster(roster=roster, by=case.by, at=LATE)
    assert (refused.value.reason.code, refused.value.reason.facts["people"]) == ("rosters.within_notice", (str(case.people["Bea"].person),))
    assert queued() == []
    published = publish_roster(roster=roster, agreed=[case.people["Bea"].pk], by=case.by, at=LATE)
    assert (published.state, queued()) == (RosterState.PUBLISHED, ["message.roster"] * 2)


def test_notice_counts_working_days(case: Case) -> None:
    """Seven working days after Friday 1 September 2023 end on Tuesday the 12th; 1 November is no working day."""
    found = [notice_ends(case.association, datetime(2023, month, number, tzinfo=UTC).date()) for month, number in ((9, 1), (10, 27))]
    assert [each.isoformat() for each in found] == ["2023-09-13", "2023-11-09"]


def test_roster_that_breaks_a_rule_is_not_published(case: Case) -> None:
    """An fell ill after the draft was made: the draft cannot be told as it is."""
    roster = make_roster(case, ("An", 0, "hall"))
    away = {"from_on": day(0), "until_on": day(3)}
    note_worker_absence(contract=case.people["An"], kind=AbsenceKind.AWAY, by=case.by, at=AT, **away)
    with pytest.raises(Refused) as refused:
        publish_roster(roster=roster, by=case.by, at=AT)
    assert (refused.value.reason.code, Roster.objects.get(pk=roster.pk).state) == ("rostering.absent_until", RosterState.READY)


def test_roster_is_published_once(case: Case) -> None:
    """A second press finds no draft any more."""
    roster = make_roster(case, ("An", 0, "hall"))
    publish_roster(roster=roster, by=case.by, at=AT)
    with pytest.raises(Refused) as refused:
        publish_roster(roster=roster, by=case.by, at=AT)
    assert refused.value.reason.code == "rosters.no_draft"


def test_planner_of_elsewhere_publishes_nothing(case: Case) -> None:
    """Another association's planner is refused and nobody hears anything."""
    roster = make_roster(case, ("An", 0, "hall"))
    with pytest.raises(Refused) as refused:
        publish_roster(roster=roster, by=make_case("Elders").by, at=AT)
    assert (refused.value.reason.code, queued()) == ("rosters.may_not_plan", [])


def test_differences_are_days_that_changed(case: Case) -> None:
    """Against what was told: a day gone, a day new, a day at another place; what stayed is no difference, nor is what is past."""
    told = make_roster(case, ("An", 0, "hall"), ("An", 1, "hall"), ("Bea", 2, "hall"), ("Bea", 3, "hall"))
    publish_roster(roster=told, by=case.by, at=AT)
    draft = make_roster(case, ("An", 1, "hall"), ("An", 4, "hall"), ("Bea", 2, "shop"), ("Bea", 3, "hall"))
    found = differences_of(draft, AT.date())
    short = [(str(each.contract.person.last_name), (each.on - MONDAY).days, bool(each.was), bool(each.now)) for each in found]
    assert short == [("An", 0, True, False), ("An", 4, False, True), ("Bea", 2, True, True)]
    assert [(each.on - MONDAY).days for each in differences_of(draft, day(3))] == [4]


def test_move_then_publish_tells_the_two_whom_it_concerns(case: Case) -> None:
    """A shift that goes from An to Bea is news for both."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("Cor", 3, "hall"), ("An", 3, "hall")), by=case.by, at=AT)
    Message.objects.update(state="sent")
    draft = make_roster(case, ("An", 0, "hall"), ("Cor", 3, "hall"), ("An", 3, "hall"))
    shift = RosterShift.objects.select_related("roster__association").get(roster=draft, contract=case.people["An"], on=day(0))
    move_shift(shift=shift, to=case.target("Bea"), by=case.by, at=AT)
    publish_roster(roster=draft, by=case.by, at=AT)
    told = Message.objects.filter(state="queued").values_list("subject_id", flat=True)
    assert set(told) == {case.people["An"].pk, case.people["Bea"].pk}
