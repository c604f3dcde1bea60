"""How far messages to a person hold back: as the programmes say in which the person is."""

from __future__ import annotations

from datetime import time

import pytest
from tests.factories import make_person, make_programme, make_referral

from opstap.foundation.outbox.enums import Restraint
from opstap.foundation.programmes.models import Programme
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.queries import restraints_of

pytestmark = pytest.mark.django_db


def test_more_careful_of_two_programmes_counts() -> None:
    """Somebody in two gets the smaller number and the shorter day; a programme that was closed for them does not count."""
    person = make_person()
    first = make_referral(person, make_programme(weekly_messages=2, quiet_from=21, quiet_until=9))
    make_referral(person, make_programme(weekly_messages=5, quiet_from=18, quiet_until=7))
    both = restraints_of([person.pk])
    Referral.objects.filter(pk=first.pk).update(stage="closed")
    assert both == {person.pk: Restraint(weekly_cap=2, quiet_from=time(18), quiet_until=time(9))}
    assert restraints_of([person.pk]) == {person.pk: Restraint(weekly_cap=5, quiet_from=time(18), quiet_until=time(7))}


def test_programme_that_sets_nothing_goes_by_the_products_own() -> None:
    """A new programme is as careful as the product."""
    assert (Programme().weekly_messages, time(Programme().quiet_from), time(Programme().quiet_until)) == (
        Restraint().weekly_cap,
        Restraint().quiet_from,
        Restraint().quiet_until,
    )
