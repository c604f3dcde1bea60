"""The person reads how it goes and says what they think of it."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings
from tests.desks.jobseeker.test_hours import page_of
from tests.journey.attendance.floor import Floor
from tests.journey.evaluations.cases import TODAY, asked, learner, written
from tests.journey.evaluations.conftest import floor  # noqa: F401 - the fixture

from opstap.journey.evaluations.models import Evaluation

pytestmark = pytest.mark.django_db
QUESTION = "Hoe gaat het op het werk?"


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let it be the day of the evaluation."""
    settings.FIXED_TODAY = TODAY


def test_person_reads_it_in_plain_words_and_agrees(floor: Floor) -> None:  # noqa: F811 - the fixture
    """It is the next step; levels are sentences; after one button it asks nothing, and the list says what they can do."""
    row = written(floor)
    client, home = Client(), page_of(row.placement)
    before, text = client.get(home).content.decode(), client.get(f"{home}evaluatie/").content.decode()
    answer = client.post(f"{home}evaluatie/{row.pk}/antwoord/", {"answer": "agree"}, follow=True).content.decode()
    kept = Evaluation.objects.get(pk=row.pk)
    assert [part in text for part in ("Kwam op tijd", "Je doet het alleen.", "Zelf hulp vragen", "Wat je al kunt")] == [True] * 4
    assert (kept.person_answer, kept.channel, "Jij zei: het klopt." in answer) == ("agree", "link", True)
    assert (before.count(QUESTION), client.get(home).content.decode().count(QUESTION)) == (2, 1)


def test_person_sees_it_otherwise_in_own_words(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Without words it asks for them; with them both stand on the page."""
    row = written(floor)
    client, home = Client(), page_of(row.placement)
    address = f"{home}evaluatie/{row.pk}/antwoord/"
    refused = client.post(address, {"answer": "disagree", "words": " "})
    text = client.post(address, {"answer": "disagree", "words": "Ik vraag wel hulp"}, follow=True).content.decode()
    assert (refused.status_code, "hoe jij het ziet" in refused.content.decode()) == (422, True)
    assert ("Ik vraag wel hulp" in text, "Zelf hulp vragen" in text) == (True, True)


def test_evaluation_of_somebody_else_does_not_exist(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A link opens the own evaluations only, and none that still waits."""
    other, waiting = written(floor, learner(floor, "Ali Idrissi")), asked(floor)
    client, home = Client(), page_of(waiting.placement)
    codes = [client.post(f"{home}evaluatie/{row.pk}/antwoord/", {"answer": "agree"}).status_code for row in (other, waiting)]
    assert (codes, "Er is nog niets geschreven" in client.get(f"{home}evaluatie/").content.decode()) == ([404, 404], True)
