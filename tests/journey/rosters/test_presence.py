"""Who was there: one note a day, twice is once, only on the own floor; it counts for pay, and nothing written is ever changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from tests.journey.eligibility.cases import acting, make_user
from tests.journey.rosters.cases import AT, MONDAY, Case, day, make_case, make_roster

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.operations import note_worker_absence
from opstap.journey.rosters.assembly.worked import Time, worked_in
from opstap.journey.rosters.enums import PresenceState
from opstap.journey.rosters.models import Presence
from opstap.journey.rosters.operations import PresenceNote, close_worked_month, note_presence, publish_roster
from opstap.steering.overviews.queries.not_there import not_there
from opstap.steering.overviews.queries.worked_month import worked_month

pytestmark = pytest.mark.django_db
HERE, LATE, EXCUSED, ABSENT = PresenceState
NOON = datetime(2023, 9, 20, 10, 0, tzinfo=UTC)
SEPTEMBER, OCTOBER = MONDAY.replace(day=1), datetime(2023, 10, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def case() -> Case:
    """Return the small association: An and Cor in the hall from Monday to Thursday."""
    found = make_case()
    shifts = tuple((who, number, "hall") for who in ("An", "Cor") for number in range(4))
    publish_roster(roster=make_roster(found, *shifts), by=found.by, at=AT)
    return found


def floor(case: Case, role: Role = Role.MENTOR) -> Actor:
    """Return somebody of the hall's own organisation."""
    return acting(make_user(f"vloer-{role.value}", role, organisation=case.sites["hall"].organisation))


def note(case: Case, who: str, number: int, state: PresenceState = HERE, minutes: int | None = None) -> PresenceNote:
    """Return how a weekday went for somebody."""
    return PresenceNote(case.people[who].pk, day(number), state, minutes)


def rows(case: Case) -> list[tuple[str, int, str, int]]:
    """Return what was noted, in the order of noting."""
    names = {contract.pk: name for name, contract in case.people.items()}
    return [(names[row.contract_id], (row.on - MONDAY).days, row.state, row.minutes) for row in Presence.objects.order_by("id")]


def an_worked(case: Case) -> dict[str, Time]:
    """Return An's September: what was worked, and what was not by its kind."""
    found = worked_in(case.association, SEPTEMBER).items()
    return {place.kind or "worked": time for place, time in found if place.contract_id == case.people["An"].pk}


def test_everybody_was_here_in_one_go(case: Case) -> None:
    """Without hours it is what was told; one audit row for all of it."""
    added = note_presence(notes=[note(case, "An", 0), note(case, "Cor", 0)], by=floor(case), at=NOON)
    assert (added, rows(case), AuditEntry.objects.filter(action="note_presence").count()) == (
        2, [("An", 0, "here", 456), ("Cor", 0, "here", 456)], 1,
    )  # fmt: skip


def test_same_note_twice_is_once_and_another_is_added(case: Case) -> None:
    """A bad connection sends again; a change of mind is a new row, and the old one stays."""
    by, added = floor(case), []
    for state, minutes in ((HERE, None), (HERE, None), (LATE, 400), (LATE, 400), (ABSENT, None)):
        added.append(note_presence(notes=[note(case, "An", 0, state, minutes)], by=by, at=NOON))
    assert (added, rows(case)) == (
        [1, 0, 1, 0, 1], [("An", 0, "here", 456), ("An", 0, "late", 400), ("An", 0, "absent", 0)],
    )  # fmt: skip


@pytest.mark.parametrize("how", ["update", "delete"])
def test_what_was_noted_never_changes(case: Case, how: str) -> None:
    """Not by an update, and not by taking it away."""
    note_presence(notes=[note(case, "An", 0)], by=floor(case), at=NOON)
    before = rows(case)
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        Presence.objects.all().update(minutes=1) if how == "update" else Presence.objects.all().delete()
    assert rows(case) == before


def test_note_that_cannot_be_is_refused_and_nothing_is_kept(case: Case) -> None:
    """Tomorrow, no shift that day, no hours, too many hours; what stood beside it is not kept either."""
    by, good = floor(case), note(case, "Cor", 0)
    cases = (
        (note(case, "An", 3), "presence_ahead"),
        (note(case, "Bea", 0), "not_on_floor"),
        (note(case, "An", 0, HERE, 0), "presence_minutes"),
        (note(case, "An", 0, LATE, 721), "presence_minutes"),
    )
    found = []
    for bad, _ in cases:
        with pytest.raises(Refused) as caught:
            note_presence(notes=[good, bad], by=by, at=NOON)
        found.append(caught.value.reason.code)
    assert (found, rows(case)) == ([f"rosters.{code}" for _, code in cases], [])


def test_only_the_own_floor_and_the_planner_note(case: Case) -> None:
    """A mentor of elsewhere, another planner and a counsellor are refused; host, mentor and planner are not."""
    elsewhere = make_case("Elders")
    counsellor = make_user("adviseur", Role.COUNSELLOR, organisation=case.sites["hall"].organisation)
    strangers = [floor(elsewhere, Role.HOST), elsewhere.by, acting(counsellor)]
    refused = 0
    for by in strangers:
        with pytest.raises(Refused):
            note_presence(notes=[note(case, "An", 0)], by=by, at=NOON)
        refused += 1
    host = acting(make_user("gastheer", Role.HOST, organisation=case.sites["hall"].organisation))
    for number, by in enumerate((host, floor(case), case.by)):
        note_presence(notes=[note(case, "An", number)], by=by, at=NOON)
    assert (refused, [number for _, number, _, _ in rows(case)]) == (3, [0, 1, 2])


def test_month_counts_what_was_noted_before_what_was_told(case: Case) -> None:
    """An came later one day and not at all another; the third was as told, the fourth is not noted and counts as told."""
    what = [note(case, "An", 0, LATE, 400), note(case, "An", 1, ABSENT), note(case, "An", 2)]
    note_presence(notes=what, by=floor(case), at=NOON)
    assert an_worked(case) == {"worked": Time(3, 400 + 2 * 456), "absent": Time(1, 456)}


def test_who_came_while_an_absence_was_noted_worked(case: Case) -> None:
    """What the floor saw counts; on the other day of the leave nothing is worked."""
    note_worker_absence(contract=case.people["An"], from_on=day(0), until_on=day(2), kind=AbsenceKind.LEAVE, by=case.by, at=AT)
    note_presence(notes=[note(case, "An", 0)], by=floor(case), at=NOON)
    assert {kind: time.days for kind, time in an_worked(case).items()} == {"worked": 3, "leave": 1}


def test_page_puts_planned_beside_worked(case: Case) -> None:
    """Planned is what was told, worked what was noted; and on how many days somebody noted."""
    note_presence(notes=[note(case, "An", 0, LATE, 400)], by=floor(case), at=NOON)
    page = worked_month(case.by, case.association, SEPTEMBER, OCTOBER.date())
    assert page is not None
    assert [(line.name.strip(), line.planned, line.total.minutes, line.noted) for line in page.workers] == [
        ("An", 4 * 456, 400 + 3 * 456, 1), ("Cor", 4 * 456, 4 * 456, 0),
    ]  # fmt: skip


def test_closed_month_is_noted_by_nobody(case: Case) -> None:
    """The floor is refused and the planner too: what was closed is corrected, with four eyes."""
    close_worked_month(association=case.association, month=SEPTEMBER, by=case.by, at=OCTOBER)
    found = []
    for by in (floor(case), case.by):
        with pytest.raises(Refused) as caught:
            note_presence(notes=[note(case, "An", 0, ABSENT)], by=by, at=OCTOBER)
        found.append(caught.value.reason.code)
    assert (found, rows(case)) == (["rosters.presence_month_closed"] * 2, [])


def test_planner_sees_who_is_not_there_until_it_is_an_absence(case: Case) -> None:
    """Absent shows; who came after all, whose absence is noted, and what is long past do not; nor to another planner."""
    by, today = floor(case), day(2)
    note_presence(notes=[note(case, "An", 2, ABSENT), note(case, "Cor", 2, EXCUSED)], by=by, at=NOON)
    first = [(each.name.strip(), each.on, each.state) for each in not_there(case.by, case.association, today)]
    note_presence(notes=[note(case, "An", 2)], by=by, at=NOON)
    note_worker_absence(contract=case.people["Cor"], from_on=today, until_on=day(3), kind=AbsenceKind.AWAY, by=case.by, at=NOON)
    later, theirs = not_there(case.by, case.association, today), not_there(make_case("Elders").by, case.association, today)
    assert (first, later, theirs) == ([("An", today, "rosters.away.absent"), ("Cor", today, "rosters.away.excused")], [], [])
    note_presence(notes=[note(case, "An", 2, ABSENT)], by=by, at=NOON)
    assert not_there(case.by, case.association, today + timedelta(days=3)) == []
