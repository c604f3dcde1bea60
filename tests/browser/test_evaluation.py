"""An evaluation on a phone: from the floor to saved in at most twelve taps and three minutes; read and answered by the person."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Locator
from psycopg.types.range import DateRange
from tests.browser.behind import Behind
from tests.browser.test_floor import FRIDAY, TODAY
from tests.browser.walk import WIDTHS, Walk
from tests.journey.attendance.floor import run

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.foundation.access.queries import demo_users
from opstap.foundation.actor import Role, system_actor
from opstap.foundation.organisations.models import Mentor
from opstap.journey.evaluations.enums import Strength
from opstap.journey.evaluations.models import Evaluation
from opstap.journey.evaluations.operations import Seen, ask_evaluation, write_evaluation
from opstap.journey.places.models import Place
from opstap.journey.plans.enums import Level
from opstap.journey.plans.operations import load_catalogue
from opstap.journey.referrals.models import Referral

MOST_TAPS, MOST_SECONDS = 12, 180.0
NOW = datetime(2023, 9, 1, 8, 0, tzinfo=UTC)
SYSTEM = system_actor("test")
QUESTION = "Hoe gaat het met"


def wait_for_mentor() -> str:
    """Ask an evaluation of the mentor who logs in, about somebody whom the counsellor who logs in follows; return the person's name."""
    load_catalogue(by=SYSTEM, at=NOW)
    users = {role: user for user, role, number in demo_users(TODAY) if number == 1}
    place = Place.objects.filter(mentor__in=Mentor.objects.filter(user_id=users[Role.MENTOR].pk)).order_by("title", "id")[0]
    followed = Referral.objects.filter(counsellor=users[Role.COUNSELLOR]).select_related("person")
    referral = followed.order_by("person__folded_name")[0]
    placement = run(place, referral, FRIDAY, period=DateRange(date(2023, 8, 1), date(2024, 2, 1)))
    ask_evaluation(placement=placement, by=SYSTEM, at=NOW)
    return str(referral.person)


def already_written() -> tuple[str, str]:
    """Let that evaluation be written; return the address of the person's own page, and of the counsellor's list."""
    wait_for_mentor()
    seen = [Seen("generic.rules", Level.ALONE), Seen("generic.team", Level.WITH_HELP)]
    row = write_evaluation(
        evaluation=Evaluation.objects.get(),
        seen=seen,
        strengths=[Strength.ON_TIME, Strength.ASKS],
        went_well="Rustig met bezoekers",
        next_step="Zelf hulp vragen",
        by=SYSTEM,
        at=NOW,
    )
    link = issue_link(
        purpose=LinkPurpose.PERSON_JOURNEY,
        subject_id=row.placement.referral_id,
        person_id=row.placement.person_id,
        organisation_id=None,
        address=None,
        expires_at=NOW + timedelta(days=4000),
        by=SYSTEM,
        at=NOW,
    )
    return reverse("jobseeker:journey", args=[link.token]), reverse("counsellor:competences", args=[row.placement.referral_id])


def pick(one: Walk, word: str, within: Locator | None = None) -> None:
    """Tap the button with exactly this word: a choice is tapped anywhere on its label."""
    choices = (within or one.page.locator("form")).locator("label.pick")
    choices.filter(has=one.page.get_by_text(word, exact=True)).click()


def tap(one: Walk, row: int, word: str) -> None:
    """Tap a level of one of the asked tasks."""
    pick(one, word, one.page.locator(".levels").nth(row))


def test_evaluation_takes_twelve_taps_at_most(walk: Callable[..., Walk], behind: Behind) -> None:
    """From today on the floor: open, six levels, two things that went well, one next step, save."""
    name = behind.call(wait_for_mentor)
    one = walk(390)
    one.log_in("mentor")
    one.sees("Vandaag op mijn vloer")
    start, words = time.perf_counter(), ("alleen", "met uitleg", "met hulp", "alleen", "nog niet", "met uitleg")
    one.follow("Vertel hoe het gaat")
    one.page.locator("h1", has_text=f"{QUESTION} {name}").wait_for()
    for row, word in enumerate(words):
        tap(one, row, word)
    for said in ("Kwam op tijd", "Ging goed om met collega's", "Zo verdergaan"):
        pick(one, said)
    one.press("Bewaar de evaluatie")
    one.sees("Evaluatie van")
    taps, spent = 1 + len(words) + 3 + 1, time.perf_counter() - start
    row = behind.call(lambda: Evaluation.objects.prefetch_related("observations").get())
    kept = (row.state, row.next_step, [each.level for each in row.observations.all()])
    assert kept == ("written", "Zo verdergaan", [3, 2, 1, 3, 0, 2])
    assert (taps <= MOST_TAPS, spent <= MOST_SECONDS) == (True, True)


def test_half_written_evaluation_comes_back(walk: Callable[..., Walk], behind: Behind) -> None:
    """The page is closed half-way: what was tapped and typed is still there; once it is saved nothing stays on the phone."""
    behind.call(wait_for_mentor)
    one = walk(390)
    one.log_in("mentor")
    one.follow("Vertel hoe het gaat")
    tap(one, 0, "met hulp")
    one.fill("Of in je eigen woorden", "Samen de kassa oefenen")
    one.page.reload()
    one.sees(QUESTION)
    one.hears("Wat je eerder invulde, staat er nog.")
    one.press("Bewaar de evaluatie")
    one.sees("Evaluatie van")
    left = one.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('opstap-form-'))")
    row = behind.call(lambda: Evaluation.objects.prefetch_related("observations").get())
    assert (row.next_step, [each.level for each in row.observations.all()], left) == ("Samen de kassa oefenen", [1], [])


def test_evaluation_works_without_scripts(walk: Callable[..., Walk], behind: Behind) -> None:
    """A plain form does the same; without anything seen it says so and keeps the rest."""
    behind.call(wait_for_mentor)
    one = walk(390, has_scripts=False)
    one.log_in("mentor")
    one.follow("Vertel hoe het gaat")
    pick(one, "Zo verdergaan")
    one.press("Bewaar de evaluatie")
    one.hears("Kies bij minstens één taak wat je zag.")
    tap(one, 0, "alleen")
    one.press("Bewaar de evaluatie")
    one.sees("Evaluatie van")
    assert behind.call(lambda: Evaluation.objects.get().next_step) == "Zo verdergaan"


@pytest.mark.parametrize("width", WIDTHS)
def test_person_answers_and_counsellor_sees_it(walk: Callable[..., Walk], behind: Behind, width: int) -> None:
    """The person reads it, sees it otherwise and says how; the counsellor reads both, with what the person can do."""
    own, listed = behind.call(already_written)
    one = walk(width)
    one.go(own)
    one.sees("Je volgende stap")
    one.follow("Lees het")
    one.sees("Hoe gaat het op het werk?")
    one.page.get_by_text("Ik zie het anders").click()
    one.fill("Hoe zie jij het?", "Ik vraag wel hulp, maar niet aan iedereen.")
    one.press("Versturen")
    one.sees("Hoe gaat het op het werk?")
    one.hears("Jij zei: ik zie het anders.")
    one.log_in("counsellor")
    one.go(listed)
    one.sees("Wat de persoon kan")
    one.hears("Ik vraag wel hulp, maar niet aan iedereen.")
    one.follow("Tussendoor gevraagd")
    one.sees("Evaluatie van")
