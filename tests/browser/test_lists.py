"""The coordinator's morning in a real browser: logging in with a code, and two lists that become people who can start."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from tests.browser.behind import Behind
from tests.browser.walk import WIDTHS, Walk
from tests.journey.imports.lists import as_csv

from opstap.journey.eligibility.models import Decision
from opstap.journey.people.models import Person

DEMO = Path(__file__).resolve().parents[2] / "demo" / "oostende" / "werkzoekenden.xlsx"
NEW = {
    "Klantnummer": "90001",
    "Naam": "Verhaeghe",
    "Voornaam": "Lore",
    "Geboortedatum": "12/05/1985",
    "Gemeente": "Oostende",
    "E-mail": "lore.verhaeghe @ example.be",
    "Kennis Nederlands": "B1",
    "Beschikbaar": "ma vm, di vm",
    "Trajectbegeleider": "An Declerck",
}


def log_in_with_code(walk: Walk, email: str) -> None:
    """Log in as a member of staff does: by a code that comes by e-mail."""
    walk.go("/account/login/")
    walk.sees("Aanmelden")
    walk.follow("Stuur me een code per e-mail")
    walk.sees("Aanmelden met een code")
    walk.fill("E-mail", email)
    walk.press("Stuur de code")
    walk.sees("Vul de code in")
    code = re.search(r"^[A-Z0-9]{4,}(-[A-Z0-9]+)*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code is not None
    walk.fill("Code", code.group())
    walk.press("Aanmelden")


def bring_in(walk: Walk, file: str | dict[str, object]) -> None:
    """Upload a list and stop at its preview."""
    walk.go("/coordinatie/lijsten/")
    walk.sees("Lijsten")
    walk.follow("Lijst inlezen")
    walk.sees("Lijst inlezen")
    walk.page.get_by_label("Het bestand").set_input_files(file)  # type: ignore[arg-type]  # a path or playwright's own mapping
    walk.press("Bekijk de lijst")


@pytest.mark.parametrize("width", WIDTHS)
def test_lists_walk_of_the_coordinator(walk: Callable[..., Walk], work: Callable[[], None], behind: Behind, width: int) -> None:
    """The same list again changes nobody; a doubtful row is decided, a wrong cell mended, and whoever is new is decided on."""
    before = behind.call(Person.objects.count)
    one = walk(width)
    log_in_with_code(one, "hilde.vanhee@example.be")
    one.page.wait_for_url(lambda url: "/account/" not in url)

    bring_in(one, str(DEMO))
    one.sees("werkzoekenden.xlsx")
    one.follow("Misschien al bekend")
    one.sees("werkzoekenden.xlsx")
    one.follow("Youssef Rahimi")
    one.sees("Rahimi")
    one.press("Dezelfde persoon: voeg samen")
    one.hears("Dezelfde persoon.")

    data = as_csv(NEW)
    bring_in(one, {"name": "nieuw.csv", "mimeType": "text/csv", "buffer": data})
    one.sees("nieuw.csv")
    one.follow("Lore Verhaeghe")
    one.sees("Rij 2: Lore Verhaeghe")
    one.press("Maak er “lore.verhaeghe@example.be” van")
    one.hears("Verbeterd: de rij klopt nu.")
    one.follow("nieuw.csv")
    one.sees("nieuw.csv")
    one.confirm("1 rij verwerken")
    one.hears("1 rij verwerkt.")
    one.sees("nieuw.csv")

    work()
    person = behind.call(lambda: Person.objects.get(client_number="90001"))
    decided = behind.call(lambda: Decision.objects.filter(referral__person=person).count())
    assert (behind.call(Person.objects.count) - before, person.email, decided) == (1, "lore.verhaeghe@example.be", 4)
