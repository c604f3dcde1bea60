"""Who guides the learners: absences, back-ups, ended certificates, and what they mean for a start."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import make_mentor, make_user
from tests.journey.attendance.floor import START, Floor
from tests.journey.mentoring.cases import NOW

from opstap.engine.shared import Period, Refused
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.organisations.models import Mentor, MentorAbsence
from opstap.journey.attendance.queries.reach import floor_placements
from opstap.journey.matching.assembly import check_pair
from opstap.journey.mentoring.models import BackUp
from opstap.journey.mentoring.operations import end_absence, end_back_up, name_back_up, plan_absence
from opstap.journey.mentoring.queries import Gap, gaps_of, without_guide
from opstap.journey.placements.models import Placement
from opstap.journey.placements.operations import start_placement

BY = system_actor("test")
AWAY = Period(date(2023, 9, 11), date(2023, 9, 18))


def go_away(floor: Floor, days: Period = AWAY, **more: Mentor) -> MentorAbsence:
    """Plan an absence of the floor's mentor."""
    assert days.until
    return plan_absence(mentor=floor.guide, starts_on=days.start, until_on=days.until, by=floor.contact, at=NOW, **more)


def test_absence_without_back_up_leaves_nobody(floor: Floor) -> None:
    """Who is away leaves the learners alone on exactly those days."""
    go_away(floor)
    assert without_guide(START) == {floor.guide.pk: (AWAY,)}


def test_back_up_covers_the_days_on_which_they_can(floor: Floor) -> None:
    """Days on which who stands in is away themselves stay without a guide."""
    other = make_mentor(floor.host, "Bert")
    go_away(floor, stands_in=other)
    assert without_guide(START) == {}
    plan_absence(mentor=other, starts_on=date(2023, 9, 13), until_on=date(2023, 9, 14), by=floor.contact, at=NOW)
    assert without_guide(START)[floor.guide.pk] == (Period(date(2023, 9, 13), date(2023, 9, 14)),)


def test_certificate_that_ends_leaves_a_gap_from_then_on(floor: Floor) -> None:
    """From the day on which the certificate no longer holds, somebody else is needed."""
    ends = {floor.guide.pk: date(2023, 10, 1)}
    assert gaps_of(Period(START, date(2023, 10, 1)), ends) == {}
    assert gaps_of(Period(START, date(2023, 10, 2)), ends) == {floor.guide.pk: (Gap(Period(date(2023, 10, 1)), is_away=False),)}


@pytest.mark.parametrize(
    ("certified", "until", "code"),
    [
        (None, None, "back_up_not_trained"),
        (date(2023, 9, 12), None, "back_up_not_trained"),
        (START, date(2023, 9, 15), "back_up_not_trained"),
    ],
)
def test_back_up_needs_a_certificate_on_all_days(floor: Floor, certified: date | None, until: date | None, code: str) -> None:
    """Who stands in is trained from the first day until the last."""
    other = make_mentor(floor.host, "Bert")
    Mentor.objects.filter(pk=other.pk).update(certified_on=certified, certified_until=until)
    with pytest.raises(Refused) as refused:
        go_away(floor, stands_in=Mentor.objects.get(pk=other.pk))
    assert (refused.value.reason.code, MentorAbsence.objects.count(), BackUp.objects.count()) == (f"mentoring.{code}", 0, 0)


def test_absence_over_another_one_is_refused(floor: Floor) -> None:
    """Nobody is away twice; the absence that is there says until when."""
    go_away(floor)
    with pytest.raises(Refused) as refused:
        go_away(floor, Period(date(2023, 9, 17), date(2023, 9, 20)))
    assert (refused.value.reason.code, refused.value.reason.facts["until"]) == ("mentoring.away_already", "2023-09-18")


def test_absence_ends_earlier_or_was_none(floor: Floor) -> None:
    """Back on another day shortens the absence; back before it began takes it away."""
    absence = go_away(floor)
    shorter = end_absence(absence=absence, back_on=date(2023, 9, 13), by=floor.contact, at=NOW)
    assert shorter is not None
    assert shorter.until_on == date(2023, 9, 13)
    assert end_absence(absence=absence, back_on=date(2023, 9, 11), by=floor.contact, at=NOW) is None
    assert MentorAbsence.objects.count() == 0


def test_back_up_sees_the_floor_while_standing_in(floor: Floor) -> None:
    """On the days of the back-up the colleague's floor shows the learners, and not after it was stopped."""
    learner, other = floor.learner("Peeters"), make_mentor(floor.host, "Bert")
    user = make_user(Role.MENTOR, name="Bert", organisation=floor.host)
    Mentor.objects.filter(pk=other.pk).update(user_id=user.pk)
    stand_in = actor_for(user, START)
    back_up = name_back_up(mentor=floor.guide, stands_in=other, from_on=START, until_on=AWAY.until or START, by=floor.contact, at=NOW)
    seen = [list(floor_placements(stand_in, START)), list(floor_placements(stand_in, date(2023, 9, 18)))]
    end_back_up(back_up=back_up, until_on=START, by=floor.contact, at=NOW)
    assert [*seen, list(floor_placements(stand_in, START))] == [[learner], [], []]


@pytest.mark.parametrize(
    ("until", "code"),
    [(None, None), (date(2023, 9, 6), None), (date(2023, 9, 5), "mentor_certificate_ended"), (START, "mentor_certificate_ended")],
)
def test_start_needs_a_certificate_that_holds(floor: Floor, until: date | None, code: str | None) -> None:
    """A round, a proposal by hand and the start itself refuse a mentor whose certificate has ended on the first day."""
    learner, first = floor.learner(state="to_be_agreed"), date(2023, 9, 5)
    Mentor.objects.filter(pk=floor.guide.pk).update(certified_until=until)
    place = type(floor.place).objects.get(pk=floor.place.pk)
    codes = [each.code for each in check_pair(learner.referral, place, first).obstacles if "mentor" in each.code]
    assert codes == ([f"matching.{code}"] if code else [])
    if code is None:
        assert start_placement(placement=learner, on=first, by=BY, at=NOW).state == "running"
        return
    with pytest.raises(Refused) as refused:
        start_placement(placement=learner, on=first, by=BY, at=NOW)
    assert (refused.value.reason.code, Placement.objects.get().state) == (f"placements.{code}", "to_be_agreed")


def test_start_while_away_needs_a_back_up(floor: Floor) -> None:
    """Matching lets nobody start while the mentor is away, unless somebody stands in."""
    learner, on = floor.learner(state="to_be_agreed"), AWAY.start + timedelta(days=1)
    go_away(floor)

    def in_the_way() -> list[str]:
        place = type(floor.place).objects.get(pk=floor.place.pk)
        return [each.code for each in check_pair(learner.referral, place, on).obstacles if "mentor" in each.code]

    assert in_the_way() == ["matching.mentor_absent_until"]
    other = make_mentor(floor.host, "Bert")
    name_back_up(mentor=floor.guide, stands_in=other, from_on=AWAY.start, until_on=date(2023, 9, 18), by=floor.contact, at=NOW)
    assert in_the_way() == []
