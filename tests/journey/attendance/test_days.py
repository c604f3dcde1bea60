"""Noting days: as agreed in one tap, the same again changes nothing, and no limit is crossed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from psycopg.types.range import DateRange
from tests.factories import make_organisation, make_place, make_user
from tests.journey.attendance.floor import END, MONDAYS, MONTH, OCTOBER, START, Floor, at, run, themself

from opstap.engine.shared import Refused
from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Actor, Role, system_actor
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.attendance.assembly import month_sheets
from opstap.journey.attendance.assembly.sheets import half_day_hours
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.operations import DayNote, add_closure, record_day, record_days
from opstap.journey.attendance.queries.reach import attended_placements
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import change_terms

pytestmark = pytest.mark.django_db
ENDED = {"ended_on": date(2023, 8, 4), "end_reason_code": "completed"}


def refused(by: Actor, **note: Any) -> str:  # noqa: ANN401 - the arguments of record_day
    """Return the code with which a note is refused."""
    moment = note.pop("moment", at(max(note["on"], START), 17))
    with pytest.raises(Refused) as caught:
        record_day(by=by, at=moment, state=note.pop("state", DayState.HERE), **note)
    return caught.value.reason.code


def test_day_as_agreed_takes_the_agreed_hours(floor: Floor) -> None:
    """One tap "here" on an agreed day of two half-days is eight hours; "absent" is none."""
    placement = floor.learner()
    here = record_day(placement=placement, on=MONDAYS[0], state=DayState.HERE, by=floor.mentor, at=at(MONDAYS[0]))
    absent = record_day(placement=placement, on=MONDAYS[1], state=DayState.ABSENT, by=floor.mentor, at=at(MONDAYS[1]))
    assert [(here.state, here.hours, here.noted_by), (absent.state, absent.hours)] == [
        ("here", Decimal(8), "Mia Mentor"),
        ("absent", Decimal(0)),
    ]


def test_day_noted_again_changes_nothing(floor: Floor) -> None:
    """The same notes sent again, as from a phone that lost its connection, leave one row and its first moment."""
    placement = floor.learner()
    notes = [DayNote(placement.pk, day, DayState.HERE) for day in MONDAYS[:2]]
    for hour in (10, 11):
        record_days(notes=notes, by=floor.mentor, at=at(MONDAYS[1], hour))
    assert list(Day.objects.values_list("on", "noted_at")) == [(day, at(MONDAYS[1], 10)) for day in MONDAYS[:2]]
    assert list(AuditEntry.objects.order_by("at").values_list("action", flat=True)) == ["note_day", "note_day", "note_days_again"]


def test_day_noted_otherwise_keeps_what_it_was_in_the_log(floor: Floor) -> None:
    """A changed mind is one row, and the log says what it was before."""
    placement = floor.learner()
    floor.note(placement, MONDAYS[0])
    floor.note(placement, MONDAYS[0], state=DayState.LATE)
    assert list(Day.objects.values_list("state", "hours")) == [("late", Decimal(8))]
    assert AuditEntry.objects.filter(action="note_day").order_by("-id").first().facts["before"] == "here 8.00"  # type: ignore[union-attr] # it is there


def test_days_are_noted_all_or_none(floor: Floor) -> None:
    """When one of the days cannot be noted, none is: the list on the screen stays true."""
    placement = floor.learner()
    with pytest.raises(Refused):
        record_days(
            notes=[DayNote(placement.pk, MONDAYS[0], DayState.HERE), DayNote(placement.pk, MONDAYS[3], DayState.HERE)],
            by=floor.mentor,
            at=at(MONDAYS[0]),
        )
    assert Day.objects.count() == 0


def test_excuse_can_be_noted_ahead_and_work_cannot(floor: Floor) -> None:
    """A doctor's appointment is known before; that somebody worked is not."""
    placement = floor.learner()
    record_day(placement=placement, on=MONDAYS[2], state=DayState.EXCUSED, by=floor.mentor, at=at(MONDAYS[0]))
    assert refused(floor.mentor, placement=placement, on=MONDAYS[3], moment=at(MONDAYS[0])) == "attendance.not_yet"


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (START - timedelta(days=7), "attendance.outside_period"),
        (START + timedelta(days=1), "attendance.not_agreed"),
        (END, "attendance.outside_period"),
        (date(2023, 12, 25), "attendance.public_holiday"),
        (date(2023, 10, 2), "attendance.place_closed"),
    ],
)
def test_day_without_work_is_refused(floor: Floor, on: date, code: str) -> None:
    """Outside the period, on another weekday, on Christmas and while the site is closed nobody is expected."""
    add_closure(
        organisation_id=floor.host.pk,
        site_id=floor.place.site_id,
        starts_on=date(2023, 10, 2),
        until_on=date(2023, 10, 3),
        reason="verhuis",
        by=floor.contact,
        at=at(START),
    )
    assert refused(floor.mentor, placement=floor.learner(), on=on) == code


def test_day_that_was_not_agreed_takes_given_hours(floor: Floor) -> None:
    """Somebody who came on a Tuesday did work: the hours are filled in, and the day is told apart elsewhere."""
    day = record_day(
        placement=floor.learner(), on=START + timedelta(days=1), state=DayState.HERE, hours=Decimal(4), by=floor.mentor, at=at(MONDAYS[1])
    )
    assert day.hours == Decimal(4)


def test_nobody_works_in_two_places_at_once(floor: Floor) -> None:
    """An extra day is refused when the person is expected at another place then."""
    placement = floor.learner()
    other = make_place(floor.programme, make_organisation(), seats=0, title="keukenhulp")
    run(other, placement.referral, (2, 3))
    code = refused(floor.mentor, placement=placement, on=START + timedelta(days=1), hours=Decimal(4), moment=at(MONDAYS[1]))
    assert code == "attendance.two_places"


def test_month_never_goes_past_its_most_hours(floor: Floor) -> None:
    """Sixty-four hours a month is the most: the hour after it is refused, and the same day with fewer hours is not."""
    placement = floor.learner(half_days=(0, 1, 4, 5))
    wednesdays = [day + timedelta(days=2) for day in MONDAYS]
    floor.note(placement, *MONDAYS, *wednesdays[:3])
    with pytest.raises(Refused) as caught:
        record_day(placement=placement, on=wednesdays[3], state=DayState.HERE, hours=Decimal(9), by=floor.mentor, at=at(wednesdays[3]))
    assert (caught.value.reason.code, caught.value.reason.facts) == ("costing.month_full", {"most": 64.0, "noted": 56.0, "room": 8.0})
    assert record_day(placement=placement, on=wednesdays[3], state=DayState.HERE, by=floor.mentor, at=at(wednesdays[3])).hours == Decimal(8)


def test_six_months_are_the_most(floor: Floor) -> None:
    """After six months at one place nothing is noted any more, however long the period on paper."""
    placement = floor.learner(period=DateRange(START, date(2024, 6, 3)))
    assert refused(floor.mentor, placement=placement, on=date(2024, 3, 4)) == "costing.months_over"


@pytest.mark.parametrize("hours", [Decimal(0), Decimal(-1), Decimal("12.5")])
def test_impossible_hours_are_refused(floor: Floor, hours: Decimal) -> None:
    """Nobody works nothing, less than nothing, or more than half a day and night."""
    assert refused(floor.mentor, placement=floor.learner(), on=START, hours=hours) == "attendance.impossible_hours"


def test_placement_that_does_not_run_has_no_days(floor: Floor) -> None:
    """Before the agreement is in force nobody notes days."""
    placement = floor.learner(state=PlacementState.TO_BE_AGREED.value)
    assert refused(floor.mentor, placement=placement, on=START) == "attendance.may_not_note"


def test_only_the_own_floor_and_who_follows_note_days(floor: Floor) -> None:
    """Another mentor, another host, a coordinator and the person note nothing; the contact and the counsellor do."""
    placement = floor.learner()
    colleague = actor_for(make_user(Role.MENTOR, organisation=floor.host), START)
    stranger = actor_for(make_user(Role.HOST, organisation=make_organisation()), START)
    codes = [refused(actor, placement=placement, on=START) for actor in (colleague, stranger, floor.coordinator, themself(placement))]
    assert codes == ["attendance.may_not_note"] * 4
    for actor in (floor.contact, floor.counsellor):
        record_day(placement=placement, on=START, state=DayState.HERE, by=actor, at=at(START))


@pytest.mark.parametrize(
    ("hours_month", "half_days", "length"), [(None, 2, "4"), (32, 2, "3.5"), (64, 4, "3.5"), (64, 2, "4"), (8, 4, "0.25")]
)
def test_half_day_is_as_long_as_the_hours_of_the_month_say(hours_month: int | None, half_days: int, length: str) -> None:
    """The agreed hours over the half-days, down to the quarter, and never longer than a usual half-day."""
    assert half_day_hours(hours_month, half_days, Decimal(4)) == Decimal(length)


def elsewhere(floor: Floor, placement: Placement, half_days: tuple[int, ...], **terms: object) -> Placement:
    """Return a second placement of the same person."""
    return run(floor.place, placement.referral, half_days, **terms)


def test_hours_at_two_places_stay_within_one_month_limit(floor: Floor) -> None:
    """Who changes places within a month, or works at two of them, has the hours of one month: 64, not twice 64."""
    first = floor.learner()
    second = elsewhere(floor, first, (2, 3))
    floor.note(first, *MONDAYS)
    tuesdays = [day + timedelta(days=1) for day in MONDAYS]
    floor.note(second, *tuesdays[:3])
    extra = DayNote(second.pk, tuesdays[3], DayState.HERE, Decimal(9))
    with pytest.raises(Refused) as refused:
        record_days(notes=[extra], by=floor.mentor, at=at(tuesdays[3], 17))
    facts = {"most": 64.0, "noted": 56.0, "room": 8.0}
    assert (refused.value.reason.code, refused.value.reason.facts) == ("costing.month_full", facts)


def test_hours_under_another_instrument_have_their_own_limit(floor: Floor) -> None:
    """The limit of community service counts the hours of community service."""
    first = floor.learner()
    second = elsewhere(floor, first, (2, 3), instrument="work_experience")
    floor.note(first, *MONDAYS)
    record_days(notes=[DayNote(second.pk, START + timedelta(days=1), DayState.HERE, Decimal(9))], by=floor.mentor, at=OCTOBER)
    assert Day.objects.get(placement=second).hours == Decimal(9)


def test_one_day_holds_twelve_hours_over_all_places(floor: Floor) -> None:
    """A morning here and an afternoon there are one day of one person."""
    first = floor.learner(half_days=(0,))
    second = elsewhere(floor, first, (1,))
    record_day(placement=first, on=START, state=DayState.HERE, hours=Decimal(8), by=floor.mentor, at=OCTOBER)
    with pytest.raises(Refused) as refused:
        record_day(placement=second, on=START, state=DayState.HERE, hours=Decimal(5), by=floor.mentor, at=OCTOBER)
    assert (refused.value.reason.code, refused.value.reason.facts["most"]) == ("attendance.impossible_hours", 4.0)


def test_half_day_of_another_weekday_is_refused(floor: Floor) -> None:
    """A Friday afternoon is not noted on a Monday, and two halves are one day."""
    placement = floor.learner()
    with pytest.raises(Refused) as refused:
        record_day(placement=placement, on=START, state=DayState.HERE, hours=Decimal(4), half_day=9, by=floor.mentor, at=OCTOBER)
    assert refused.value.reason.code == "attendance.not_agreed"


def test_half_days_count_on_the_days_for_which_they_were_agreed(floor: Floor) -> None:
    """After an addendum to Tuesdays the Mondays before it are still agreed, and the Tuesdays before it are not."""
    placement = floor.learner()
    change_terms(
        placement=Placement.objects.select_related("seat").get(pk=placement.pk),
        starts_on=START,
        until_on=END,
        half_days=half_day_mask(["tue_am", "tue_pm"]),
        hours_month=None,
        half_days_from=date(2023, 9, 18),
        by=system_actor("test"),
        at=OCTOBER,
    )
    row = attended_placements(floor.mentor, START).get(pk=placement.pk)
    assert sorted(month_sheets([row], MONTH)[placement.pk].agreed) == [date(2023, 9, day) for day in (4, 11, 19, 26)]


def test_other_hours_leave_the_days_before_them(floor: Floor) -> None:
    """After an addendum to fewer hours a day before it that nobody noted yet still counts as it was agreed."""
    placement = floor.learner()
    whole = {"placement": Placement.objects.select_related("seat").get(pk=placement.pk), "until_on": END, "half_days": 0b11}
    terms = {**whole, "starts_on": START, "by": system_actor("test"), "at": OCTOBER}
    change_terms(**terms, hours_month=64)
    change_terms(**terms, hours_month=32, half_days_from=MONDAYS[2])
    row = attended_placements(floor.mentor, START).get(pk=placement.pk)
    agreed = month_sheets([row], MONTH)[placement.pk].agreed
    assert [agreed[day] for day in MONDAYS] == [Decimal(8), Decimal(8), Decimal("7.0"), Decimal("7.0")]


def test_six_months_count_over_all_places_of_a_person(floor: Floor) -> None:
    """Who worked five months under the instrument elsewhere has one left here, and none is noted after it."""
    placement = floor.learner()
    before = DateRange(date(2023, 3, 4), date(2023, 8, 4))
    run(floor.place, placement.referral, half_days=(), period=before, state=PlacementState.ENDED.value, **ENDED)
    last = date(2023, 10, 2)
    floor.note(placement, last)
    with pytest.raises(Refused) as caught:
        floor.note(placement, last + timedelta(days=7))
    assert (caught.value.reason.code, caught.value.reason.facts["until"]) == ("costing.months_over", "2023-10-05")


def test_months_under_another_instrument_do_not_count(floor: Floor) -> None:
    """The limit is one of the instrument: half a year of something else leaves all six months."""
    placement = floor.learner()
    before = DateRange(date(2023, 3, 4), date(2023, 9, 4))
    run(floor.place, placement.referral, half_days=(), period=before, state=PlacementState.ENDED.value, instrument="imw", **ENDED)
    row = attended_placements(floor.mentor, START).get(pk=placement.pk)
    assert month_sheets([row], MONTH)[placement.pk].months_end == date(2024, 3, 4)
