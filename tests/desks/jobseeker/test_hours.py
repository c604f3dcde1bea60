"""The person's own hours: right, not right and why, and the account."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import MONDAYS, OCTOBER, Floor

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.foundation.actor import system_actor
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.models import Day
from opstap.journey.people.models import Person
from opstap.journey.placements.models import Placement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_october(settings: Settings) -> None:
    """Let September be over."""
    settings.FIXED_TODAY = date(2023, 10, 2)


def page_of(placement: Placement) -> str:
    """Return the address of the person's hours."""
    link = issue_link(
        purpose=LinkPurpose.PERSON_JOURNEY,
        subject_id=placement.referral_id,
        person_id=placement.person_id,
        organisation_id=None,
        address=None,
        expires_at=OCTOBER + timedelta(days=4000),
        by=system_actor("test"),
        at=OCTOBER,
    )
    return f"/mijn/t/{link.token}/"


def test_person_confirms_all_days_with_one_tap(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The next step asks; one button says that all of it is right; then nothing is asked."""
    placement = floor.learner()
    floor.note(placement, *MONDAYS)
    client, home = Client(), page_of(placement)
    assert "Kloppen je uren?" in client.get(home).content.decode()
    text = client.get(f"{home}uren/").content.decode()
    assert ("32 uur" in text, "dat is € 41,60" in text) == (True, True)
    client.post(f"{home}uren/klopt/", {"day": re.findall(r'name="day" value="([^"]+)"', text)})
    assert set(Day.objects.values_list("person_state", flat=True)) == {"confirmed"}
    assert "Kloppen je uren?" not in client.get(home).content.decode()


def test_person_contests_a_day_in_own_words(floor: Floor) -> None:  # noqa: F811 - the fixture
    """What is written stands beside what was noted; without words nothing is kept."""
    placement = floor.learner()
    floor.note(placement, MONDAYS[0])
    day, home = Day.objects.get(), page_of(placement)
    Client().post(f"{home}uren/{day.pk}/", {"answer": "wrong", "words": "  "})
    assert Day.objects.get().person_state == "none"
    answer = Client().post(f"{home}uren/{day.pk}/", {"answer": "wrong", "words": "Ik was er tot 5 uur"}, follow=True)
    assert ("Ik was er tot 5 uur" in answer.content.decode(), Day.objects.get().person_state) == (True, "contested")


def test_person_sees_and_answers_own_days_only(floor: Floor) -> None:  # noqa: F811 - the fixture
    """With the link of somebody else the day is not theirs."""
    placement, other = floor.learner(), floor.learner()
    floor.note(placement, MONDAYS[0])
    day = Day.objects.get()
    answer = Client().post(f"{page_of(other)}uren/{day.pk}/", {"answer": "right"})
    assert (answer.status_code, Day.objects.get().person_state) == (404, "none")


def test_person_gives_an_account_number(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A number with a mistake is told; a right one is kept sealed and shown with most of it hidden."""
    placement = floor.learner()
    home = page_of(placement)
    wrong = Client().post(f"{home}uren/rekening/", {"number": "BE71 0961 2345 6760"}, follow=True).content.decode()
    right = Client().post(f"{home}uren/rekening/", {"number": "BE71 0961 2345 6769"}, follow=True).content.decode()
    assert ("fout in dit rekeningnummer" in wrong, "BE•• •••• •••• 6769" in right, "BE71" in right) == (True, True, False)
    assert Person.objects.get(pk=placement.person_id).bank_account == "BE71096123456769"


def test_person_confirms_what_the_page_showed(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A day that the floor changed, or added, after the page was opened is not confirmed unseen."""
    placement = floor.learner()
    floor.note(placement, MONDAYS[0], MONDAYS[1])
    home = page_of(placement)
    shown = re.findall(r'name="day" value="([^"]+)"', Client().get(f"{home}uren/").content.decode())
    floor.note(placement, MONDAYS[1], state=DayState.ABSENT)
    floor.note(placement, MONDAYS[2])
    Client().post(f"{home}uren/klopt/", {"day": shown})
    said = dict(Day.objects.values_list("on", "person_state"))
    assert said == {MONDAYS[0]: "confirmed", MONDAYS[1]: "none", MONDAYS[2]: "none"}
