"""The pages of reports: numbers with their definition, the people behind them, and the same as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from tests.factories import make_user
from tests.steering.reports.crowd import NOW, finish, make_crowd_programme, make_work, walk

from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.programmes.models import Programme

pytestmark = pytest.mark.django_db
HERE = "coordinator:reports:report"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _stand_still(settings: Settings) -> Iterator[None]:
    """Let it be September 2023."""
    settings.FIXED_TODAY = None
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    """Return 28 people who started: 25 in the park, three in the museum; twenty ended."""
    made, partner, host = make_crowd_programme()
    park, museum = (make_work(made, host, title) for title in ("park", "museum"))
    started = walk(made, partner, park, reached=4, number=25)
    walk(made, partner, museum, reached=4, number=3)
    walk(made, partner, None, reached=0, number=9, waits="not_yet_decided")
    finish(started[:10], reason="completed", on=NOW.date().replace(year=2022), kind="work_regular")
    finish(started[10:20], reason="person_stops", on=NOW.date().replace(year=2022), kind="searching")
    return made


def visitor(programme: Programme) -> Client:
    """Return the browser of the programme's coordinator."""
    client = Client()
    client.force_login(make_user(Role.COORDINATOR, programme=programme))
    return client


def test_page_shows_numbers_with_their_definition(programme: Programme) -> None:
    """Each number stands with what it counts; the share has its interval; twelve queries at most."""
    client = visitor(programme)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(reverse(HERE), {"jaar": "2022"}).content.decode()
    asked = [query for query in seen.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    shown = [text in page for text in ("Van de toegeleiden: wie op een plek startte.", "<strong>50 %</strong>", "(30–70 %)", "n = 28")]
    assert (shown, len(asked) <= MOST_QUERIES) == ([True] * 4, True)


def test_number_leads_to_the_people(programme: Programme) -> None:
    """The people behind a number are listed by name."""
    given = {"jaar": "2022", "groep": "all", "getal": "ended"}
    page = visitor(programme).get(reverse("coordinator:reports:people"), given).content.decode()
    assert page.count('<th scope="row">') == 20


def test_workbook_holds_what_the_page_shows(programme: Programme) -> None:
    """A small place is a dash in the file too; taking it out is a row in the log."""
    answer = visitor(programme).post(reverse("coordinator:reports:export"), {"jaar": "2022", "deel": "place"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert (answer.status_code, "28" in cells, "3" in cells, "–" in cells) == (200, True, False, True)
    assert AuditEntry.objects.filter(action="export_report").count() == 1


@pytest.mark.parametrize("given", [{"jaar": "1999"}, {"jaar": "nooit"}, {"deel": "geslacht"}])
def test_report_that_is_not_offered_is_not_there(programme: Programme, given: dict[str, str]) -> None:
    """Another year or another way to divide does not exist."""
    assert visitor(programme).get(reverse(HERE), given).status_code == 404


def test_report_opens_on_the_last_year_with_people(programme: Programme) -> None:
    """In a year in which nobody was referred yet, the page shows the year before instead of a page of dashes."""
    page = visitor(programme).get(reverse(HERE))
    assert page.context["report"].year == 2022


def test_groups_too_small_for_any_number_are_one_line(programme: Programme) -> None:
    """A group of which nothing may be shown is counted in one sentence, not a row of dashes; everybody keeps the row."""
    page = visitor(programme).get(reverse(HERE), {"jaar": "2022", "deel": "place"})
    tables, text = page.context["tables"], page.content.decode()
    empty = [line for table in tables.values() for line in table.lines if not _has_number(line)]
    said = f"Groepen van minder dan 5 mensen, zonder getal om te tonen: {tables['after'].hidden}." in text
    assert (empty, tables["funnel"].lines[0]["key"], tables["after"].hidden > 0, said) == ([], "all", True, True)


def _has_number(line: dict[str, Any]) -> bool:
    shown = [count for _, _, count in line["funnel"]] + [span for _, span in line["spans"]] + [line["completion"], line["work"]]
    return any(each is not None for each in shown)
