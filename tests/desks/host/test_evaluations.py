"""Writing an evaluation on the work floor: prefilled, refused with everything kept, read afterwards, corrected beside the first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.desks.host.test_floor import browser
from tests.factories import make_organisation, make_user
from tests.journey.attendance.floor import MONDAYS, Floor, themself
from tests.journey.evaluations.cases import NOW, TODAY, asked, learner, written
from tests.journey.evaluations.conftest import floor  # noqa: F401 - the fixture

from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role
from opstap.journey.evaluations.enums import PersonAnswer
from opstap.journey.evaluations.models import Evaluation, Observation
from opstap.journey.evaluations.operations import answer_evaluation

pytestmark = pytest.mark.django_db
SAID = {"seen_generic-rules": "3", "seen_generic-team": "1", "strengths": ["on_time"], "next_step": "practise:generic.team"}


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let it be a month after the start."""
    settings.FIXED_TODAY = TODAY


def _page(client: Client, row: Evaluation, name: str = "evaluation") -> str:
    return client.get(reverse(f"host:{name}", args=[row.pk])).content.decode()


def test_mentor_finds_what_waits_from_the_floor(floor: Floor) -> None:  # noqa: F811 - the fixture
    """One that waits is one tap away from today's floor; with several there is a list; the host sees them on the first page."""
    row, mentor = asked(floor), browser(floor.mentor)
    straight = f'href="{reverse("host:evaluation", args=[row.pk])}"'
    one = mentor.get(reverse("host:floor")).content.decode()
    asked(floor, learner(floor, "Ali Idrissi"))
    two = browser(floor.contact).get(reverse("host:home")).content.decode()
    listed = mentor.get(reverse("host:evaluations")).content.decode()
    assert ("Eén evaluatie wacht" in one, straight in one, "2 evaluaties wachten" in two) == (True, True, True)
    assert [name in listed for name in ("Noor Vermeersch", "Ali Idrissi")] == [True, True]


def test_form_is_prefilled_and_written_in_one_post(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The tasks of the place, the days so far; what was tapped is kept, and can be read."""
    placement = learner(floor)
    floor.note(placement, *MONDAYS)
    row, mentor = asked(floor, placement), browser(floor.mentor)
    shown = _page(mentor, row)
    answer = mentor.post(reverse("host:evaluation", args=[row.pk]), SAID, follow=True)
    kept = Evaluation.objects.get(pk=row.pk)
    assert ("32 uren gewerkt" in shown, "Samenwerken als hecht team" in shown) == (True, True)
    assert (kept.state, kept.strengths, kept.next_step) == ("written", ["on_time"], "Oefenen: Samenwerken als hecht team")
    assert sorted(Observation.objects.values_list("competence_id", "level")) == [("generic.rules", 3), ("generic.team", 1)]
    assert "Noor kan het nu lezen." in answer.content.decode()


def test_refused_form_keeps_what_was_filled_in(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Without a next step nothing is written, and every tap still stands."""
    row, mentor = asked(floor), browser(floor.mentor)
    body = {"seen_generic-rules": "2", "strengths": ["team"], "went_well": "Goed met gasten"}
    answer = mentor.post(reverse("host:evaluation", args=[row.pk]), body)
    text = answer.content.decode()
    assert (answer.status_code, Evaluation.objects.get(pk=row.pk).state) == (422, "asked")
    assert ("Kies één volgende stap" in text, "Goed met gasten" in text, text.count(" checked") >= 3) == (True, True, True)


def test_another_task_of_the_catalogue_can_be_added(floor: Floor) -> None:  # noqa: F811 - the fixture
    """What was seen beside the asked tasks counts too."""
    row, mentor = asked(floor), browser(floor.mentor)
    body = {"other": "kitchen.dishes", "other_level": "2", "own_step": "Zo verder"}
    mentor.post(reverse("host:evaluation", args=[row.pk]), body)
    assert list(Observation.objects.values_list("competence_id", "level")) == [("kitchen.dishes", 2)]


def test_second_evaluation_shows_what_was_seen_before(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The last time stands beside the task, and no button is chosen for the mentor."""
    first = written(floor)
    text = _page(browser(floor.mentor), asked(floor, first.placement))
    assert ("vorige keer: met hulp" in text, text.count(" checked")) == (True, 4)


def test_written_evaluation_is_read_and_corrected(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The mentor sees that the person sees it otherwise, not the words; a correction asks why and stands beside it."""
    row, mentor = written(floor), browser(floor.mentor)
    answer_evaluation(evaluation=row, answer=PersonAnswer.DISAGREE, words="Geheime woorden", by=themself(row.placement), at=NOW)
    text = _page(mentor, row)
    assert ("ziet het anders" in text, "Geheime woorden" in text) == (True, False)
    body = {"seen_generic-team": "2", "own_step": "Samen bekijken", "reason": "samen besproken"}
    mentor.post(reverse("host:correct_evaluation", args=[row.pk]), body)
    later = Evaluation.objects.get(corrects=row)
    assert (later.number, later.next_step, "Open de latere versie" in _page(mentor, row)) == (2, "Samen bekijken", True)


def test_evaluation_of_another_floor_does_not_exist(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Another organisation's mentor finds nothing, and nothing waits there."""
    row = asked(floor)
    other = browser(actor_for(make_user(Role.MENTOR, organisation=make_organisation()), TODAY))
    codes = [other.get(reverse(f"host:{name}", args=[row.pk])).status_code for name in ("evaluation", "correct_evaluation")]
    assert (codes, "Er wacht niets" in other.get(reverse("host:evaluations")).content.decode()) == ([404, 404], True)
