"""A day of a closed month: proposed by one planner, answered by another; nothing counts before a yes, and both versions stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from tests.journey.eligibility.cases import acting, make_user
from tests.journey.rosters.cases import AT, MONDAY, SYSTEM, Case, day, make_case, make_roster

from opstap.engine.shared import Refused
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.operations import note_worker_absence
from opstap.journey.rosters.assembly.worked import Time, closed_before, closed_lines, differences, worked_in
from opstap.journey.rosters.enums import PresenceState
from opstap.journey.rosters.models import DayCorrection, Presence, WorkedMonth
from opstap.journey.rosters.operations import (
    PresenceNote,
    approve_day_correction,
    close_worked_month,
    note_presence,
    propose_day_correction,
    publish_roster,
    refuse_day_correction,
    withdraw_day_correction,
)
from opstap.journey.rosters.queries import day_correction_for, day_corrections

pytestmark = pytest.mark.django_db
HERE, LATE, EXCUSED, ABSENT = PresenceState
SEPTEMBER, OCTOBER = MONDAY.replace(day=1), datetime(2023, 10, 2, 8, 0, tzinfo=UTC)
LATER = datetime(2023, 10, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def case() -> Case:
    """Return the small association with a closed September: An worked four days in the hall, noted as late on the first."""
    found = make_case()
    publish_roster(roster=make_roster(found, *(("An", number, "hall") for number in range(4))), by=found.by, at=AT)
    note_presence(notes=[PresenceNote(found.people["An"].pk, day(0), LATE, 400)], by=found.by, at=OCTOBER)
    close_worked_month(association=found.association, month=SEPTEMBER, by=found.by, at=OCTOBER)
    return found


def another(case: Case) -> Actor:
    """Return the second planner of the association."""
    return acting(make_user("tweede-planner", Role.PLANNER, organisation=case.association.organisation))


def propose(case: Case, number: int = 0, state: PresenceState = ABSENT, minutes: int | None = None, **given: object) -> DayCorrection:
    """Propose how a day of An should count."""
    note = PresenceNote(case.people["An"].pk, day(number), state, minutes)
    values = {"reason": "De begeleider vergiste zich van dag.", "by": case.by, "at": OCTOBER, "contract": case.people["An"]} | given
    return propose_day_correction(note=note, **values)


def code(work: Callable[[], object]) -> str:
    """Return why something is refused."""
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.reason.code


def closed(case: Case) -> dict[str, Time]:
    """Return what counts as closed of An's September: worked, and not worked by its kind."""
    return {place.kind or "worked": time for place, time in closed_before(closed_lines(case.association, SEPTEMBER)).items()}


def test_proposal_keeps_both_versions_and_changes_nothing(case: Case) -> None:
    """What was and what should be stand beside each other; the month is as it was closed, and has no news."""
    row = propose(case)
    news = differences(worked_in(case.association, SEPTEMBER), closed_before(closed_lines(case.association, SEPTEMBER)))
    assert (row.was_state, row.was_minutes, row.state, row.minutes, row.verdict, closed(case), news) == (
        "late", 400, "absent", 0, "waiting", {"worked": Time(4, 400 + 3 * 456)}, {},
    )  # fmt: skip


def test_yes_of_another_is_a_correction_of_its_own(case: Case) -> None:
    """The month has a second closing with the difference alone, by both; the first one and the first note stay."""
    row, other = propose(case), another(case)
    approve_day_correction(correction=row, by=other, at=LATER)
    row.refresh_from_db()
    second = WorkedMonth.objects.get(number=2)
    lines = {line.kind or "worked": (line.days, line.minutes) for line in second.lines.all()}
    assert (lines, second.is_closed, second.proposer_id, second.approver_id, second.closed_at) == (
        {"worked": (-1, -400), "absent": (1, 456)}, True, case.planner.pk, other.user_id, OCTOBER,
    )  # fmt: skip
    assert (closed(case), row.verdict, row.closing) == ({"worked": Time(3, 3 * 456), "absent": Time(1, 456)}, "approved", second)
    assert [(noted.state, noted.minutes) for noted in Presence.objects.order_by("id")] == [("late", 400), ("absent", 0)]


def test_yes_leaves_what_became_known_otherwise(case: Case) -> None:
    """A leave that was noted late is still news after another day was corrected."""
    note_worker_absence(contract=case.people["An"], from_on=day(1), until_on=day(2), kind=AbsenceKind.LEAVE, by=case.by, at=OCTOBER)
    approve_day_correction(correction=propose(case), by=another(case), at=LATER)
    news = differences(worked_in(case.association, SEPTEMBER), closed_before(closed_lines(case.association, SEPTEMBER)))
    assert {place.kind or "worked": time for place, time in news.items()} == {"worked": Time(-1, -456), "leave": Time(1, 456)}


def test_yes_to_the_same_hours_pays_nothing(case: Case) -> None:
    """Here for 400 minutes instead of late: noted, and no correction of the month."""
    row = approve_day_correction(correction=propose(case, 0, HERE, 400), by=another(case), at=LATER)
    assert (row.closing, WorkedMonth.objects.count(), closed(case)) == (None, 1, {"worked": Time(4, 400 + 3 * 456)})


def test_no_of_another_says_why_and_changes_nothing(case: Case) -> None:
    """Without a reason it is no answer; with one it is kept, and the day can be proposed again."""
    row, other = propose(case), another(case)
    empty = code(lambda: refuse_day_correction(correction=row, answer="  ", by=other, at=LATER))
    refuse_day_correction(correction=row, answer="De dag staat op het blad van Bredene.", by=other, at=LATER)
    row.refresh_from_db()
    assert (empty, row.verdict, row.answer, row.decided_by, closed(case)) == (
        "rosters.correction_needs_reason", "refused", "De dag staat op het blad van Bredene.", "tweede-planner",
        {"worked": Time(4, 400 + 3 * 456)},
    )  # fmt: skip
    assert propose(case).verdict == "waiting"


def test_who_proposed_neither_approves_nor_refuses(case: Case) -> None:
    """Four eyes: only somebody else answers, never the product itself; who proposed takes back, and nobody else does."""
    row, other = propose(case), another(case)
    found = [code(lambda by=by: approve_day_correction(correction=row, by=by, at=LATER)) for by in (case.by, SYSTEM)]
    found.append(code(lambda: refuse_day_correction(correction=row, answer="Neen.", by=case.by, at=LATER)))
    found.append(code(lambda: withdraw_day_correction(correction=row, by=other, at=LATER)))
    assert found == [*["rosters.correction_needs_another"] * 3, "rosters.correction_is_anothers"]
    withdraw_day_correction(correction=row, by=case.by, at=LATER)
    assert (DayCorrection.objects.get().verdict, code(lambda: approve_day_correction(correction=row, by=other, at=LATER))) == (
        "withdrawn", "rosters.correction_gone",
    )  # fmt: skip


def test_proposal_that_cannot_be_is_refused(case: Case) -> None:
    """No right, no account, no reason, no shift, no difference, no hours, a second one; nothing is kept of them."""
    elsewhere = make_case("Elders")
    found = [
        code(lambda: propose(case, by=elsewhere.by)),
        code(lambda: propose(case, by=SYSTEM)),
        code(lambda: propose(case, reason=" ")),
        code(lambda: propose(case, 4)),
        code(lambda: propose(case, 0, LATE, 400)),
        code(lambda: propose(case, 1, HERE, 721)),
    ]
    kept = DayCorrection.objects.count()
    propose(case)
    found.append(code(lambda: propose(case, 0, EXCUSED)))
    assert (found, kept) == (
        [
            "rosters.may_not_plan", "rosters.may_not_plan", "rosters.correction_needs_reason", "rosters.no_shift_that_day",
            "rosters.correction_changes_nothing", "rosters.presence_minutes", "rosters.day_correction_waits",
        ],
        0,
    )  # fmt: skip


def test_open_month_needs_no_correction() -> None:
    """Until it is closed the day itself is noted."""
    case = make_case()
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    assert code(lambda: propose(case)) == "rosters.month_is_open"


def test_another_association_sees_no_correction(case: Case) -> None:
    """Neither in a list nor by its key; the own planner does."""
    row, strange = propose(case), make_case("Elders").by
    until = OCTOBER.date()
    mine, theirs = (list(day_corrections(by, case.association, SEPTEMBER, until)) for by in (case.by, strange))
    assert (mine, theirs, day_correction_for(strange, row.pk)) == ([row], [], None)


@pytest.mark.parametrize("how", ["update", "delete", "alone"])
def test_answered_correction_never_changes(case: Case, how: str) -> None:
    """The database keeps it: no other answer, no taking away; and never a yes of who proposed."""
    row = propose(case)
    if how != "alone":
        withdraw_day_correction(correction=row, by=case.by, at=LATER)
    rows = DayCorrection.objects.filter(pk=row.pk)
    with pytest.raises((DatabaseError, IntegrityError, ProtectedError)), transaction.atomic():
        rows.delete() if how == "delete" else rows.update(verdict="approved", decider=case.planner if how == "alone" else None)
    assert rows.get().verdict == ("waiting" if how == "alone" else "withdrawn")


def test_each_step_is_written_down(case: Case) -> None:
    """Who proposed and who answered, about whom."""
    approve_day_correction(correction=propose(case), by=another(case), at=LATER)
    found = AuditEntry.objects.filter(subject_kind="day_correction").order_by("id").values_list("action", "person_id")
    person = case.people["An"].person_id
    assert list(found) == [("propose_day_correction", person), ("approve_day_correction", person)]


def test_why_is_sealed_in_the_database(case: Case) -> None:
    """What somebody writes about a day may speak of health: the bytes do not show it."""
    refuse_day_correction(correction=propose(case), answer="Het blad zegt iets anders.", by=another(case), at=LATER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason, answer FROM rosters_daycorrection")
        kept = b"".join(bytes(value) for value in cursor.fetchone())
    assert [word in kept for word in (b"begeleider", b"vergiste", b"blad")] == [False] * 3
