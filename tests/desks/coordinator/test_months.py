"""Months and payments at the coordinator's desk: sign, make, approve by another, hand out; and what does not match."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.factories import make_programme, make_user
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import MONDAYS, MONTH, OCTOBER, Floor, at

from opstap.foundation.access.models import User
from opstap.foundation.actor import Actor, Role
from opstap.foundation.organisations.models import Site
from opstap.journey.attendance.enums import DayState
from opstap.journey.attendance.models import MonthClosing, PayingAccount, PaymentRun
from opstap.journey.attendance.operations import close_months, give_bank_account, record_day
from opstap.journey.people.models import Person
from opstap.journey.placements.models import Placement
from opstap.steering.overviews.queries.mismatches import mismatches

pytestmark = pytest.mark.django_db
MAAND = "/coordinatie/maand/"


@pytest.fixture(autouse=True)
def in_october(settings: Settings) -> None:
    """Let September be over."""
    settings.FIXED_TODAY = date(2023, 10, 2)


def browser(actor: Actor) -> Client:
    """Return a browser in which the actor is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.id))
    return client


def noted(floor: Floor, name: str = "Peeters") -> Placement:  # noqa: F811 - the fixture
    """Return a learner with an account and four noted Mondays."""
    placement = floor.learner(name)
    floor.note(placement, *MONDAYS)
    give_bank_account(person=placement.person, number="BE71096123456769", by=floor.counsellor, at=OCTOBER)
    return placement


def test_coordinator_signs_after_the_floor(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The second signature can be the coordinator's, from the month's list."""
    placement = noted(floor)
    close_months(placement_ids=[placement.pk], month=MONTH, by=floor.mentor, at=OCTOBER)
    answer = browser(floor.coordinator).post(f"{MAAND}2023-09/tekenen/", {"placement": str(placement.pk)}, follow=True)
    assert "1 van 1 door beide partijen afgesloten." in answer.content.decode()
    assert MonthClosing.objects.get().second_by == "Coen"


def test_month_with_one_signature_says_who_signs_now(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Who signed first reads that the other party signs, and not only that they cannot."""
    placement = noted(floor)
    answer = browser(floor.coordinator).post(f"{MAAND}2023-09/tekenen/", {"placement": str(placement.pk)}, follow=True)
    assert "de andere partij tekent" in answer.content.decode()


def test_list_goes_from_draft_to_the_bank_through_two_people(floor: Floor) -> None:  # noqa: F811 - the fixture
    """One makes it, the other approves it with the account and the day, and both files can be taken out."""
    placement = noted(floor)
    for by in (floor.mentor, floor.counsellor):
        close_months(placement_ids=[placement.pk], month=MONTH, by=by, at=OCTOBER)
    maker, approver = browser(floor.coordinator), browser(floor.second)
    account = {"name": "Stad Oostende", "iban": "BE62 5100 0754 7061", "bic": ""}
    assert maker.post(f"{MAAND}betalingen/2023-09/rekening/", account).status_code == 302
    page = maker.post(f"{MAAND}betalingen/2023-09/maken/", follow=True)
    run = PaymentRun.objects.get()
    address = f"{MAAND}lijst/{run.pk}/"
    assert ("32 uur × € 1,30 = € 41,60" in page.content.decode(), PayingAccount.objects.get().iban) == (True, "BE62510007547061")
    assert maker.post(f"{address}goedkeuren/", {"pay_on": "2023-10-09"}).status_code == 422
    assert approver.post(f"{address}goedkeuren/", {"pay_on": "2023-10-01"}).status_code == 422
    assert approver.post(f"{address}goedkeuren/", {"pay_on": "2023-10-09"}).status_code == 302
    sepa, table = (approver.post(f"{address}bestand/{kind}/") for kind in ("sepa", "csv"))
    assert ("<IBAN>BE71096123456769</IBAN>" in sepa.content.decode(), "41,60" in table.content.decode()) == (True, True)
    assert approver.post(f"{address}bestand/doc/").status_code == 404


def test_signer_reads_who_approves_instead(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The page of a draft names the colleague who can approve, and has no button for who signed."""
    make_user(Role.COORDINATOR, name="Cyriel", programme=floor.programme)
    placement = noted(floor)
    for by in (floor.mentor, floor.second):
        close_months(placement_ids=[placement.pk], month=MONTH, by=by, at=OCTOBER)
    browser(floor.coordinator).post(f"{MAAND}betalingen/2023-09/maken/")
    text = browser(floor.second).get(f"{MAAND}lijst/{PaymentRun.objects.get().pk}/").content.decode()
    said = "Je tekende uren op deze lijst, dus iemand anders keurt ze goed: Cyriel."
    assert (said in text, "/goedkeuren/" in text) == (True, False)


def test_who_fills_in_the_paying_account_reads_that_another_approves(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The form says it before, the payments say who filled it in, and the draft has no button for them."""
    placement = noted(floor)
    for by in (floor.mentor, floor.counsellor):
        close_months(placement_ids=[placement.pk], month=MONTH, by=by, at=OCTOBER)
    browser(floor.coordinator).post(f"{MAAND}betalingen/2023-09/maken/")
    second, account = browser(floor.second), f"{MAAND}betalingen/2023-09/rekening/"
    before = second.get(account).content.decode()
    second.post(account, {"name": "Stad", "iban": "BE62510007547061", "bic": ""})
    after = second.get(f"{MAAND}betalingen/2023-09/").content.decode()
    draft = second.get(f"{MAAND}lijst/{PaymentRun.objects.get().pk}/").content.decode()
    said = ("keurt de lijsten die ze betaalt niet goed" in before, "keurt niet goed wat ze betaalt" in after, "/goedkeuren/" in draft)
    assert said == (True, True, False)


def test_forgotten_day_is_added_from_the_sheet_of_a_closed_month(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Only the sheet of a closed month offers it, to who notes days; the counsellor fills it in, and what cannot be is said on the form."""
    placement = noted(floor)
    counsellor = browser(floor.counsellor)
    sheet = reverse("counsellor:month_sheet", args=[placement.pk, "2023-09"])
    address = reverse("counsellor:add_day", args=[placement.pk, "2023-09"])
    before = address in counsellor.get(sheet).content.decode()
    for by in (floor.mentor, floor.counsellor):
        close_months(placement_ids=[placement.pk], month=MONTH, by=by, at=OCTOBER)
    form = {"on": "2023-09-05", "state": "here", "hours": "4", "reason": "inhaaldag"}
    wrong = counsellor.post(address, {**form, "on": "2023-09-04"})
    right = counsellor.post(address, form, follow=True).content.decode()
    own = browser(floor.coordinator).get(reverse("coordinator:months:month_sheet", args=[placement.pk, "2023-09"])).content.decode()
    assert (before, address in right, "Verbeter" in right, "dag-bij" in own) == (False, True, True, False)
    assert (wrong.status_code, "is al genoteerd" in wrong.content.decode()) == (422, True)


def test_way_of_no_kilometres_is_not_shown(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Who lives at the work floor gets hours only: no line of nothing, neither on the sheet, nor on the list, nor in its table."""
    spot = {"longitude": 2.92, "latitude": 51.21}
    Site.objects.filter(pk=floor.place.site_id).update(**spot)
    placement = noted(floor)
    Person.objects.filter(pk=placement.person_id).update(**spot)
    for by in (floor.mentor, floor.counsellor):
        close_months(placement_ids=[placement.pk], month=MONTH, by=by, at=OCTOBER)
    maker, approver = browser(floor.coordinator), browser(floor.second)
    page = maker.post(f"{MAAND}betalingen/2023-09/maken/", follow=True).content.decode()
    maker.post(f"{MAAND}betalingen/2023-09/rekening/", {"name": "Stad", "iban": "BE62510007547061", "bic": ""})
    sheet = maker.get(f"{MAAND}{placement.pk}/2023-09/").content.decode()
    address = f"{MAAND}lijst/{PaymentRun.objects.get().pk}/"
    approver.post(f"{address}goedkeuren/", {"pay_on": "2023-10-09"})
    table = approver.post(f"{address}bestand/csv/").content.decode().splitlines()
    assert ("32 uur" in page, "kilometer" in page, "kilometer" in sheet, len(table)) == (True, False, False, 2)


@pytest.mark.parametrize(("people", "is_half", "ticked"), [(5, False, 5), (6, False, 0), (6, True, 6)])
def test_months_are_ticked_ahead_while_they_can_be_overseen(
    floor: Floor,  # noqa: F811 - the fixture
    people: int,
    is_half: bool,  # noqa: FBT001 - a parameter of the test
    ticked: int,
) -> None:
    """Up to five months stand ticked, of more none: somebody looks at each; what the floor signed already stands ticked always."""
    placements = [noted(floor, f"Persoon {number}") for number in range(people)]
    if is_half:
        close_months(placement_ids=[row.pk for row in placements], month=MONTH, by=floor.mentor, at=OCTOBER)
    page = browser(floor.counsellor).get("/begeleiding/maand/2023-09/").content.decode()
    assert page.count('name="placement"') == people
    assert len(re.findall(r'name="placement"[^>]* checked', page)) == ticked


def test_draft_is_thrown_away(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A draft is gone, and its months can be paid by another."""
    placement = noted(floor)
    for by in (floor.mentor, floor.counsellor):
        close_months(placement_ids=[placement.pk], month=MONTH, by=by, at=OCTOBER)
    coordinator = browser(floor.coordinator)
    for _ in range(2):
        coordinator.post(f"{MAAND}betalingen/2023-09/maken/")
        answer = coordinator.post(f"{MAAND}lijst/{PaymentRun.objects.get().pk}/weggooien/", follow=True)
        assert ("Maak de lijst" in answer.content.decode(), PaymentRun.objects.count()) == (True, 0)


def test_mismatches_name_what_was_agreed_noted_and_said(floor: Floor) -> None:  # noqa: F811 - the fixture
    """A day without a note, other hours, and a day that was not agreed; all matches for somebody who came as agreed."""
    noted(floor, "Aa Klopt")
    placement = floor.learner("Bb Anders")
    record_day(placement=placement, on=MONDAYS[0], state=DayState.LATE, hours=Decimal(6), by=floor.mentor, at=at(MONDAYS[0]))
    tuesday = date(2023, 9, 5)
    record_day(placement=placement, on=tuesday, state=DayState.HERE, hours=Decimal(3), by=floor.mentor, at=at(tuesday))
    for day in MONDAYS[1:3]:
        record_day(placement=placement, on=day, state=DayState.HERE, by=floor.mentor, at=at(day))
    found = [(one.kind, one.on, one.agreed, one.noted) for one in mismatches(floor.coordinator, MONTH, date(2023, 10, 2))]
    assert sorted(found, key=lambda one: str(one[1])) == [
        ("other_hours", MONDAYS[0], Decimal(8), Decimal(6)),
        ("not_agreed", tuesday, None, Decimal(3)),
        ("not_noted", MONDAYS[3], Decimal(8), None),
    ]
    text = browser(floor.coordinator).get(f"{MAAND}2023-09/klopt-niet/?soort=not_agreed").content.decode()
    assert ("Bb Anders" in text, "Aa Klopt" in text) == (True, False)


def test_coordinator_of_another_programme_sees_nothing(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Months, sheets and lists of somebody else's programme are not there."""
    placement = noted(floor, "Zeldzaam")
    client = Client()
    client.force_login(make_user(Role.COORDINATOR, programme=make_programme()))
    assert "Zeldzaam" not in client.get(f"{MAAND}2023-09/").content.decode()
    assert client.get(f"{MAAND}{placement.pk}/2023-09/").status_code == 404
