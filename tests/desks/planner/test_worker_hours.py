"""A worker's month at the planner's desk: noted while it is open, corrected by two planners once it is closed, a line of its own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from tests.journey.eligibility.cases import make_user
from tests.journey.rosters.cases import AT, Case, day, make_case, make_roster

from opstap.foundation.actor import Role
from opstap.journey.rosters.models import DayCorrection, Presence
from opstap.journey.rosters.operations import publish_roster

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MONTH = "?maand=2023-09"


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association with two published days of An and one of Cor in September, seen in November."""
    with override_settings(FIXED_TODAY=AT.date().replace(month=11)):
        found = make_case()
        publish_roster(roster=make_roster(found, ("An", 0, "hall"), ("An", 1, "hall"), ("Cor", 1, "hall")), by=found.by, at=AT)
        yield found


def browsers(case: Case) -> tuple[Client, Client]:
    """Return the browsers of the two planners of the association."""
    second = make_user("tweede-planner", Role.PLANNER, organisation=case.association.organisation)
    both = Client(), Client()
    for client, user in zip(both, (case.planner, second), strict=True):
        client.force_login(user, backend=BACKEND)
    return both


def close(client: Client) -> None:
    """Close September."""
    client.post(reverse("planner:month_close"), {"maand": "2023-09", "once_key": str(uuid4())})


def say(client: Client, case: Case, on: int = 0, **body: str) -> int:
    """Send the form of a day of An, and return the status."""
    address = reverse("planner:worker_day", args=[case.people["An"].pk, day(on).isoformat()])
    return client.post(address, {"state": "absent", "hours": "", "once_key": str(uuid4()), **body}).status_code


def decide(client: Client, what: str, **body: str) -> str:
    """Answer the correction that was proposed last, and return how it stands."""
    row = DayCorrection.objects.latest("proposed_at")
    client.post(reverse("planner:day_correction_decide", args=[row.pk]), {"besluit": what, "once_key": str(uuid4()), **body})
    row.refresh_from_db()
    return row.verdict


def lines(client: Client) -> list[list[str]]:
    """Return name, days, minutes and booking of each row of the file for pay."""
    answer = client.post(reverse("planner:month_export"), {"maand": "2023-09", "soort": "csv"})
    rows = [line.split(";") for line in answer.content.decode("utf-8-sig").splitlines()[1:]]
    return [[row[1].strip(), row[4], row[5], row[9]] for row in rows]


def test_open_month_is_noted_by_the_planner(case: Case) -> None:
    """It counts at once, and asks for no reason."""
    client, _other = browsers(case)
    status = say(client, case, 0, state="late", hours="6.5")
    assert (status, list(Presence.objects.values_list("state", "minutes")), DayCorrection.objects.count()) == (302, [("late", 390)], 0)


def test_correction_by_two_planners_is_a_line_of_its_own(case: Case) -> None:
    """Proposed by one, approved by the other: the file has the month as it was sent, and the difference beside it."""
    client, other = browsers(case)
    close(client)
    before = lines(client)
    say(client, case, reason="Op de verkeerde dag genoteerd.")
    asked = lines(client)
    own, theirs = decide(client, "ja"), decide(other, "ja")
    assert (before, asked, own, theirs) == (
        [["An", "2", "912", "de maand"], ["Cor", "1", "456", "de maand"]], before, "waiting", "approved",
    )  # fmt: skip
    assert lines(client) == [
        *before, ["An", "-1", "-456", "verbetering 1, 1 november 2023"], ["An", "1", "456", "verbetering 1, 1 november 2023"],
    ]  # fmt: skip


def test_both_versions_stand_on_the_page_of_the_worker(case: Case) -> None:
    """What counted, what counts, why, who proposed and who approved."""
    client, other = browsers(case)
    close(client)
    say(client, case, reason="Op de verkeerde dag genoteerd.")
    decide(other, "ja")
    text = client.get(reverse("planner:worker_hours", args=[case.people["An"].pk]) + MONTH).content.decode()
    words = ("zoals meegedeeld 7:36", "afwezig 0:00", "Op de verkeerde dag genoteerd.", "tweede-planner", "goedgekeurd")
    assert [word in text for word in words] == [True] * 5


def test_no_is_answered_with_a_reason_that_everybody_reads(case: Case) -> None:
    """Without a reason nothing is answered; with one it stands on the page of the month, and the hours as they were."""
    client, other = browsers(case)
    close(client)
    say(client, case, reason="Op de verkeerde dag genoteerd.")
    first, second = decide(other, "neen", waarom=" "), decide(other, "neen", waarom="Het blad van de winkel zegt iets anders.")
    text = client.get(reverse("planner:month") + MONTH).content.decode()
    assert (first, second, "Het blad van de winkel zegt iets anders." in text, len(lines(client))) == ("waiting", "refused", True, 2)


def test_buttons_are_those_of_who_may(case: Case) -> None:
    """Who proposed can take it back, the other approves or refuses; an unknown answer is none."""
    client, other = browsers(case)
    close(client)
    say(client, case, reason="Op de verkeerde dag genoteerd.")
    pages = [each.get(reverse("planner:month") + MONTH).content.decode() for each in (client, other)]
    found = [[f'value="{what}"' in page for what in ("ja", "neen", "terug")] for page in pages]
    row = DayCorrection.objects.get()
    odd = client.post(reverse("planner:day_correction_decide", args=[row.pk]), {"besluit": "x", "once_key": str(uuid4())})
    assert (found, odd.status_code, decide(client, "terug")) == ([[False, False, True], [True, True, False]], 302, "withdrawn")


def test_other_planner_hears_that_an_answer_is_waited_for(case: Case) -> None:
    """On the page of rosters, with the month; who proposed is not asked, and nobody is once it is answered."""
    client, other = browsers(case)
    close(client)
    say(client, case, reason="Op de verkeerde dag genoteerd.")
    asked = [b"maand=2023-09" in each.get(reverse("planner:rosters")).content for each in (client, other)]
    decide(other, "ja")
    assert (asked, b"maand=2023-09" in other.get(reverse("planner:rosters")).content) == ([False, True], False)


def test_correction_without_a_reason_or_a_shift_is_not_proposed(case: Case) -> None:
    """The form asks why; a day without a shift, a waiting one and nonsense are no page."""
    client, _other = browsers(case)
    close(client)
    found = [say(client, case, reason=" "), say(client, case, 3, reason="Neen.")]
    found += [say(client, case, reason="Op de verkeerde dag."), say(client, case, reason="Nog eens.")]
    nonsense = reverse("planner:worker_day", args=[case.people["An"].pk, "gisteren"])
    assert ([*found, client.get(nonsense).status_code], DayCorrection.objects.count()) == ([422, 404, 302, 404, 404], 1)


def test_another_association_reads_and_corrects_nothing(case: Case) -> None:
    """Neither the month of a worker, nor a day, nor an answer."""
    client, _other = browsers(case)
    close(client)
    say(client, case, reason="Op de verkeerde dag genoteerd.")
    strange = Client()
    strange.force_login(make_case("Elders").planner, backend=BACKEND)
    shown = strange.get(reverse("planner:worker_hours", args=[case.people["An"].pk])).status_code
    assert (shown, say(strange, case, 1, reason="Neen."), decide(strange, "ja")) == (404, 404, "waiting")
