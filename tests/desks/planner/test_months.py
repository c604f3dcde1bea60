"""The planner's page of hours by month: read, taken out as a file, closed; for the own association alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from openpyxl import load_workbook
from tests.journey.eligibility.cases import make_user
from tests.journey.rosters.cases import AT, Case, day, make_case, make_roster

from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.journey.associations.enums import AbsenceKind
from opstap.journey.associations.operations import note_worker_absence
from opstap.journey.rosters.models import WorkedMonth
from opstap.journey.rosters.operations import publish_roster

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association with three published days, in November."""
    with override_settings(FIXED_TODAY=AT.date().replace(month=11)):
        found = make_case()
        roster = make_roster(found, ("An", 0, "hall"), ("An", 1, "hall"), ("Cor", 1, "hall"))
        publish_roster(roster=roster, by=found.by, at=AT)
        yield found


def browser(case: Case) -> Client:
    """Return the planner's browser."""
    client = Client()
    client.force_login(case.planner, backend=BACKEND)
    return client


def send(client: Client, name: str, **body: str) -> tuple[int, bytes]:
    """Post a form and return status and body; a file is asked without a key, as it may be asked twice."""
    key = {} if name == "month_export" else {"once_key": str(uuid4())}
    answer = client.post(reverse(f"planner:{name}"), body | key)
    return answer.status_code, answer.content


def test_page_shows_hours_by_worker_and_member(case: Case) -> None:
    """Fifteen hours and twelve minutes for An, together twenty-two forty-eight, for pay and on the invoice."""
    text = browser(case).get(reverse("planner:month") + "?maand=2023-09").content.decode()
    assert [text.count(word) for word in (">15:12<", "22:48<")] == [4, 4]


def test_files_say_what_the_page_says(case: Case) -> None:
    """The workbook has workers and members with minutes as numbers, the text files the same; each taking out is written down."""
    client = browser(case)
    status, data = send(client, "month_export", maand="2023-09")
    book = load_workbook(BytesIO(data))
    members = [row for row in book[book.sheetnames[1]].iter_rows(values_only=True) if row[0] == "Samen"]
    assert (status, [row[3] for row in members]) == (200, [3 * 456])
    text = send(client, "month_export", maand="2023-09", soort="csv")[1].decode("utf-8-sig")
    lines = [line.split(";") for line in text.splitlines()[1:]]
    assert ([line[5] for line in lines], [line[8] for line in lines]) == (["912", "456"], ["912", "456"])
    totals = send(client, "month_export", maand="2023-09", soort="leden")[1].decode("utf-8-sig").splitlines()
    assert totals[-1] == "Samen;;3;1368;22:48;"
    assert AuditEntry.objects.filter(action="take_out_worked_month").count() == 3


def test_month_is_closed_by_one_press(case: Case) -> None:
    """September is closed and says so; a month that is not over has no button, and a form made by hand closes nothing."""
    client = browser(case)
    assert send(client, "month_close", maand="2023-09")[0] == 302
    assert ("Afgesloten" in client.get(reverse("planner:month") + "?maand=2023-09").content.decode(), WorkedMonth.objects.count()) == (
        True,
        1,
    )
    send(client, "month_close", maand="2023-11")
    assert ("Sluit deze maand af" in client.get(reverse("planner:month")).content.decode(), WorkedMonth.objects.count()) == (False, 1)


def test_correction_asks_for_another_planner(case: Case) -> None:
    """Who proposed sees no button and is refused; the other planner approves, and the page says by whom."""
    client, other = browser(case), Client()
    second = make_user("tweede-planner", Role.PLANNER, organisation=case.association.organisation)
    other.force_login(second, backend=BACKEND)
    send(client, "month_close", maand="2023-09")
    note_worker_absence(contract=case.people["An"], from_on=day(1), until_on=day(2), kind=AbsenceKind.LEAVE, by=case.by, at=AT)
    send(client, "month_close", maand="2023-09")
    waiting = WorkedMonth.objects.get(number=2)
    address, page = reverse("planner:correction_approve", args=[waiting.pk]), reverse("planner:month") + "?maand=2023-09"
    shown = [address in each.get(page).content.decode() for each in (client, other)]
    counts = []
    for each in (client, other):
        each.post(address, {"once_key": str(uuid4())})
        counts.append(WorkedMonth.objects.filter(is_closed=True).count())
    assert (shown, counts, "goedgekeurd door tweede-planner" in client.get(page).content.decode()) == ([False, True], [1, 2], True)


def test_correction_is_taken_back_by_one_press(case: Case) -> None:
    """It is gone, and another planner's is not there."""
    client = browser(case)
    send(client, "month_close", maand="2023-09")
    note_worker_absence(contract=case.people["An"], from_on=day(1), until_on=day(2), kind=AbsenceKind.LEAVE, by=case.by, at=AT)
    send(client, "month_close", maand="2023-09")
    address = reverse("planner:correction_withdraw", args=[WorkedMonth.objects.get(number=2).pk])
    found = [each.post(address, {"once_key": str(uuid4())}).status_code for each in (browser(make_case("Elders")), client)]
    assert (found, WorkedMonth.objects.count()) == ([404, 302], 1)


def test_another_planner_reads_and_closes_only_the_own_hours(case: Case) -> None:
    """Nobody of this association stands on another's page, in its file or in its closing."""
    client = browser(make_case("Elders"))
    text = client.get(reverse("planner:month") + "?maand=2023-09").content.decode()
    file = send(client, "month_export", maand="2023-09", soort="csv")[1].decode("utf-8-sig")
    send(client, "month_close", maand="2023-09")
    mine = WorkedMonth.objects.filter(association=case.association).count()
    assert (">An<" in text, len(file.splitlines()), mine) == (False, 1, 0)
