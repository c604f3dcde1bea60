"""The person reads why somebody calls, in the words of the rule that speaks; nobody reads another's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.desks.jobseeker.test_journey import link_of
from tests.journey.appointments.cases import NOW, Office, make_office

from opstap.foundation.clock import day_of
from opstap.journey.followup.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """The page lives on the day of the cases."""
    settings.FIXED_TODAY = day_of(NOW)


def silence(office: Office) -> None:
    """Open a task because nobody spoke to the person since the first of July."""
    referral = office.referral
    Task.objects.create(
        rule="no_contact",
        once=f"no_contact:{referral.pk}",
        programme=referral.programme,
        referral=referral,
        due_on=day_of(NOW) + timedelta(days=7),
        opened_at=NOW,
        facts={"since": "2023-07-01"},
    )


def test_person_reads_the_rule_that_speaks_and_every_rule() -> None:
    """The reason of now with its day, and the six rules with their numbers; never a point or a score."""
    office, other = make_office(), make_office()
    silence(office)
    page, nothing = (Client().get(reverse("jobseeker:why", args=[link_of(each).token])).content.decode() for each in (office, other))
    said = "We bellen je omdat we elkaar sinds 1 juli 2023 niet spraken"
    assert (said in page, said in nothing) == (True, False)
    assert ("We spraken elkaar 42 dagen niet" in page, "We spraken elkaar 42 dagen niet" in nothing) == (True, True)
