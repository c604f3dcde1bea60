"""Who hears of a roster on paper: named before publishing, printed, given, and reached as soon as an address is known."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from tests.journey.rosters.cases import AT, Case, make_case, make_roster

from opstap.engine.shared import Refused
from opstap.foundation.outbox.enums import Told
from opstap.foundation.outbox.models import Message
from opstap.journey.associations.models import Contract
from opstap.journey.people.models import Person
from opstap.journey.rosters.operations import note_roster_given, publish_roster

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def case() -> Iterator[Case]:
    """Return the small association on the day of the cases: An has no address at all, Bea only one for the post."""
    with override_settings(FIXED_TODAY=AT.date()):
        found = make_case()
        Person.objects.filter(pk=found.people["An"].person_id).update(email="")
        Person.objects.filter(pk=found.people["Bea"].person_id).update(
            email="", street="Dorpsstraat 1", postcode="8450", municipality="Bredene"
        )
        yield found


@pytest.fixture
def client(case: Case) -> Client:
    """Return the planner's browser."""
    browser = Client()
    browser.force_login(case.planner, backend=BACKEND)
    return browser


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    """Return a page as text."""
    answer = client.get(reverse(f"planner:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, *args: object, **body: object) -> int:
    """Post a form and return the status."""
    return client.post(reverse(f"planner:{name}", args=args), body | {"once_key": str(uuid4())}).status_code


def states() -> list[tuple[str, str]]:
    """Return channel and state of every message, in order."""
    return sorted(Message.objects.values_list("channel", "state"))


def test_publish_page_names_whom_no_message_reaches(case: Case, client: Client) -> None:
    """An is reached by hand only, Bea by the post; Cor has an e-mail and is not named there."""
    roster = make_roster(case, ("An", 0, "hall"), ("Cor", 0, "hall"), ("Bea", 1, "shop"))
    note = page(client, "roster_publish", roster.pk).partition("Wie geen e-mail of sms krijgt")[2].partition("</ul>")[0]
    lines = [" ".join(line.split()) for line in note.split("<li>")[1:]]
    assert [(line.split(":")[0], "met de hand" in line, "met een brief" in line) for line in lines] == [
        ("An", True, False), ("Bea", False, True),
    ]  # fmt: skip


def test_sheet_is_printed_and_given(case: Case, client: Client) -> None:
    """After publishing both wait on paper; each sheet has the own days alone, and who has it is off the list."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall"), ("Bea", 1, "shop")), by=case.by, at=AT)
    assert [name in page(client, "paper") for name in (">An<", ">Bea<")] == [True, True]
    sheet = page(client, "sheets", query=f"?wie={case.people['Bea'].pk}")
    assert [word in sheet for word in ("Dorpsstraat 1", "shop Lavoro", "dinsdag 19/9", "hall Lavoro")] == [True, True, True, False]
    assert page(client, "sheets").count('class="sheet"') == 2
    assert send(client, "paper_given", case.people["An"].pk) == 302
    assert (states(), ">An<" in page(client, "paper")) == ([("letter", "queued"), ("letter", "sent")], False)


def test_what_waits_on_paper_is_given_once_and_by_the_own_planner(case: Case) -> None:
    """Nothing waits for Cor, nor a second time for An; another association's planner gives nothing."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    stranger, an = make_case("Elders").by, case.people["An"]
    codes = []
    for by, contract in ((stranger, an), (case.by, case.people["Cor"]), (case.by, an), (case.by, an)):
        try:
            note_roster_given(contract=contract, how=Told.AT_DESK, by=by, at=AT)
            codes.append("")
        except Refused as refused:
            codes.append(refused.reason.code)
    assert codes == ["rosters.may_not_plan", "rosters.nothing_waits", "", "rosters.nothing_waits"]


def test_address_written_down_takes_what_waits_along(case: Case, client: Client) -> None:
    """An's e-mail becomes known: the message that had no way goes there, and nothing waits on paper."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    assert states() == [("letter", "held")]
    assert send(client, "reach", case.people["An"].pk, email="an@example.be") == 302
    assert (states(), ">An<" in page(client, "paper")) == ([("email", "queued")], False)


def test_number_that_cannot_exist_is_refused(case: Case, client: Client) -> None:
    """A telephone number with too few digits is not kept."""
    assert send(client, "reach", case.people["An"].pk, phone="12") == 422
    assert Person.objects.get(pk=case.people["An"].person_id).phone == ""


def test_new_worker_has_a_way_to_be_reached(client: Client) -> None:
    """The form of a new worker keeps e-mail, telephone and address."""
    reach = {"email": "noor@example.be", "phone": "0478123456", "street": "Kerkstraat 2", "postcode": "8400", "municipality": "Oostende"}
    terms = {"from_on": "2023-09-04", "weekly_hours": "38", "half_days": ["mon_am", "mon_pm"], "status": "other"}
    given = {"first_name": "Noor", "last_name": "Claeys", "birth_date": "1990-01-01"}
    assert send(client, "new_worker", **reach, **terms, **given) == 302
    person = Contract.objects.get(person__last_name="Claeys").person
    assert (person.email, person.phone, person.street, person.postcode) == ("noor@example.be", "0478 12 34 56", "Kerkstraat 2", "8400")


def test_another_planner_finds_no_paper(case: Case) -> None:
    """Sheets, list and addresses of another association are not there."""
    publish_roster(roster=make_roster(case, ("An", 0, "hall")), by=case.by, at=AT)
    stranger = Client()
    stranger.force_login(make_case("Elders").planner, backend=BACKEND)
    an = case.people["An"].pk
    assert (">An<" in page(stranger, "paper"), 'class="sheet"' in page(stranger, "sheets", query=f"?wie={an}")) == (False, False)
    assert (send(stranger, "paper_given", an), send(stranger, "reach", an, email="x@example.be")) == (404, 404)
