"""The pages of the lists: from a file to records with the mouse or the keyboard alone, and nothing for strangers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import DAY, NOW, make_organisation, make_programme, make_user
from tests.journey.imports.lists import ELIF, GREEN, JAN, SYSTEM, apply_all, as_csv, bring, bring_places, row_of
from tests.journey.imports.test_counsellors import two_of_a_name

from opstap.engine.shared import Reason
from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.programmes.models import Programme
from opstap.journey.imports.enums import ListKind
from opstap.journey.imports.jobs import read_list
from opstap.journey.imports.models import Batch, Row
from opstap.journey.imports.operations import fail_list, upload_list
from opstap.journey.people.models import Person
from opstap.journey.places.models import Place

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[4] / "demo" / "oostende"


def logged_in(user: User) -> Client:
    """Return a browser of this user."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def coordinator_of(programme: Programme) -> Client:
    """Return a browser of a coordinator of the programme."""
    return logged_in(make_user(Role.COORDINATOR, programme=programme))


def send(client: Client, address: str, **fields: object) -> HttpResponse:
    """Post a form with its idempotency key."""
    return client.post(address, {"once_key": str(uuid4()), **fields})


def page_text(client: Client, address: str) -> str:
    """Return the page, which must be there."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def row_url(row: Row, step: str = "row") -> str:
    """Return an address of a row."""
    return reverse(f"coordinator:imports:{step}", args=[row.pk])


def test_upload_look_and_apply() -> None:
    """A coordinator brings in a file, sees both rows, applies them, and both people are there."""
    programme = make_programme()
    client = coordinator_of(programme)
    file = SimpleUploadedFile("lijst.csv", as_csv(ELIF, JAN))
    fields = {"kind": "people", "file": file, "as_of": DAY.isoformat(), "programme": str(programme.pk)}
    uploaded = send(client, reverse("coordinator:imports:upload"), **fields)
    batch = Batch.objects.get()
    address = reverse("coordinator:imports:batch", args=[batch.pk])
    assert (uploaded.status_code, uploaded["Location"]) == (302, address)
    assert "Elif Yılmaz" in page_text(client, address)
    applied = send(client, reverse("coordinator:imports:apply", args=[batch.pk]))
    assert (applied["Location"], Person.objects.count()) == (address, 2)
    assert "Alles uit deze lijst is verwerkt." in page_text(client, address)


def test_upload_of_no_list_says_what_to_do() -> None:
    """A PDF is refused on the form, with what was chosen still there, and nothing is kept."""
    programme = make_programme()
    fields = {"kind": "people", "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7"), "as_of": DAY.isoformat(), "programme": str(programme.pk)}
    response = send(coordinator_of(programme), reverse("coordinator:imports:upload"), **fields)
    assert (response.status_code, Batch.objects.count()) == (422, 0)
    assert "PDF" in response.content.decode()


def test_correct_by_accepting_the_proposed_fix() -> None:
    """One click takes the proposed fix, and the problem is gone."""
    programme = make_programme()
    client = coordinator_of(programme)
    row = row_of(bring(programme, JAN | {"E-mail": "info @ example.be"}), 1)
    number = list(row.raw).index("E-mail")
    assert "Maak er “info@example.be” van" in page_text(client, row_url(row))
    assert send(client, row_url(row, "correct"), accept=str(number)).status_code == 302
    row.refresh_from_db()
    assert (row.corrected["cells"], row.problems) == ({"E-mail": "info@example.be"}, None)


def test_correct_by_typing() -> None:
    """A cell is typed anew; what stood there stays to be seen."""
    programme = make_programme()
    client = coordinator_of(programme)
    row = row_of(bring(programme, JAN | {"Gsm": "047812345"}), 1)
    cells = {f"cell-{number}": text for number, text in enumerate(row.raw.values())}
    number = list(row.raw).index("Gsm")
    assert send(client, row_url(row, "correct"), **cells | {f"cell-{number}": "0478 12 34 50"}).status_code == 302
    assert "Gsm was: 047812345" in page_text(client, row_url(row))
    unchanged = send(client, row_url(row, "correct"), **cells | {f"cell-{number}": "0478 12 34 50"})
    assert (unchanged.status_code, "Er is niets gewijzigd" in unchanged.content.decode()) == (422, True)


@pytest.mark.parametrize(("step", "people"), [("join", 1), ("separate", 2)])
def test_probable_duplicate_is_decided_side_by_side(step: str, people: int) -> None:
    """The question shows both birth dates; merged it is one person, kept apart they are two."""
    programme = make_programme()
    client = coordinator_of(programme)
    first = bring(programme, JAN)
    send(client, reverse("coordinator:imports:apply", args=[first.pk]))
    batch = bring(programme, JAN | {"Klantnummer": "2002", "Geboortedatum": "04/08/1990"})
    row = row_of(batch, 1)
    text = page_text(client, row_url(row))
    assert ("<mark>4 augustus 1990</mark>" in text, "<mark>3 augustus 1970</mark>" in text) == (True, True)
    assert send(client, row_url(row, step), candidate=str(Person.objects.get().pk)).status_code == 302
    send(client, reverse("coordinator:imports:apply", args=[batch.pk]))
    assert Person.objects.count() == people


def test_health_and_national_number_are_not_shown() -> None:
    """Who brings in lists sees that a health cell is filled in, never what it says."""
    programme = make_programme()
    header, cells = (
        "Klantnummer;INSZ;Naam;Voornaam;Kan niet;Advies maatwerk;Opmerkingen",
        "9;84.65.30-197.55;Maes;An;zwaar tillen;PMAH;dialyse",
    )
    data = f"{header}\n{cells}\n"
    batch = upload_list(
        programme=programme, kind=ListKind.PEOPLE, data=data.encode(), filename="l.csv", as_of=DAY, by=SYSTEM, at=NOW
    )  # fmt: skip
    client = coordinator_of(programme)
    text = page_text(client, row_url(row_of(batch, 1))) + page_text(client, reverse("coordinator:imports:batch", args=[batch.pk]))
    assert [word for word in ("tillen", "PMAH", "dialyse", "197.55") if word in text] == []
    assert "Ingevuld, maar hier niet getoond." in text


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.TEAM_LEAD, Role.HOST, Role.ADMINISTRATOR, Role.AUDITOR, Role.COORDINATOR])
def test_strangers_see_nothing_that_is_there(role: Role) -> None:
    """Every other role, and a coordinator of another programme, gets the page of what does not exist, and changes nothing."""
    programme = make_programme()
    batch = bring(programme, JAN)
    row = row_of(batch, 1)
    other = make_programme() if role is Role.COORDINATOR else None
    client = logged_in(make_user(role, organisation=make_organisation(), programme=other))
    pages = [reverse(f"coordinator:imports:{name}", args=[batch.pk]) for name in ("batch", "progress")] + [row_url(row)]
    steps = [reverse(f"coordinator:imports:{name}", args=[batch.pk]) for name in ("apply", "discard")]
    steps += [row_url(row, name) for name in ("correct", "choose", "separate", "skip")]
    assert [client.get(address).status_code for address in pages] == [404] * len(pages)
    assert [send(client, address).status_code for address in steps] == [404] * len(steps)
    assert send(client, row_url(row, "join"), candidate=str(uuid4())).status_code == 404
    assert (Row.objects.get().status, Batch.objects.get().status, Person.objects.count()) == ("ready_new", "preview", 0)


def test_nobody_in_particular_is_asked_to_log_in() -> None:
    """Without a login every page leads to the login page."""
    assert Client().get(reverse("coordinator:imports:batches")).status_code == 302


def test_pages_cost_the_same_for_one_row_and_for_many() -> None:
    """The list of rows needs no query per row, and stays within twelve."""
    programme = make_programme()
    client = coordinator_of(programme)
    few = bring(programme, JAN)
    data = (DEMO / "werkzoekenden.xlsx").read_bytes()
    many = upload_list(programme=programme, kind=ListKind.PEOPLE, data=data, filename="w.xlsx", as_of=DAY, by=SYSTEM, at=NOW)
    counts = []
    for batch in (few, many):
        with CaptureQueriesContext(connection) as queries:
            page_text(client, reverse("coordinator:imports:batch", args=[batch.pk]))
        counts.append(len(queries))
    assert (counts[0] == counts[1], counts[1] <= 12) == (True, True)


def test_applying_twice_works_once() -> None:
    """The same form sent twice leads to the same page, and nobody is made twice."""
    programme = make_programme()
    client = coordinator_of(programme)
    batch = bring(programme, JAN)
    address, key = reverse("coordinator:imports:apply", args=[batch.pk]), str(uuid4())
    answers = [client.post(address, {"once_key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (answers[0]["Location"] == answers[1]["Location"], Person.objects.count()) == (True, 1)


def test_long_upload_shows_progress_and_lands_on_the_preview() -> None:
    """A long file is answered at once with a page that follows the reading; once read, the same address shows the rows."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    client = logged_in(user)
    file = SimpleUploadedFile("lang.csv", as_csv(*(JAN | {"Klantnummer": str(number), "Naam": "x" * 2000} for number in range(160))))
    fields = {"kind": "people", "file": file, "as_of": DAY.isoformat(), "programme": str(programme.pk)}
    uploaded = send(client, reverse("coordinator:imports:upload"), **fields)
    batch = Batch.objects.get()
    address, progress = (reverse(f"coordinator:imports:{name}", args=[batch.pk]) for name in ("batch", "progress"))
    assert (uploaded["Location"], Row.objects.count()) == (address, 0)
    assert (f'hx-get="{progress}"' in page_text(client, address), f'hx-get="{progress}"' in page_text(client, progress)) == (True, True)
    assert "wordt gelezen" in page_text(client, reverse("coordinator:imports:batches"))
    read_list(batch_id=str(batch.pk), user_id=str(user.pk))
    assert client.get(progress)["HX-Redirect"] == address
    assert ("160" in page_text(client, address), Row.objects.count()) == (True, 160)


def test_long_upload_of_no_list_says_what_to_do() -> None:
    """What could not be read is told on the page of the list, with the way to bring it in again."""
    programme = make_programme()
    user = make_user(Role.COORDINATOR, programme=programme)
    client = logged_in(user)
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.7" + b" " * 400_000)
    fields = {"kind": "people", "file": file, "as_of": DAY.isoformat(), "programme": str(programme.pk)}
    address = send(client, reverse("coordinator:imports:upload"), **fields)["Location"]
    read_list(batch_id=str(Batch.objects.get().pk), user_id=str(user.pk))
    text = page_text(client, address)
    assert ("PDF" in text, reverse("coordinator:imports:upload") in text, "hx-trigger" in text) == (True, True, False)
    assert "kon niet gelezen worden" in page_text(client, reverse("coordinator:imports:batches"))


def test_stopped_list_says_why_on_its_page() -> None:
    """A list whose worker was stopped shows the reason and the button to apply the rest."""
    programme = make_programme()
    batch = bring(programme, JAN)
    fail_list(batch=batch, reason=Reason("imports.nobody_to_act_for"), by=SYSTEM, at=NOW)
    text = page_text(coordinator_of(programme), reverse("coordinator:imports:batch", args=[batch.pk]))
    assert ("Daarom is het gestopt." in text, "1 rij verwerken" in text) == (True, True)


def test_place_that_was_changed_here_is_shown_side_by_side() -> None:
    """The row of a place shows what stands here and what the list says, and one button takes the list."""
    programme = make_programme()
    client = coordinator_of(programme)
    apply_all(bring_places(programme, GREEN))
    Place.objects.update(half_days=0b10)
    row = row_of(bring_places(programme, GREEN, at=NOW + timedelta(hours=1)), 1)
    text = page_text(client, row_url(row))
    assert ("Hier gewijzigd sinds de vorige lijst." in text, ">maandagnamiddag<" in text) == (True, True)
    assert send(client, row_url(row, "choose"), take="half_days").status_code == 302
    row.refresh_from_db()
    assert (row.status, row.corrected) == ("ready_update", {"take": ["half_days"], "keep": []})


def test_counsellor_of_a_common_name_is_chosen_on_the_page() -> None:
    """The row has a button per counsellor of that name; pressing one answers the question."""
    programme, one, _ = two_of_a_name()
    client = coordinator_of(programme)
    batch = bring(programme, JAN | {"Trajectbegeleider": "Griet Hoste"})
    row = row_of(batch, 1)
    number = list(row.raw).index("Trajectbegeleider")
    assert f'name="which" value="{number}:{one.email}"' in page_text(client, row_url(row))
    assert "Vraagt wie bedoeld is" in page_text(client, reverse("coordinator:imports:batch", args=[batch.pk]))
    assert send(client, row_url(row, "correct"), which=f"{number}:elsewhere@example.be").status_code == 422
    assert send(client, row_url(row, "correct"), which=f"{number}:{one.email}").status_code == 302
    row.refresh_from_db()
    assert (row.status, row.corrected["cells"]) == ("ready_new", {"Trajectbegeleider": one.email})


def test_row_without_a_name_is_called_by_its_number() -> None:
    """The heading of a row ends in what is known of it, not in a colon."""
    programme = make_programme()
    row = row_of(bring(programme, {"Klantnummer": "18194395", "Gemeente": "Oostende"}), 1)
    page = page_text(coordinator_of(programme), row_url(row))
    assert f"<h1>Rij {row.number}: 18194395, Oostende</h1>" in page
