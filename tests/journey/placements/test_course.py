"""A placement starts, changes and ends; what falls off its period is free at once."""

from __future__ import annotations

from datetime import date

import pytest
from psycopg.types.range import DateRange
from tests.factories import make_organisation, make_programme
from tests.journey.eligibility.cases import AT, acting, make_user, stage_of
from tests.journey.matching.rounds import SYSTEM, make_ready
from tests.journey.placements.test_answers import a_proposal, both_say_yes, host_of, the_person

from opstap.engine.shared import Refused
from opstap.foundation.actor import Role
from opstap.journey.matching.operations import propose_by_hand
from opstap.journey.matching.queries import seats_spoken_for
from opstap.journey.placements.models import Placement, PlacementHalfDay
from opstap.journey.placements.operations import cancel_placement, change_terms, end_placement, start_placement

pytestmark = pytest.mark.django_db
START, UNTIL = date(2023, 9, 1), date(2024, 3, 1)


def a_placement() -> Placement:
    """Return a placement to be agreed."""
    both_say_yes(a_proposal())
    return Placement.objects.select_related("seat__place", "referral", "proposal").get()


def running() -> Placement:
    """Return a placement that runs since its first day."""
    return start_placement(placement=a_placement(), on=START, by=SYSTEM, at=AT)


def test_start_moves_the_person_to_placed() -> None:
    """The work runs and the person waits for nothing."""
    placement = running()
    assert (placement.state, stage_of(placement.referral_id)) == ("running", "placed")


def test_later_start_frees_the_days_before_it() -> None:
    """The seat and the half-days are free until the work begins."""
    placement = start_placement(placement=a_placement(), on=date(2023, 9, 11), by=SYSTEM, at=AT)
    periods = {row.period for row in PlacementHalfDay.objects.all()}
    assert (placement.period, periods) == (DateRange(date(2023, 9, 11), UNTIL), {DateRange(date(2023, 9, 11), UNTIL)})


@pytest.mark.parametrize("on", [date(2023, 8, 31), UNTIL])
def test_start_outside_the_period_is_refused(on: date) -> None:
    """The refusal names the first and the last day on which it can start."""
    with pytest.raises(Refused) as refused:
        start_placement(placement=a_placement(), on=on, by=SYSTEM, at=AT)
    assert refused.value.reason.facts == {"on": on.isoformat(), "from": "2023-09-01", "last": "2024-02-29"}


def test_end_frees_seat_and_half_days_from_its_day() -> None:
    """What was worked stays on record; from the end the seat counts as free and the person can be placed again."""
    placement = running()
    ended = end_placement(placement=placement, on=date(2023, 10, 2), reason_code="found_work", words=" vast werk ", by=SYSTEM, at=AT)
    place_id = placement.seat.place_id
    spoken = [seats_spoken_for({place_id}, on).get(place_id, 0) for on in (date(2023, 10, 1), date(2023, 10, 2))]
    assert (ended.state, ended.period, ended.ended_on, ended.end_reason) == (
        "ended",
        DateRange(START, date(2023, 10, 2)),
        date(2023, 10, 2),
        "vast werk",
    )
    assert [row.period for row in PlacementHalfDay.objects.all()] == [DateRange(START, date(2023, 10, 2))]
    assert (spoken, stage_of(placement.referral_id)) == ([1, 0], "eligible")


def test_seat_of_an_ended_placement_goes_to_the_next_person() -> None:
    """The database lets somebody else on the seat from the day of the end, and not a day earlier."""
    proposal = a_proposal(seats=2)
    both_say_yes(proposal)
    first = Placement.objects.select_related("seat__place", "referral", "proposal").get()
    placement = start_placement(placement=first, on=START, by=SYSTEM, at=AT)
    end_placement(placement=placement, on=date(2023, 10, 2), reason_code="completed", by=SYSTEM, at=AT)
    next_one = make_ready(proposal.referral.programme)
    both_say_yes(propose_by_hand(referral=next_one, place=proposal.place, motivation="fits", by=SYSTEM, at=AT))
    other = Placement.objects.select_related("seat__place", "referral", "proposal").exclude(pk=placement.pk).get()
    Placement.objects.filter(pk=other.pk).update(seat=placement.seat, period=DateRange(date(2023, 10, 2), UNTIL))
    other.refresh_from_db()
    with pytest.raises(Refused) as refused:
        change_terms(placement=other, starts_on=date(2023, 10, 1), until_on=UNTIL, half_days=1, hours_month=None, by=SYSTEM, at=AT)
    assert refused.value.reason.code == "placements.seat_taken_then"


@pytest.mark.parametrize(
    ("on", "reason", "code"),
    [
        (START, "completed", "placements.day_outside_period"),
        (date(2024, 3, 2), "completed", "placements.day_outside_period"),
        (date(2023, 10, 2), "bored", "placements.end_needs_reason"),
    ],
)
def test_end_needs_a_day_and_a_reason_that_can_be(on: date, reason: str, code: str) -> None:
    """An end lies within the work, and says why."""
    with pytest.raises(Refused) as refused:
        end_placement(placement=running(), on=on, reason_code=reason, by=SYSTEM, at=AT)
    assert refused.value.reason.code == code


def test_only_running_work_ends_and_only_what_waits_starts() -> None:
    """Each step follows the table: no end before the start, no second start, no calling off once it runs."""
    placement = a_placement()
    codes = []
    for step in (
        lambda: end_placement(placement=placement, on=date(2023, 10, 2), reason_code="completed", by=SYSTEM, at=AT),
        lambda: start_placement(placement=placement, on=START, by=SYSTEM, at=AT),
        lambda: start_placement(placement=placement, on=START, by=SYSTEM, at=AT),
        lambda: cancel_placement(placement=placement, reason="toch niet", by=SYSTEM, at=AT),
    ):
        try:
            step()
            codes.append("")
        except Refused as refused:
            codes.append(refused.reason.code)
    assert codes == ["placements.state_cannot_follow", "", "placements.state_cannot_follow", "placements.not_running"]


@pytest.mark.parametrize("who", ["host", "person", "stranger"])
def test_nobody_but_staff_starts_or_ends_it(who: str) -> None:
    """The host and the person answer and sign; running and ending is for who follows the person."""
    placement = a_placement()
    stranger = acting(make_user("vreemd", Role.COUNSELLOR, organisation=make_organisation(), programme=make_programme()))
    by = {"host": host_of(placement.seat.place), "person": the_person(placement.referral), "stranger": stranger}[who]
    with pytest.raises(Refused) as refused:
        start_placement(placement=placement, on=START, by=by, at=AT)
    assert refused.value.reason.code == "placements.may_not_run"
