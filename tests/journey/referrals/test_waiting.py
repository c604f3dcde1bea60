"""Since when somebody waits: the day of the referral, whenever the product first heard of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.factories import DAY, NOW, make_person, make_programme

from opstap.engine.shared import Reason
from opstap.foundation.actor import system_actor
from opstap.journey.referrals.enums import Stage, WaitingCause
from opstap.journey.referrals.operations import Opening, advance, open_referral, open_referrals
from opstap.journey.referrals.queries import waiting_days

pytestmark = pytest.mark.django_db

SYSTEM = system_actor("test")


def test_wait_counts_from_the_referral_and_goes_on_through_the_first_decision() -> None:
    """A list of today with a referral of months ago is a wait of months, also once it is decided; the next step begins anew."""
    (referral,) = open_referrals(programme=make_programme(), openings=[Opening(make_person().pk, date(2023, 5, 4))], by=SYSTEM, at=NOW)
    waited = (DAY - date(2023, 5, 4)).days
    assert waiting_days(referral, DAY) == waited
    advance(referral=referral, to=Stage.ELIGIBLE, reason=Reason("referrals.opened"), cause=WaitingCause.NO_ROUND_YET, by=SYSTEM, at=NOW)
    assert (referral.stage, waiting_days(referral, DAY)) == ("eligible", waited)
    advance(referral=referral, to=Stage.PROPOSED, reason=Reason("referrals.opened"), cause=WaitingCause.PERSON_ANSWER, by=SYSTEM, at=NOW)
    assert (referral.stage, referral.stage_since) == ("proposed", NOW)


def test_nobody_waits_since_a_day_to_come() -> None:
    """A referral that is dated after today counts from now."""
    referral = open_referral(
        person=make_person(),
        programme=make_programme(),
        referred_on=DAY + timedelta(days=9),
        counselling_organisation=None,
        counsellor=None,
        by=SYSTEM,
        at=NOW,
    )
    assert referral.stage_since == NOW
