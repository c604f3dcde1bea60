"""What waits for the work floor stands in one place with its counts: agreements, months, evaluations."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from psycopg.types.range import DateRange
from pytest_django import Settings
from tests.desks.host.test_floor import browser
from tests.desks.host.test_signing import host_browser
from tests.journey.agreements.signed import make_sent, signature_of
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import MONDAYS, MONTH, OCTOBER, Floor

from opstap.foundation.actor import Actor
from opstap.journey.agreements.enums import Party
from opstap.journey.attendance.models import Day
from opstap.journey.attendance.operations import close_months
from opstap.journey.evaluations.operations import ask_evaluation
from opstap.steering.overviews.queries.coordinator_day import coordinator_day
from opstap.steering.overviews.queries.months import MonthToSign, month_overview, months_to_sign

pytestmark = pytest.mark.django_db
QUEUES = "/werkvloer/wacht/"
TODAY = OCTOBER.date()


@pytest.fixture(autouse=True)
def in_october(settings: Settings) -> None:
    """Let September be over."""
    settings.FIXED_TODAY = TODAY


def queues(actor: Actor, **headers: str) -> str:
    """Return the page, or the piece of it."""
    return browser(actor).get(QUEUES, headers=headers).content.decode()


def test_month_waits_until_the_floor_has_signed_it(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Two people noted in full wait, one with a day that misses does not; signed for the floor nothing waits there."""
    done, also, late = (floor.learner(f"Persoon {number}") for number in range(3))
    for each in (done, also):
        floor.note(each, *MONDAYS)
    floor.note(late, *MONDAYS[1:])
    before = months_to_sign(floor.mentor, TODAY)
    close_months(placement_ids=[done.pk, also.pk], month=MONTH, by=floor.mentor, at=OCTOBER)
    assert (before, months_to_sign(floor.mentor, TODAY)) == ((MonthToSign(MONTH, 2),), ())


def test_month_of_another_floor_does_not_wait_here(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Somebody's counsellor has no floor; nothing waits there."""
    floor.note(floor.learner(), *MONDAYS)
    assert months_to_sign(floor.counsellor, TODAY) == ()


def test_page_counts_and_leads_to_each_queue(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The month, the evaluation and the agreement stand there with what to press; the floor's page takes what it does not show itself."""
    placement = floor.learner("Peeters")
    floor.note(placement, *MONDAYS)
    ask_evaluation(placement=placement, by=floor.counsellor, at=OCTOBER)
    page, piece = queues(floor.mentor), queues(floor.mentor, **{"HX-Request": "true"})
    expected = (f"/werkvloer/uren/{MONTH:%Y-%m}/", "De uren van september 2023 tekenen", "Evaluaties schrijven")
    assert [(words in page, words in piece) for words in expected] == [(True, True), (True, True), (True, False)]
    assert ("<html" in page, "<html" in piece) == (True, False)


def test_agreement_that_waits_leads_to_signing_it() -> None:
    """One agreement is opened at once."""
    sent = make_sent()
    assert reverse("host:sign", args=[signature_of(sent, Party.HOST).pk]) in host_browser(sent).get(QUEUES).content.decode()


def test_empty_queue_says_so_and_the_floor_asks_for_it(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Nothing waits: the page says what would stand there; the floor's page asks for the queues after itself."""
    asked = QUEUES in browser(floor.mentor).get("/werkvloer/vandaag/").content.decode()
    assert ("Er wacht niets" in queues(floor.mentor), asked) == (True, True)


def test_who_has_no_floor_finds_nothing(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A counsellor has no queue of a floor."""
    assert browser(floor.counsellor).get(QUEUES).status_code == 404


def test_month_in_which_nothing_was_agreed_or_noted_is_not_signed(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Who ended on a day without work has no month to sign: not for the mentor, not in the list, not in the coordinator's count."""
    placement = floor.learner("Aa", period=DateRange(date(2023, 8, 1), date(2023, 9, 4)))
    assert months_to_sign(floor.mentor, TODAY) == ()
    assert month_overview(floor.coordinator, MONTH, TODAY, only_floor=False).lines == ()
    day = coordinator_day(floor.coordinator, datetime(2023, 10, 3, 9, tzinfo=UTC))
    assert day is not None
    assert day.not_closed == 0
    noted = Day.objects.create(
        placement=placement, on=date(2023, 9, 1), state="here", hours=4, noted_by="test", noted_at=datetime(2023, 9, 1, 17, tzinfo=UTC)
    )
    again = coordinator_day(floor.coordinator, datetime(2023, 10, 3, 9, tzinfo=UTC))
    assert again is not None
    assert (noted.hours, again.not_closed) == (4, 1)
    assert [line.noted_hours for line in month_overview(floor.coordinator, MONTH, TODAY, only_floor=False).lines] == [4]
