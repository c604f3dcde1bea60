"""Today on the mentor's floor, on a phone: three people in at most four taps and thirty seconds, also when the connection goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from psycopg.types.range import DateRange
from tests.browser.behind import Behind
from tests.browser.walk import Walk
from tests.journey.attendance.floor import run

from opstap.foundation.access.queries import demo_users
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Mentor
from opstap.journey.attendance.models import Day
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

TODAY = date(2023, 9, 1)
FRIDAY = (8, 9)
MOST_TAPS, MOST_SECONDS = 4, 30.0


def three_learners() -> None:
    """Let three people work on Fridays with the mentor who logs in."""
    user = next(user for user, role, _number in demo_users(TODAY) if role is Role.MENTOR)
    place = Place.objects.filter(mentor__in=Mentor.objects.filter(user_id=user.pk)).order_by("title", "id")[0]
    for referral in Referral.objects.select_related("person").order_by("person__folded_name")[:3]:
        run(place, referral, FRIDAY, period=DateRange(TODAY, date(2024, 3, 1)))


def noted() -> list[str]:
    """Return the states noted today, by name."""
    rows = Day.objects.filter(on=TODAY).order_by("placement__person__folded_name")
    return list(rows.values_list("state", flat=True))


def tap(one: Walk, row: int, word: str) -> None:
    """Tap a word of the row, and wait until it stands pressed or waits to be sent."""
    button = one.page.locator("li.learner").nth(row).get_by_role("button", name=word, exact=True)
    button.click()
    one.page.locator("li.learner").nth(row).locator(f"button[aria-pressed=true]:text-is('{word}')").wait_for()


def test_three_people_take_three_taps(walk: Callable[..., Walk], behind: Behind) -> None:
    """From opening the page: each person one tap, each other than the last, within half a minute."""
    behind.call(three_learners)
    one = walk(390)
    one.log_in("mentor")
    one.sees("Vandaag op mijn vloer")
    taps, start = ("aanwezig", "te laat", "verwittigd"), time.perf_counter()
    for row, word in enumerate(taps):
        tap(one, row, word)
    spent = time.perf_counter() - start
    assert (len(taps) <= MOST_TAPS, spent <= MOST_SECONDS, behind.call(noted)) == (True, True, ["here", "late", "excused"])
    one.sees("Vandaag op mijn vloer")
    one.follow("De hele week")
    one.sees("De hele week")


def test_everybody_takes_one_tap(walk: Callable[..., Walk], behind: Behind) -> None:
    """When all are there, one tap says so; it works without scripts too."""
    behind.call(three_learners)
    one = walk(390, has_scripts=False)
    one.log_in("mentor")
    one.press("Alle 3 waren er")
    one.sees("Vandaag op mijn vloer")
    assert behind.call(noted) == ["here", "here", "here"]


@pytest.mark.parametrize("reload", [False, True])
def test_tap_without_connection_is_kept_and_sent(walk: Callable[..., Walk], behind: Behind, reload: bool) -> None:  # noqa: FBT001 - a parameter
    """Without connection the tap stays on the phone and says so; with it again it is sent by itself, also after a reload."""
    behind.call(three_learners)
    one = walk(390)
    one.log_in("mentor")
    one.page.context.set_offline(True)
    tap(one, 0, "te laat")
    one.page.get_by_text("Nog niet verstuurd").first.wait_for()
    assert behind.call(noted) == []
    one.page.context.set_offline(False)
    if reload:
        one.go(reverse("host:floor"))
    one.page.locator("li.learner").first.locator(".taps button[aria-pressed=true]").wait_for()
    one.page.get_by_text("Nog niet verstuurd").first.wait_for(state="detached")
    assert behind.call(noted) == ["late"]
    told = ("ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "htmx:sendError")
    one.complaints[:] = [line for line in one.complaints if not any(word in line for word in told)]
