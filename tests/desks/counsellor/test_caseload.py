"""The caseload: who is on it, in which order, and what leaves it as a file."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desks.counsellor.conftest import Browser, World
from tests.journey.eligibility.cases import AT, ON, acting, make_referral

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import snooze
from opstap.steering.overviews.queries.caseload import Choice, caseload

pytestmark = pytest.mark.django_db
URL = "/begeleiding/dossiers/"


def names(world: World, choice: Choice, days: int = 0) -> list[str]:
    """Return who is on An's list some days later."""
    return [line.name for line in caseload(acting(world.an), choice, AT + timedelta(days=days)).people]


def test_caseload_is_own_people_only(world: World) -> None:
    """Neither a colleague's people nor those of another team."""
    make_referral(world.programme, counsellor=world.bob, organisation=world.team)
    make_referral(world.programme, counsellor=world.stranger)
    assert names(world, Choice()) == ["An Test0"]


def test_caseload_is_filtered(world: World) -> None:
    """By stage, cause, municipality, text (the best fit first), standing still and put aside; what is unknown finds nobody."""
    make_referral(world.programme, counsellor=world.an, organisation=world.team, municipality="Bredene")
    assert names(world, Choice(stage="open")) == ["An Test1"]
    assert names(world, Choice(cause="no_round_yet")) == ["An Test0"]
    assert names(world, Choice(municipality="Bredene")) == ["An Test1"]
    assert names(world, Choice(text="test1")) == ["An Test1", "An Test0"]
    assert names(world, Choice(text="zzz")) == []
    assert names(world, Choice(is_stalled=True)) == []
    assert names(world, Choice(is_stalled=True, sort="name"), days=31) == ["An Test0", "An Test1"]
    assert names(world, Choice(is_snoozed=True)) == []
    assert names(world, Choice(counsellor="not an id")) == []


def test_caseload_is_sorted_both_ways(world: World) -> None:
    """By name from A to Z and back; by a column that does not exist as when nothing is chosen."""
    make_referral(world.programme, counsellor=world.an, organisation=world.team)
    assert names(world, Choice(sort="name")) == ["An Test0", "An Test1"]
    assert names(world, Choice(sort="-name")) == ["An Test1", "An Test0"]
    assert names(world, Choice(sort="remarks")) == ["An Test0", "An Test1"]


def test_caseload_tells_who_is_put_aside_and_why(world: World, browser: Browser) -> None:
    """The day and the reason stand on the list, and the person no longer counts as standing still."""
    snooze(referral=world.referral, until=ON + timedelta(days=60), reason="opleiding", by=acting(world.an), at=AT)
    line = caseload(acting(world.an), Choice(), AT + timedelta(days=40)).people[0]
    assert (line.days, line.snoozed_until, line.snooze_reason, line.is_stalled) == (40, ON + timedelta(days=60), "opleiding", False)
    assert "opzij tot 31 oktober 2023: opleiding" in browser(world.an).get(URL).content.decode()


def test_header_search_leads_to_the_caseload(world: World, browser: Browser) -> None:
    """Every page of the desk searches the caseload; what was searched for stays in the box."""
    client = browser(world.an)
    box = 'role="search" action="/begeleiding/dossiers/"'
    assert box in client.get(reverse("counsellor:case_file", args=[world.referral.pk])).content.decode()
    page = client.get(URL, {"q": "test0"}).content.decode()
    assert (box in page, page.count('name="q" value="test0"'), "An Test0" in page) == (True, 2, True)


def test_caseload_asks_few_queries_however_long(world: World, browser: Browser) -> None:
    """One person or thirty: the same number of queries, at most twelve; a search costs one more."""
    client = browser(world.an)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for _ in range(29):
        make_referral(world.programme, counsellor=world.an, organisation=world.team)
    with CaptureQueriesContext(connection) as thirty:
        client.get(URL)
    with CaptureQueriesContext(connection) as searched:
        client.get(URL, {"q": "test"})
    assert len(one) == len(thirty)
    assert len(searched) <= 12


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_export_takes_out_the_chosen_people_and_records_each(world: World, browser: Browser, kind: str) -> None:
    """The file holds the list and nothing of the case files; one row for the list and one per person stay behind."""
    make_referral(world.programme, counsellor=world.bob, organisation=world.team)
    answer = browser(world.an).post(reverse("counsellor:export"), {"soort": kind})
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    else:
        cells = answer.content.decode("utf-8-sig").replace("\r\n", ";").split(";")
    assert [name for name in cells if name.startswith("An Test")] == ["An Test0"]
    recorded = AuditEntry.objects.filter(actor_label="an").values_list("action", "person_id")
    assert set(recorded) == {("export_caseload", None), ("export_case_file", world.referral.person_id)}


def test_put_aside_from_the_list_keeps_the_list(world: World, browser: Browser) -> None:
    """The side panel gets only the form; posting it twice works once and leads back to the file."""
    client = browser(world.an)
    url = reverse("counsellor:snooze", args=[world.referral.pk])
    panel = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in panel, "data-close" in panel) == (False, True)
    given = {"until": "2023-09-20", "reason": "vakantie", "once_key": str(uuid4())}
    assert [client.post(url, given).status_code for _ in range(2)] == [302, 302]
    assert Referral.objects.get(pk=world.referral.pk).snooze_reason == "vakantie"
    assert AuditEntry.objects.filter(action="snooze").count() == 1


def test_put_aside_in_the_past_is_refused_with_what_was_filled_in(world: World, browser: Browser) -> None:
    """The reason typed is still there, and the page says why not."""
    given = {"until": "2023-08-01", "reason": "vakantie", "once_key": str(uuid4())}
    answer = browser(world.an).post(reverse("counsellor:snooze", args=[world.referral.pk]), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("vakantie" in page, "1 augustus 2023 is voorbij" in page) == (True, True)
