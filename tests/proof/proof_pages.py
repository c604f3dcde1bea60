"""The pages of the programme's staff show six lived weeks without an error."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse
from tests.desks.coordinator.visits import browser
from tests.proof.lived import Lived, lived, six_weeks

from opstap.foundation.access.models import User
from opstap.journey.placements.enums import PlacementState
from opstap.journey.placements.models import Placement

COORDINATOR = ("coordinator:home", "coordinator:my_day", "coordinator:funnel", "coordinator:calls", "coordinator:rounds")
REPORTS = ("coordinator:reports:report",)

__all__ = ["lived", "six_weeks"]
"""Fixtures, by their import."""


@pytest.mark.parametrize("name", [*COORDINATOR, *REPORTS])
def test_coordinator_opens_page(lived: Lived, name: str) -> None:  # noqa: ARG001 - the days that the page shows
    """Each page of the coordinator is there."""
    user = User.objects.get(email="hilde.vanhee@example.be")
    assert browser(user).get(reverse(name), follow=True).status_code == HTTPStatus.OK


def test_counsellor_opens_the_day_and_a_journey(lived: Lived) -> None:  # noqa: ARG001 - the days that the page shows
    """The day of a counsellor and the journey of somebody who works are there."""
    placement = Placement.objects.filter(state=PlacementState.RUNNING).select_related("referral__counsellor", "person")[0]
    counsellor = placement.referral.counsellor
    assert counsellor is not None
    client = browser(counsellor)
    assert client.get("/mijn-dag/", follow=True).status_code == HTTPStatus.OK
    page = client.get(reverse("counsellor:journey", args=[placement.referral_id]), follow=True)
    assert placement.person.last_name in page.content.decode()
