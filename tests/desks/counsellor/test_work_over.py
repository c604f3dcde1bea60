"""Work whose agreed days are over stands as a task with one click to end it; work that still runs is not ended by it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import Floor, at

from opstap.foundation.actor import system_actor
from opstap.journey.followup.operations import open_tasks
from opstap.journey.placements.models import Placement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("on", "state"), [(date(2024, 3, 5), "ended"), (date(2024, 2, 5), "running")])
def test_one_click_ends_work_that_is_over(
    floor: Floor,  # noqa: F811 - the fixture
    settings: Settings,
    on: date,
    state: str,
) -> None:
    """After the last agreed day the journey offers it and the work ends on the agreed day; before it there is no button, and a no."""
    settings.FIXED_TODAY = on
    placement = floor.learner()
    open_tasks(by=system_actor("test"), at=at(on, 3))
    client = Client()
    client.force_login(floor.counsellor_user)
    address = reverse("counsellor:end_as_agreed", args=[placement.pk])
    page = client.get(reverse("counsellor:journey", args=[placement.referral_id])).content.decode()
    client.post(address, {"once_key": str(uuid4())})
    row = Placement.objects.get(pk=placement.pk)
    assert (address in page, row.state, row.ended_on) == (state == "ended", state, date(2024, 3, 4) if state == "ended" else None)
