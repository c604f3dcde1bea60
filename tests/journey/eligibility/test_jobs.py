"""What happens at night: time and rules are followed without anybody asking."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django.fixtures import Settings
from tests.journey.eligibility.cases import make_programme, make_referral, stage_of

from opstap.journey.eligibility.jobs import redecide, redecide_all
from opstap.journey.eligibility.models import Decision

pytestmark = pytest.mark.django_db


def test_night_opens_the_door_on_the_day_it_opens(settings: Settings) -> None:
    """Nobody waits on a date that has been reached; a second run the same night changes nothing."""
    programme = make_programme()
    referral = make_referral(programme, registered_since=date(2021, 9, 10))
    stages = []
    for day in (date(2023, 9, 9), date(2023, 9, 10), date(2023, 9, 10)):
        settings.FIXED_TODAY = day
        redecide_all(timestamp=0)
        stages.append((stage_of(referral.pk), Decision.objects.filter(referral=referral).count()))
    assert stages == [("not_eligible", 2), ("eligible", 3), ("eligible", 3)]


def test_night_leaves_a_programme_that_has_ended(settings: Settings) -> None:
    """A programme that ended is not decided on; one that ends tomorrow is."""
    settings.FIXED_TODAY = date(2023, 9, 1)
    for name, until in (("voorbij", date(2023, 9, 1)), ("morgen", date(2023, 9, 2))):
        programme = make_programme(name)
        programme.until_on = until
        programme.save()
        make_referral(programme)
    redecide_all(timestamp=0)
    assert {row.referral.programme.name for row in Decision.objects.all()} == {"morgen"}


def test_redecide_is_decided_by_the_product_itself(settings: Settings) -> None:
    """The decider is named, so that nobody takes it for a person."""
    settings.FIXED_TODAY = date(2023, 9, 1)
    programme = make_programme()
    make_referral(programme)
    redecide(programme_id=str(programme.pk))
    assert {row.decided_by_id for row in Decision.objects.all()} == {"system:Opstap"}
