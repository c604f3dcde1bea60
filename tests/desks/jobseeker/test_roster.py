"""A worker's own working days by link: the own days only, as they were told, and in an agenda."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from tests.journey.rosters.cases import AT, MONDAY, SYSTEM, Case, day, make_case, make_roster

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.foundation.organisations.models import Site
from opstap.foundation.outbox.models import Message
from opstap.journey.rosters.operations import publish_roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association, with a published week, on the day of the cases."""
    with override_settings(FIXED_TODAY=AT.date()):
        found = make_case()
        roster = make_roster(found, ("An", 0, "hall"), ("Cor", 0, "hall"), ("Bea", 1, "shop"))
        publish_roster(roster=roster, by=found.by, at=AT)
        yield found


def opened(case: Case, who: str, name: str = "roster", *, person: str = "", expires: datetime = AT + timedelta(days=30)) -> tuple[int, str]:
    """Return the status and text of a page behind a link to the working days of `who`, given to `person` (usually the same)."""
    owner = case.people[person or who].person_id
    link = issue_link(
        purpose=LinkPurpose.ROSTER, subject_id=case.people[who].pk, person_id=owner, organisation_id=None, address=None,
        expires_at=expires, by=SYSTEM, at=AT,
    )  # fmt: skip
    answer = Client().get(reverse(f"jobseeker:{name}", args=[link.token]))
    return answer.status_code, answer.content.decode()


def test_page_shows_when_where_what_and_with_whom(case: Case) -> None:
    """Cor learns to pack on Monday in the hall, beside An, received by the coach; the shop is none of Cor's days."""
    status, text = opened(case, "Cor")
    words = ("Maandag 18 september", "8:00-16:06", "hall Lavoro", "Pack Lavoro", "dit leer je", "An", "Coach hall")
    assert (status, [word in text for word in words], "shop Lavoro" in text) == (200, [True] * len(words), False)


def test_page_says_how_to_get_there_and_how_long_the_day_is(case: Case) -> None:
    """Cor lives next to the hall and goes by bike: five minutes, no direction; work of 7 hours 6 with half an hour of rest."""
    Site.objects.filter(pk=case.sites["shop"].pk).update(latitude=51.28)
    near, far = (" ".join(opened(case, who)[1].split()) for who in ("Cor", "Bea"))
    words = (
        "Je bent ongeveer 5 minuten op weg met de fiets (0 km)",
        "Vertrek thuis om 7:50.",
        "7 uur en 36 minuten werk, 30 minuten pauze",
    )
    assert [word in near for word in words] == [True] * 3
    assert ("naar het noorden" in far, "naar het" in near, "7 uur werk, 60 minuten pauze" in far) == (True, False, True)


@pytest.mark.parametrize(("before", "after", "said"), [
    ("2023-10-27", "2023-10-30", ("20231027T060000Z", "20231030T070000Z")),
    ("2024-03-29", "2024-04-02", ("20240329T070000Z", "20240402T060000Z")),
])  # fmt: skip
def test_feed_keeps_the_hour_across_the_change_of_the_clock(case: Case, before: str, after: str, said: tuple[str, str]) -> None:
    """Eight o'clock stays eight o'clock: what it is in UTC changes with summer time, in October and in March."""
    numbers = [(date.fromisoformat(text) - MONDAY).days for text in (before, after)]
    monday = day(numbers[0] - numbers[0] % 7)
    roster = make_roster(case, *(("An", number, "hall") for number in numbers), start=monday, weeks=2)
    publish_roster(roster=roster, by=case.by, at=AT)
    with override_settings(FIXED_TODAY=monday):
        text = opened(case, "An", "roster_feed", expires=AT + timedelta(days=365))[1]
    assert [line.partition(":")[2] for line in text.splitlines() if line.startswith("DTSTART")] == list(said)


def test_draft_is_not_shown(case: Case) -> None:
    """What the planner tries is nobody's day yet."""
    make_roster(case, ("Cor", 3, "hall"), ("An", 3, "hall"))
    assert "Donderdag" not in opened(case, "Cor")[1]


def test_feed_has_the_own_days(case: Case) -> None:
    """One entry for Bea, at nine in summer time."""
    status, text = opened(case, "Bea", "roster_feed")
    assert (status, text.count("BEGIN:VEVENT"), "DTSTART:20230919T070000Z" in text) == (200, 1, True)


def test_link_to_days_of_somebody_else_opens_nothing(case: Case) -> None:
    """A link that was made for another person's contract shows no day of it."""
    assert [opened(case, "An", name, person="Bea")[0] for name in ("roster", "roster_feed")] == [404, 404]


def test_message_leads_to_the_page(case: Case) -> None:
    """What is said when a roster is published carries the link to the own days."""
    found = {(row.link_purpose, row.link_subject) for row in Message.objects.all()}
    assert found == {("roster", case.people[who].pk) for who in ("An", "Bea", "Cor")}
