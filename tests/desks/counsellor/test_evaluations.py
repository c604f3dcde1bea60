"""Evaluations at the counsellor's desk: ask, call, write down, answer for the person, and see the development."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.desks.host.test_floor import browser as opened
from tests.factories import make_user
from tests.journey.attendance.floor import Floor
from tests.journey.evaluations.cases import TODAY, asked, learner, written
from tests.journey.evaluations.conftest import floor  # noqa: F401 - the fixture

from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.evaluations.models import Evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let it be a month after the start."""
    settings.FIXED_TODAY = TODAY


def test_counsellor_asks_once(floor: Floor) -> None:  # noqa: F811 - the fixture
    """One button asks; while it waits there is none."""
    placement, desk = learner(floor), opened(floor.counsellor)
    page = reverse("counsellor:competences", args=[placement.referral_id])
    before = desk.get(page).content.decode()
    after = desk.post(reverse("counsellor:ask_evaluation", args=[placement.referral_id]), follow=True).content.decode()
    assert ("Vraag hoe het gaat" in before, "Vraag hoe het gaat" in after) == (True, False)
    assert Evaluation.objects.get().placement_id == placement.pk


def test_call_is_noted_or_written_down(floor: Floor, settings: Settings) -> None:  # noqa: F811 - the fixture
    """After the due day the page offers both: what came of the call, and the form to fill in with the mentor."""
    row, desk = asked(floor), opened(floor.counsellor)
    settings.FIXED_TODAY = row.due_on + timedelta(days=1)
    address = reverse("counsellor:evaluation", args=[row.pk])
    text = desk.get(address).content.decode()
    desk.post(reverse("counsellor:call_evaluation", args=[row.pk]), {"outcome": "will_come"})
    called = Evaluation.objects.get(pk=row.pk)
    desk.post(address, {"seen_generic-rules": "2", "next_step": "go_on"})
    kept = Evaluation.objects.get(pk=row.pk)
    assert ("Ze komt niet" in text, "Bewaar de evaluatie" in text, called.called_at is not None) == (True, True, True)
    assert (kept.state, kept.written_by, kept.next_step) == ("written", "Carla Consulent", "Zo verdergaan")


def test_answer_at_the_desk_keeps_its_channel(floor: Floor) -> None:  # noqa: F811 - the fixture
    """What the person says at the desk is theirs, and it is known that it was said there."""
    row, desk = written(floor), opened(floor.counsellor)
    body = {"answer": "disagree", "words": "Ik vraag wel hulp"}
    text = desk.post(reverse("counsellor:answer_evaluation", args=[row.pk]), body, follow=True).content.decode()
    kept = Evaluation.objects.get(pk=row.pk)
    assert (kept.person_answer, kept.person_words, kept.channel) == ("disagree", "Ik vraag wel hulp", "desk")
    assert "Ik vraag wel hulp" in text


def test_list_shows_development_and_reading_is_recorded(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Each task with what was seen, without any sum; opening it is reading the file; another counsellor finds nothing."""
    row, desk = written(floor), opened(floor.counsellor)
    page = reverse("counsellor:competences", args=[row.placement.referral_id])
    text = desk.get(page).content.decode()
    stranger = opened(actor_for(make_user(Role.COUNSELLOR), TODAY))
    names = ("evaluation", "correct_evaluation", "call_evaluation", "answer_evaluation")
    codes = [stranger.get(page).status_code, *(stranger.post(reverse(f"counsellor:{name}", args=[row.pk])).status_code for name in names)]
    assert [part in text for part in ("Samenwerken als hecht team", "met hulp", "vraagt nog niet zelf hulp")] == [True] * 3
    assert AuditEntry.objects.filter(action="read_case_file", person_id=row.placement.person_id).count() == 1
    assert codes == [404] * 5
