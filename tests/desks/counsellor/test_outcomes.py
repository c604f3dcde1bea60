"""Ending work, handing over and what became of people, on the pages of who follows them and of who takes over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from tests.bridges.pdf.test_letter import page_count, unpacked
from tests.desks.counsellor.conftest import Browser
from tests.journey.agreements.signed import counsellor_of
from tests.journey.eligibility.cases import make_organisation, make_user
from tests.journey.matching.rounds import SYSTEM
from tests.journey.outcomes.ended import THEN, end, make_offered, make_running, make_written

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import User
from opstap.foundation.access.operations import issue_link
from opstap.foundation.actor import Role
from opstap.journey.attendance.models import MonthClosing
from opstap.journey.outcomes.models import Ending, Outcome, Relay
from opstap.journey.outcomes.operations import Outside, escalate_relays, give_link, offer_relay
from opstap.journey.placements.models import Placement
from opstap.journey.referrals.models import Referral

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
SIGNED: dict[str, Any] = {
    f"{turn}_{name}": value
    for turn, side in (("first", "host"), ("second", "counsellor"))
    for name, value in {"side": side, "user": uuid4(), "by": side, "at": THEN}.items()
}


@pytest.fixture(autouse=True)
def _stand_still(settings: Settings) -> Iterator[None]:
    """Let it be the day on which the work ends."""
    settings.FIXED_TODAY = None
    with time_machine.travel(THEN, tick=False):
        yield


def follower(placement: Placement) -> User:
    """Return the counsellor of the person."""
    counsellor = placement.referral.counsellor
    assert isinstance(counsellor, User)
    return counsellor


def post(client: Client, address: str, **given: object) -> Any:  # noqa: ANN401 - a response
    """Send a form."""
    return client.post(address, {"once_key": str(uuid4()), **given})


def at(name: str, *args: object) -> str:
    """Return the address of a page of the counsellor's desk."""
    return reverse(f"counsellor:{name}", args=args)


def test_end_shows_what_stops_and_leaves_a_relay_ready(browser: Browser) -> None:
    """The page names the seat and the agreement before the button; one POST ends all of it and makes the relay."""
    placement = make_running()
    client = browser(follower(placement))
    page = client.get(at("end_placement", placement.pk)).content.decode()
    done = post(
        client, at("end_placement", placement.pk), on="2023-12-02", reason_code="found_work", doing="work_regular",
        person_view="Goed.", host_view="", wants_relay="on",
    )  # fmt: skip
    shown = [text in page for text in ("Wat er gebeurt als je beëindigt", placement.seat.place.title, "Overeenkomst ")]
    outcome = Outcome.objects.get()
    assert (shown, done.status_code, outcome.kind, outcome.moment) == ([True] * 3, 302, "work_regular", "exit")
    assert (Relay.objects.get().state, Ending.objects.get().person_view) == ("draft", "Goed.")


def test_day_outside_the_work_is_refused_with_what_was_filled_in(browser: Browser) -> None:
    """A day after its end is said on the form; the words are still there and nothing has ended."""
    placement = make_running()
    answer = post(
        browser(follower(placement)), at("end_placement", placement.pk), on="2030-01-01", reason_code="completed", person_view="Mooi werk."
    )
    assert (answer.status_code, "Mooi werk." in answer.content.decode(), Ending.objects.count()) == (422, True, 0)


def test_relay_is_completed_and_sent(browser: Browser) -> None:
    """From the list of ends to a recipient outside: read, next step written, sent."""
    ending = end(make_running())
    client = browser(follower(ending.placement))
    made = post(client, at("relay_make", ending.pk))
    relay = Relay.objects.get()
    saved = post(client, at("relay", relay.pk), goals="Werk in het groen\n", barriers=["travel"], next_step="Bel de groendienst.")
    sent = post(client, at("relay_offer", relay.pk), name="Els Peeters", organisation="VDAB", email="els@example.be")
    relay.refresh_from_db()
    assert (made.url, saved.status_code, sent.status_code, relay.state, relay.to_name) == (
        at("relay", relay.pk), 302, 302, "offered", "Els Peeters",
    )  # fmt: skip


def test_word_of_health_comes_back_on_the_form(browser: Browser) -> None:
    """The form names the word and keeps the text."""
    ending = end(make_running())
    client = browser(follower(ending.placement))
    relay = Relay.objects.get()
    answer = post(client, at("relay", relay.pk), goals="", next_step="Wacht op de operatie.")
    page = answer.content.decode()
    assert (answer.status_code, "zonder: operatie" in page, "Wacht op de operatie." in page) == (422, True, True)


def test_relay_is_one_printed_page(browser: Browser) -> None:
    """A full relay fits on one page."""
    ending = end(make_running())
    relay = make_written(ending)
    Relay.objects.filter(pk=relay.pk).update(to_name="Els Peeters")
    full = Relay.objects.get(pk=relay.pk)
    full.goals = [f"Een doel van iemand die veel wil, met genoeg woorden voor een hele regel {number}" for number in range(6)]
    full.evidence = [["werkt veilig met klein gereedschap", "outcomes.level.2", "2023-11-20"]] * 6
    full.save()
    answer = browser(follower(ending.placement)).get(at("relay_pdf", relay.pk))
    assert (answer["Content-Type"], page_count(unpacked(answer.content))) == ("application/pdf", 1)


def test_recipient_reads_and_takes_somebody_on(browser: Browser) -> None:
    """The recipient has no reach to the file, finds the relay in the list and accepts it; the file stays shut."""
    ending = end(make_running())
    relay, recipient = make_offered(ending)
    client = browser(recipient)
    listed = at("relay", relay.pk) in client.get(at("outcomes")).content.decode()
    shown = client.get(at("relay", relay.pk)).status_code
    answer = post(client, at("relay_answer", relay.pk), choice="accept")
    relay.refresh_from_db()
    file = client.get(at("case_file", ending.referral_id)).status_code
    assert (listed, shown, answer.status_code, relay.state, file) == (True, 200, 302, "accepted", 404)


def test_what_opens_is_read_before_the_yes_and_open_after_it(browser: Browser) -> None:
    """The recipient reads what accepting opens, finds the file shut, says yes, and is in the file and on the list."""
    ending = end(make_running())
    relay, recipient = make_written(ending), make_user("Karim", Role.COUNSELLOR, organisation=make_organisation("Ginder"))
    sent = post(browser(follower(ending.placement)), at("relay_offer", relay.pk), user=str(recipient.pk), scope="full", months="3")
    client = browser(recipient)
    page = client.get(at("relay", relay.pk)).content.decode()
    before = client.get(at("case_file", ending.referral_id)).status_code
    answer = post(client, at("relay_answer", relay.pk), choice="accept")
    after, shared = client.get(at("case_file", ending.referral_id)).status_code, client.get(at("shared")).content.decode()
    said = "het hele dossier, zoals de begeleider, 3 maanden lang" in page
    assert (sent.status_code, said, before, answer.url, after) == (302, True, 404, at("case_file", ending.referral_id), 200)
    assert (str(ending.referral.person) in shared, "Met mij" in shared) == (True, True)


def test_shared_list_of_others_is_empty(browser: Browser) -> None:
    """A colleague of another organisation sees nobody there."""
    ending = end(make_running())
    other = make_user("Lies", Role.COUNSELLOR, organisation=make_organisation("Elders"))
    page = browser(other).get(at("shared")).content.decode()
    assert (str(ending.referral.person) in page, "Niemand is met jou gedeeld" in page) == (False, True)


def test_recipient_outside_takes_on_by_link(client: Client) -> None:
    """The link shows the page and one button; without a name it is asked, afterwards it says who accepted."""
    ending = end(make_running())
    by = counsellor_of(ending.placement)
    relay = offer_relay(relay=make_written(ending), to=Outside("Els", "VDAB", "els@example.be"), by=by, at=THEN)
    address = reverse("host:relay_link", args=[give_link(relay=relay, by=by, at=THEN).token])
    shown = "Bel de groendienst." in client.get(address).content.decode()
    nameless = post(client, address, choice="accept", name="").status_code
    done = post(client, address, choice="accept", name="Els Peeters").status_code
    after = "Aanvaard door Els Peeters" in client.get(address).content.decode()
    assert (shown, nameless, done, after, Relay.objects.get().state) == (True, 422, 302, True, "accepted")


def test_recipient_outside_sends_back_by_link(client: Client) -> None:
    """Without a reason it is asked; with one it is kept, and the link opens nothing any more."""
    ending = end(make_running())
    by = counsellor_of(ending.placement)
    relay = offer_relay(relay=make_written(ending), to=Outside("Els", "VDAB", "els@example.be"), by=by, at=THEN)
    address = reverse("host:relay_link", args=[give_link(relay=relay, by=by, at=THEN).token])
    given = {"choice": "decline", "name": "Els Peeters"}
    statuses = [post(client, address, **given, words=words).status_code for words in ("", "Geen plaats meer.")]
    relay.refresh_from_db()
    thanks = client.get(reverse("host:relay_sent_back")).status_code
    assert (statuses, relay.state, relay.answer_words, thanks, client.get(address).status_code) == (
        [422, 302], "declined", "Geen plaats meer.", 200, 410,
    )  # fmt: skip


def test_relay_that_nobody_answered_is_on_the_list_in_words(browser: Browser) -> None:
    """After its day the list says who did not answer, until when, and about whom."""
    ending = end(make_running())
    make_offered(ending)
    escalate_relays(by=SYSTEM, at=THEN + timedelta(days=11))
    page = browser(follower(ending.placement)).get(at("outcomes")).content.decode()
    assert f"Karim had tot 11 december 2023 om {ending.referral.person} over te nemen" in page


def test_outcome_is_one_tap_on_the_list(browser: Browser) -> None:
    """Each line has a button for each answer; one tap and the line is gone."""
    ending = end(make_running())
    with time_machine.travel(THEN + timedelta(days=2), tick=False):
        client = browser(follower(ending.placement))
        with CaptureQueriesContext(connection) as seen:
            before = client.get(at("outcomes")).content.decode()
        post(client, at("outcome_tell", ending.pk, "exit"), kind="searching")
        after = client.get(at("outcomes")).content.decode()
    asked = [query for query in seen.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    line = f'<h3><a href="{at("case_file", ending.referral_id)}">'
    assert (line in before, line in after, len(asked) <= MOST_QUERIES, Outcome.objects.get().kind) == (True, False, True, "searching")


def test_person_tells_by_own_link(client: Client) -> None:
    """The person's page asks it as next step; one tap tells it and own words stay with the end."""
    placement = make_running()
    ending = end(placement)
    later = THEN + timedelta(days=2)
    token = issue_link(
        purpose=LinkPurpose.PERSON_JOURNEY, subject_id=ending.referral_id, person_id=ending.referral.person_id, organisation_id=None,
        address=None, expires_at=later + timedelta(days=5), by=SYSTEM, at=THEN,
    ).token  # fmt: skip
    with time_machine.travel(later, tick=False):
        address = reverse("jobseeker:outcome", args=[token])
        asked = address in client.get(reverse("jobseeker:journey", args=[token])).content.decode()
        told = post(client, address, kind="work_regular").status_code
        asked_after = address in client.get(reverse("jobseeker:journey", args=[token])).content.decode()
    row = Outcome.objects.get()
    assert (asked, told, asked_after, row.kind, row.source, row.channel) == (True, 302, False, "work_regular", "person", "link")


def test_closed_journey_is_taken_back(browser: Browser) -> None:
    """One form with the reason; the referral goes on where its decision stands."""
    ending = end(make_running())
    Referral.objects.filter(pk=ending.referral_id).update(stage="closed")
    answer = post(browser(follower(ending.placement)), at("return_to_caseload", ending.referral_id), reason="Belde zelf.")
    assert (answer.status_code, Referral.objects.get(pk=ending.referral_id).stage) == (302, "eligible")


def test_case_file_shows_the_end_with_its_moments(browser: Browser) -> None:
    """The section of the journey shows both views, and a button for each answer of a moment that has come."""
    ending = end(make_running())
    with time_machine.travel(THEN + timedelta(days=2), tick=False):
        client = browser(follower(ending.placement))
        page = client.get(reverse("counsellor:journey_theme", args=[ending.referral_id, "einde"])).content.decode()
    tell = at("outcome_tell", ending.pk, "exit")
    assert [text in page for text in ("Ik leerde veel.", "Een fijne collega.", tell, 'value="work_regular"')] == [True] * 4


def test_line_is_copied_and_shows_what_changed_since(browser: Browser) -> None:
    """A copied line says by whom; when its value changes it says so, and its order is that of the other system."""
    placement = make_running()
    client = browser(follower(placement))
    address = at("sheet", placement.referral_id)
    page = client.get(address).content.decode()
    places = [page.index(f'id="{key}"') for key in ("last_name", "email", "street", "wishes", "agreements", "outcomes")]
    digest = page.split('id="last_name"')[1].split('name="digest" value="')[1].split('"')[0]
    post(client, at("sheet_copied", placement.referral_id, "last_name"), digest=digest)
    copied = "gekopieerd" in client.get(address).content.decode()
    placement.person.last_name = "Anders"
    placement.person.save()
    changed = client.get(address).content.decode()
    assert (places == sorted(places), copied, "gewijzigd sinds kopie" in changed, "Sofie" in changed) == (True, True, True, True)


def test_sheet_writes_days_and_hours_as_people_type_them(browser: Browser) -> None:
    """A day as 31/12/1990 and hours as "33" and "7,5", on the page and in what is copied; a phone number stays as it is."""
    placement = make_running()
    for month, hours in ((date(2023, 9, 1), "33.00"), (date(2023, 10, 1), "7.50")):
        MonthClosing.objects.create(placement=placement, month=month, hours=hours, state="closed", **SIGNED)
    placement.person.birth_date, placement.person.phone = date(1990, 12, 31), "+32470-12-34-56"
    placement.person.save()
    page = browser(follower(placement)).get(at("sheet", placement.referral_id)).content.decode()
    copied = ['data-copy="31/12/1990"', 'data-copy="09/2023: 33\n10/2023: 7,5"', 'data-copy="+32470-12-34-56"']
    assert [text in page for text in copied] == [True] * 3


def test_sheet_of_somebody_else_is_not_there(browser: Browser) -> None:
    """Who does not follow the person finds no sheet, and copies nothing."""
    placement = make_running()
    _, other = make_offered(end(placement))
    client = browser(other)
    answers = [client.get(at("sheet", placement.referral_id)), post(client, at("sheet_copied", placement.referral_id, "last_name"))]
    assert [answer.status_code for answer in answers] == [404, 404]
