"""Signing a month: two parties, two people; then it stays, and a correction is a new row."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.factories import make_user
from tests.journey.attendance.floor import MONDAYS, MONTH, OCTOBER, START, Floor, at, make_floor, themself

from opstap.engine.shared import Refused
from opstap.foundation.access.models import RoleGrant
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.attendance.enums import ClosingState, DayState
from opstap.journey.attendance.models import Day, MonthClosing
from opstap.journey.attendance.operations import (
    add_day,
    close_month,
    close_months,
    confirm_days,
    contest_day,
    correct_day,
    record_day,
    reopen_month,
)
from opstap.journey.placements.models import Placement

pytestmark = pytest.mark.django_db


def refused(placement: Placement, by: Actor) -> str:
    """Return the code with which somebody's signature is refused."""
    with pytest.raises(Refused) as caught:
        close_month(placement=placement, month=MONTH, by=by, at=OCTOBER)
    return caught.value.reason.code


def whole_month(floor: Floor) -> Placement:
    """Return a learner whose four Mondays are noted."""
    placement = floor.learner()
    floor.note(placement, *MONDAYS)
    return placement


def closed(floor: Floor) -> Placement:
    """Return a learner whose month both parties signed."""
    placement = whole_month(floor)
    for by in (floor.mentor, floor.counsellor):
        close_month(placement=placement, month=MONTH, by=by, at=OCTOBER)
    return placement


@pytest.mark.parametrize("host_first", [True, False])
def test_month_is_closed_by_two_parties_in_any_order(floor: Floor, host_first: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """The floor or who follows the person signs first; the other closes it, with the hours of its days."""
    placement = whole_month(floor)
    parties = [floor.mentor, floor.counsellor] if host_first else [floor.counsellor, floor.mentor]
    first = close_month(placement=placement, month=MONTH, by=parties[0], at=OCTOBER)
    assert (first.state, first.second_by) == (ClosingState.HALF_CLOSED, "")
    row = close_month(placement=placement, month=MONTH, by=parties[1], at=OCTOBER)
    assert (row.state, row.hours, row.days, row.first_by, row.second_by) == (
        ClosingState.CLOSED,
        Decimal(32),
        4,
        parties[0].label,
        parties[1].label,
    )
    assert Day.objects.filter(closing=row).count() == 4


def test_same_party_or_user_does_not_sign_twice(floor: Floor) -> None:
    """A colleague on the floor is the same party; somebody with two roles is still one person."""
    placement = whole_month(floor)
    close_month(placement=placement, month=MONTH, by=floor.mentor, at=OCTOBER)
    user = make_user(Role.HOST, organisation=floor.host)
    RoleGrant.objects.create(user=user, role=Role.COORDINATOR.value, programme_id=floor.programme.pk, starts_on=START)
    assert (refused(placement, floor.contact), refused(placement, floor.mentor)) == ("attendance.other_party_signs",) * 2
    both = actor_for(user, START)
    other = whole_month(floor)
    close_month(placement=other, month=MONTH, by=both, at=OCTOBER)
    assert refused(other, both) == "attendance.other_party_signs"


def test_month_without_all_its_days_is_not_signed(floor: Floor) -> None:
    """A day that nobody noted is named; a month that goes on is not signed."""
    placement = floor.learner()
    floor.note(placement, *MONDAYS[:3])
    assert refused(placement, floor.mentor) == "attendance.days_missing"
    with pytest.raises(Refused) as caught:
        close_month(placement=placement, month=MONTH, by=floor.mentor, at=at(MONDAYS[3]))
    assert caught.value.reason.code == "attendance.month_not_over"


def test_many_months_are_signed_and_one_that_cannot_be_stays_behind(floor: Floor) -> None:
    """What is wrong with one person keeps nobody else from being paid."""
    good, bad = whole_month(floor), floor.learner()
    outcome = close_months(placement_ids=[good.pk, bad.pk], month=MONTH, by=floor.mentor, at=OCTOBER)
    assert (set(outcome.closings), {key: reason.code for key, reason in outcome.refused.items()}) == (
        {good.pk},
        {bad.pk: "attendance.days_missing"},
    )
    assert MonthClosing.objects.count() == 1


def test_signed_days_are_not_noted_again(floor: Floor) -> None:
    """After one signature the days wait; taking it back, with a reason, opens them."""
    placement = whole_month(floor)
    closing = close_month(placement=placement, month=MONTH, by=floor.mentor, at=OCTOBER)
    with pytest.raises(Refused) as caught:
        record_day(placement=placement, on=MONDAYS[0], state=DayState.ABSENT, by=floor.mentor, at=OCTOBER)
    assert caught.value.reason.code == "attendance.month_signed"
    reopen_month(closing=closing, reason="verkeerde dag", by=floor.mentor, at=OCTOBER)
    assert record_day(placement=placement, on=MONDAYS[0], state=DayState.ABSENT, by=floor.mentor, at=OCTOBER).hours == Decimal(0)


def test_closed_month_cannot_be_changed_by_anybody(floor: Floor) -> None:
    """Not by an operation, and not in the database: what was signed stays."""
    placement = closed(floor)
    assert refused(placement, floor.mentor) == "attendance.month_closed"
    closing = MonthClosing.objects.get()
    with pytest.raises(Refused):
        reopen_month(closing=closing, reason="toch niet", by=floor.counsellor, at=OCTOBER)
    for change in (
        lambda: Day.objects.filter(on=MONDAYS[0]).update(hours=1),
        lambda: Day.objects.filter(on=MONDAYS[0]).delete(),
        lambda: MonthClosing.objects.update(hours=1),
        lambda: MonthClosing.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    assert (Day.objects.get(on=MONDAYS[0]).hours, MonthClosing.objects.get().hours) == (Decimal(8), Decimal(32))


def test_correction_is_a_new_row_signed_by_both_again(floor: Floor) -> None:
    """The signed row stays; the difference is a closing of its own."""
    placement = closed(floor)
    signed = Day.objects.get(on=MONDAYS[1])
    correct_day(day_id=signed.pk, state=DayState.LATE, hours=Decimal("6.5"), reason="te laat", by=floor.mentor, at=OCTOBER)
    for by in (floor.counsellor, floor.contact):
        last = close_month(placement=placement, month=MONTH, by=by, at=OCTOBER)
    assert (last.number, last.hours, last.days, last.state) == (2, Decimal("-1.5"), 0, ClosingState.CLOSED)
    assert list(Day.objects.filter(on=MONDAYS[1]).order_by("noted_at", "hours").values_list("state", "hours")) == [
        ("here", Decimal(8)),
        ("late", Decimal("6.5")),
    ]


def test_database_keeps_one_correction_a_day_and_one_index_a_key() -> None:
    """Two people who correct the same day at once are not both written; and no key of a day is indexed twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'attendance_day' AND indexdef ~ '(corrects|closing)_id\\)'")
        found = sorted(row[0].replace("public.", "") for row in cursor.fetchall())
    assert found == [
        "CREATE INDEX day_by_closing ON attendance_day USING btree (closing_id)",
        "CREATE UNIQUE INDEX day_corrected_by_one_row ON attendance_day USING btree (corrects_id) WHERE (corrects_id IS NOT NULL)",
    ]


def test_correction_is_refused_for_a_day_that_is_not_signed(floor: Floor) -> None:
    """Such a day is simply noted again; and a correction says why."""
    placement = whole_month(floor)
    day = Day.objects.filter(placement=placement).first()
    assert day is not None
    with pytest.raises(Refused) as caught:
        correct_day(day_id=day.pk, state=DayState.ABSENT, hours=None, reason="ziek", by=floor.mentor, at=OCTOBER)
    assert caught.value.reason.code == "attendance.not_signed_yet"


def test_person_confirms_and_contests_own_days_only(floor: Floor) -> None:
    """Both versions stay: what was noted, and what the person says; nobody speaks for somebody else."""
    placement, other = whole_month(floor), whole_month(floor)
    days = list(Day.objects.filter(placement=placement))
    assert confirm_days(day_ids=[day.pk for day in days], by=themself(placement), at=OCTOBER) == 4
    contest_day(day_id=days[0].pk, words="Ik was er tot 18 uur.", by=themself(placement), at=OCTOBER)
    row = Day.objects.get(pk=days[0].pk)
    assert (row.person_state, row.person_words, row.hours) == ("contested", "Ik was er tot 18 uur.", Decimal(8))
    for actor in (themself(other), floor.mentor, floor.counsellor):
        with pytest.raises(Refused) as caught:
            confirm_days(day_ids=[days[1].pk], by=actor, at=OCTOBER)
        assert caught.value.reason.code == "attendance.may_not_speak"


def test_contested_day_is_talked_over_before_the_counsellor_signs(floor: Floor) -> None:
    """The floor may sign; who follows the person says that both were heard."""
    placement = whole_month(floor)
    day = Day.objects.filter(placement=placement).first()
    assert day is not None
    contest_day(day_id=day.pk, words="Klopt niet", by=themself(placement), at=OCTOBER)
    close_month(placement=placement, month=MONTH, by=floor.mentor, at=OCTOBER)
    assert refused(placement, floor.counsellor) == "attendance.contested_days"
    assert close_month(placement=placement, month=MONTH, has_heard=True, by=floor.counsellor, at=OCTOBER).state == ClosingState.CLOSED


def test_signed_day_can_still_be_contested(floor: Floor) -> None:
    """A signature of others never takes the person's own voice away."""
    placement = closed(floor)
    day = Day.objects.filter(placement=placement).first()
    assert day is not None
    assert contest_day(day_id=day.pk, words="Ik was er wel", by=themself(placement), at=OCTOBER).person_state == "contested"


def test_contest_after_the_counsellor_signed_stops_the_second_signature(floor: Floor) -> None:
    """What the person contests between the two signatures is talked over first: the host's signature alone does not close it."""
    placement = whole_month(floor)
    closing = close_month(placement=placement, month=MONTH, by=floor.counsellor, at=OCTOBER)
    day = Day.objects.get(placement=placement, on=MONDAYS[0])
    contest_day(day_id=day.pk, words="Ik was er tot vijf uur.", by=themself(placement), at=OCTOBER + timedelta(hours=1))
    with pytest.raises(Refused) as caught:
        close_month(placement=placement, month=MONTH, by=floor.mentor, at=OCTOBER + timedelta(hours=2))
    reopen_month(closing=closing, reason="gesprek", by=floor.counsellor, at=OCTOBER + timedelta(hours=3))
    for by in (floor.counsellor, floor.mentor):
        row = close_month(placement=placement, month=MONTH, has_heard=True, by=by, at=OCTOBER + timedelta(hours=4))
    assert (caught.value.reason.code, row.state) == ("attendance.contested_since", ClosingState.CLOSED)


def test_why_a_signature_is_taken_back_stays_out_of_the_log(floor: Floor) -> None:
    """The reason can say why somebody was away: it is kept sealed with the month, and the log says only that it happened."""
    placement = whole_month(floor)
    closing = close_month(placement=placement, month=MONTH, by=floor.mentor, at=OCTOBER)
    row = reopen_month(closing=closing, reason="Zij lag in het ziekenhuis.", by=floor.mentor, at=OCTOBER)
    logged = AuditEntry.objects.get(action="reopen_month").facts
    assert (logged, row.reopened_because) == ({"month": "2023-09-01"}, "Zij lag in het ziekenhuis.")


FORGOTTEN = date(2023, 9, 5)
"""A Tuesday, which is no agreed day: work that was made up for."""


def forgot(placement: Placement, by: Actor, on: date = FORGOTTEN, hours: Decimal | None = Decimal(4), reason: str = "inhaaldag") -> Day:
    """Return a day as it is added after the month was closed."""
    return add_day(placement=placement, on=on, state=DayState.HERE, hours=hours, reason=reason, by=by, at=OCTOBER)


def test_forgotten_day_is_added_and_signed_by_both(floor: Floor) -> None:
    """A day that nobody noted in time is a row of its own: the closed month stays as it was, a second closing holds the four hours."""
    placement = closed(floor)
    first = MonthClosing.objects.get(placement=placement)
    row = forgot(placement, floor.mentor)
    again = correct_day(day_id=row.pk, state=DayState.HERE, hours=Decimal(3), reason="tot elf uur", by=floor.mentor, at=OCTOBER)
    for by in (floor.mentor, floor.counsellor):
        last = close_month(placement=placement, month=MONTH, by=by, at=OCTOBER)
    assert (row.corrects_id, again.pk, last.number, last.hours, last.days) == (None, row.pk, 2, Decimal(3), 1)
    assert (MonthClosing.objects.get(pk=first.pk).digest, Day.objects.get(pk=row.pk).closing_id) == (first.digest, last.pk)


@pytest.mark.parametrize(
    ("on", "hours", "reason", "code"),
    [
        (MONDAYS[0], None, "vergeten", "attendance.day_is_noted"),
        (FORGOTTEN, Decimal(4), " ", "attendance.correction_needs_reason"),
        (FORGOTTEN, None, "vergeten", "attendance.not_agreed"),
        (FORGOTTEN, Decimal(13), "vergeten", "attendance.impossible_hours"),
        (date(2023, 9, 1), Decimal(4), "vergeten", "attendance.outside_period"),
        (date(2023, 10, 2), Decimal(4), "vergeten", "attendance.month_is_open"),
    ],
)
def test_forgotten_day_that_cannot_be_added(floor: Floor, on: date, hours: Decimal | None, reason: str, code: str) -> None:
    """A noted day is corrected, an open month is simply noted, and no limit is passed by coming late."""
    placement = closed(floor)
    with pytest.raises(Refused) as caught:
        forgot(placement, floor.mentor, on, hours, reason)
    assert (caught.value.reason.code, Day.objects.filter(placement=placement).count()) == (code, 4)


def test_forgotten_day_waits_while_one_party_signed(floor: Floor) -> None:
    """What one party signed of the corrections does not change before the other signs; nor does somebody of another floor add a day."""
    placement, other = closed(floor), make_floor()
    with pytest.raises(Refused) as stranger:
        forgot(placement, other.mentor)
    forgot(placement, floor.mentor)
    close_month(placement=placement, month=MONTH, by=floor.mentor, at=OCTOBER)
    with pytest.raises(Refused) as late:
        forgot(placement, floor.mentor, date(2023, 9, 6))
    assert (stranger.value.reason.code, late.value.reason.code) == ("attendance.may_not_note", "attendance.month_signed")


def test_reason_of_a_correction_is_sealed(floor: Floor) -> None:
    """Why a day was otherwise can tell of health: the database holds no word of it."""
    row = forgot(closed(floor), floor.mentor, reason="kwam van de dokter")
    with connection.cursor() as cursor:
        cursor.execute("SELECT correction_reason FROM attendance_day WHERE id = %s", [row.pk])
        kept = bytes(cursor.fetchone()[0])
    assert (b"dokter" in kept, Day.objects.get(pk=row.pk).correction_reason) == (False, "kwam van de dokter")
