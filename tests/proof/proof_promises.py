"""Every promise that rows can break is named when it is broken; what the database refuses cannot be broken at all."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from tests.journey.attendance.floor import at
from tests.proof.lived import Lived, lived, six_weeks

from opstap.config.simulation import broken_promises
from opstap.foundation.organisations.models import Mentor
from opstap.journey.appointments.enums import InvitationState
from opstap.journey.appointments.models import Invitation
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.models import Day, PaymentLine, PaymentRun
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement
from opstap.journey.plans.models import Goal
from opstap.journey.referrals.models import Referral, StageMove

__all__ = ["lived", "six_weeks"]
"""Fixtures, by their import."""


def running() -> QuerySet[Placement]:
    """Return who works, in the order in which they started."""
    return Placement.objects.filter(state=PlacementState.RUNNING).order_by("period", "pk")


def test_six_weeks_break_no_promise(lived: Lived) -> None:
    """The programme was lived in, months were signed and paid, and every promise held."""
    told = lived.told
    assert all((told.talks, told.placements, told.days, told.months_closed, told.payment_runs, told.plans))
    assert broken_promises(lived.programme, lived.until) == []


@pytest.mark.usefixtures("lived")
def test_nobody_reads_the_same_goal_twice() -> None:
    """Goals and steps differ within everybody's plan, and more than a handful of goals are in use."""
    goals = defaultdict(list)
    for goal in Goal.objects.select_related("plan"):
        goals[goal.plan.referral_id].append(goal.text)
    assert [texts for texts in goals.values() if len(set(texts)) < len(texts)] == []
    assert len({text for texts in goals.values() for text in texts}) > 6


def test_who_did_not_choose_is_called_and_who_did_not_come_invited_again(lived: Lived) -> None:
    """No invitation of somebody who waits stays expired for two weeks, and some people were invited more than once."""
    late = datetime.combine(lived.until - timedelta(days=14), time(), UTC)
    waits = Invitation.objects.filter(referral__stage__in=["open", "facts_missing", "eligible"], expires_at__lt=late)
    assert waits.filter(state=InvitationState.EXPIRED).count() == 0
    assert Invitation.objects.filter(times_offered__gt=1).exists()


def test_too_many_hours_are_named(lived: Lived) -> None:
    """Twelve hours on each of ten free days are more than any month allows."""
    placement = running().filter(instrument="community_service")[0]
    first = max(placement.period.lower, lived.until.replace(day=1))
    taken = set(Day.objects.filter(placement=placement).values_list("on", flat=True))
    free = [first + timedelta(days=number) for number in range(30) if first + timedelta(days=number) not in taken][:10]
    Day.objects.bulk_create(
        Day(placement=placement, on=on, state=DayState.HERE.value, hours=12, noted_by="test", noted_at=at(on)) for on in free
    )
    (found,) = [line for line in broken_promises(lived.programme, free[-1] + timedelta(days=1)) if " hours in " in line]
    assert f"at {placement.pk}" in found


def test_day_outside_a_placement_is_named(lived: Lived) -> None:
    """A day before the first day of the work is not a day of it."""
    placement = running().reverse()[0]
    before = placement.period.lower - timedelta(days=1)
    Day.objects.create(placement=placement, on=before, state=DayState.HERE.value, hours=1, noted_by="test", noted_at=at(before))
    assert broken_promises(lived.programme, lived.until) == [f"day {before} outside placement {placement.pk}"]


def test_wrong_payment_is_named(lived: Lived) -> None:
    """A cent more on one line is not the signed hours times the rate, and the list no longer adds up."""
    line = PaymentLine.objects.filter(covers="allowance").select_related("run")[0]
    with pgtrigger.ignore("attendance.PaymentLine:payment_lines_stay"):
        PaymentLine.objects.filter(pk=line.pk).update(amount=F("amount") + Decimal("0.01"))
    found = broken_promises(lived.programme, lived.until)
    amount = line.amount + Decimal("0.01")
    assert found == [f"list {line.run.month} is not the sum of its lines", f"line {line.pk} is {amount}, not {line.hours} x {line.rate}"]


@pytest.mark.usefixtures("lived")
def test_month_cannot_be_paid_twice() -> None:
    """The database refuses a second line for the same signed month and rate, on whatever list."""
    line = PaymentLine.objects.filter(covers="allowance").select_related("run")[0]
    run = line.run
    again = PaymentRun.objects.create(
        programme_id=run.programme_id,
        month=run.month,
        number=run.number + 1,
        total=line.amount,
        digest="",
        made_by="test",
        made_at=run.made_at,
    )
    line.pk, line.run = uuid.uuid4(), again
    with pytest.raises(IntegrityError, match="signed_month_paid_once"), transaction.atomic():
        PaymentLine.objects.bulk_create([line])


def test_stage_without_a_move_is_named(lived: Lived) -> None:
    """A stage that was written by hand has no reason; a move that is gone leaves a hole in the chain."""
    written, holed = Referral.objects.filter(stage="placed").order_by("pk")[:2]
    Referral.objects.filter(pk=written.pk).update(stage="open")
    moves = StageMove.objects.filter(referral=holed).order_by("at", "pk")
    with pgtrigger.ignore():
        StageMove.objects.filter(pk=moves[1].pk).delete()
    found = broken_promises(lived.programme, lived.until)
    assert sorted(line.split(" of ")[1].split()[0] for line in found) == sorted([str(written.pk), str(holed.pk)])


def test_mentor_with_too_many_learners_is_named(lived: Lived) -> None:
    """A mentor who may guide nobody guides one too many."""
    mentor = running()[0].seat.place.mentor
    assert mentor is not None
    Mentor.objects.filter(pk=mentor.pk).update(learner_limit=0)
    found = broken_promises(lived.programme, lived.until)
    assert {line.split(" has ")[0] for line in found} == {f"mentor {mentor.pk}"}


@pytest.mark.usefixtures("lived")
def test_seat_cannot_be_given_twice() -> None:
    """Whoever writes the row: the database refuses a second person on a seat, so that promise cannot be broken."""
    first, other = running()[:2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=other.pk).update(seat_id=first.seat_id, period=first.period)
