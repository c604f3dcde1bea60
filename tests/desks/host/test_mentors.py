"""The own mentors at the host's desk: what an absence touches is seen before it is noted; the floor closes; papers of the own places."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings
from tests.desks.host.test_floor import browser
from tests.factories import make_mentor, make_organisation, make_place
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import START, Floor
from tests.journey.mentoring.cases import attended, training

from opstap.foundation.organisations.models import MentorAbsence
from opstap.journey.attendance.models import Closure
from opstap.journey.mentoring.models import BackUp, Enrolment
from opstap.journey.mentoring.operations import issue_certificate

pytestmark = pytest.mark.django_db
DAYS = {"van": "2023-09-11", "tot": "2023-09-18"}


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let it be the first Monday."""
    settings.FIXED_TODAY = START


def send(client: Client, address: str, **given: object) -> int:
    """Send a form, and return the status of the answer."""
    return client.post(f"/werkvloer/{address}", {"once_key": str(uuid4()), **given}).status_code


def test_absence_shows_who_it_touches_before_it_is_noted(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The days alone change nothing: the page names the learner and who can stand in; the form then keeps both."""
    floor.learner("Peeters")
    other = make_mentor(floor.host, "Bert")
    mentor, address = browser(floor.mentor), f"opleiding/{floor.guide.pk}/afwezig/"
    page = mentor.get(f"/werkvloer/{address}", DAYS)
    preview = page.context["preview"]
    assert [[each.name for each in group] for group in (preview.learners, preview.able)] == [["Noor Peeters"], ["Bert"]]
    assert MentorAbsence.objects.count() == 0
    assert send(mentor, address, **DAYS, stands_in=other.pk) == 302
    days = (date(2023, 9, 11), date(2023, 9, 18))
    assert list(MentorAbsence.objects.values_list("starts_on", "until_on")) == [days]
    assert list(BackUp.objects.values_list("mentor", "stands_in", "from_on", "until_on")) == [(floor.guide.pk, other.pk, *days)]


def test_absence_with_wrong_days_is_asked_again(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A day back before the first day is said in words, and nothing is kept."""
    turned = {"van": DAYS["tot"], "tot": DAYS["van"]}
    answer = browser(floor.contact).post(f"/werkvloer/opleiding/{floor.guide.pk}/afwezig/", turned)
    assert (answer.status_code, MentorAbsence.objects.count()) == (422, 0)
    assert "De dag van terugkeer komt na de eerste dag afwezig" in answer.content.decode()


def test_back_up_has_to_be_chosen(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Naming nobody names nobody: the page asks again."""
    make_mentor(floor.host, "Bert")
    assert send(browser(floor.contact), f"opleiding/{floor.guide.pk}/vervanger/", **DAYS) == 422
    assert BackUp.objects.count() == 0


def test_mentor_enrols_from_the_own_page(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A mentor takes a seat at a training of the own programme, and frees it again."""
    session, mentor = training(floor), browser(floor.mentor)
    assert send(mentor, f"opleiding/{floor.guide.pk}/inschrijven/", session=session.pk) == 302
    seat = Enrolment.objects.get()
    assert (seat.mentor_id, seat.state) == (floor.guide.pk, "enrolled")
    assert send(mentor, f"opleiding/{floor.guide.pk}/inschrijving/{seat.pk}/annuleren/") == 302
    assert Enrolment.objects.get().state == "cancelled"


def test_mentor_reads_no_colleague(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A colleague's page is not there for a mentor; the host's contact opens it."""
    other = make_mentor(floor.host, "Bert")
    seen = [browser(actor).get(f"/werkvloer/opleiding/{other.pk}/").status_code for actor in (floor.mentor, floor.contact)]
    assert seen == [404, 200]


def test_floor_closes_for_the_days_without_a_guide(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The host closes the site of the place on those days; the mentor alone does not."""
    address = f"plaats/{floor.place.pk}/sluiten/"
    assert [send(browser(actor), address, **DAYS) for actor in (floor.mentor, floor.contact)] == [404, 302]
    rows = list(Closure.objects.values_list("organisation", "site", "starts_on", "until_on"))
    assert rows == [(floor.host.pk, floor.place.site_id, date(2023, 9, 11), date(2023, 9, 18))]


def test_papers_are_the_own(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The certificate opens for its mentor as it was given, the fact sheet for the host; another host's place is not there."""
    seat = attended(floor)
    given = issue_certificate(session=seat.session, mentor=floor.guide, issued_on=START, by=floor.coordinator, at=seat.session.ends_at)
    paper = browser(floor.mentor).get(f"/werkvloer/opleiding/{floor.guide.pk}/attest/{given.pk}/")
    assert given.document is not None
    assert paper.content == bytes(given.document)
    elsewhere = make_place(floor.programme, make_organisation())
    contact = browser(floor.contact)
    seen = [contact.get(f"/werkvloer/plaats/{place.pk}/infofiche/") for place in (floor.place, elsewhere)]
    assert ([each.status_code for each in seen], seen[0].content[:5]) == ([200, 404], b"%PDF-")
