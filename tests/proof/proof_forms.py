"""Everything that somebody could paste, in every field of every form and filter: a clear answer, never an error, never run as code."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.house.access.forms import GUARDS, Form, forms_on, goal
from tests.house.access.pages import Seen
from tests.house.access.visitors import World

SCRIPT = "<script>alert(1)</script>"
NASTY = {
    "nothing": "",
    "nul": "a\x00b",
    "other direction": "\u202ekwaad\u2066",
    "lone surrogate": "a\ud800b",
    "markup": f"\"'>{SCRIPT}",
    "template": "{{ 7|add:7 }}{% load x %}%(name)s{0}",
    "formula": "=HYPERLINK(1)|cmd",
    "statement": "'; DROP TABLE people_person; --",
    "large number": "9" * 400,
    "negative number": "-1",
    "not a number": "NaN",
    "endless number": "1e999",
    "other digits": "\u0663\u00b2",
    "last day": "9999-12-31",
    "first day": "0001-01-01",
    "no day": "0000-00-00",
    "no thing": "00000000-0000-0000-0000-000000000000",
    "one megabyte": "x" * 1_000_000,
}


def forms(seen: list[Seen]) -> Iterator[tuple[Seen, Form]]:
    """Yield every form that goes somewhere, each kind of address once, with the page it stands on."""
    met = set()
    for page in seen:
        for form in forms_on(page.text, page.address) if page.is_html else []:
            if form.action.startswith("/account/") or page.row.name == "gallery":
                continue
            kind = (goal(form), form.method, tuple(sorted(form.names)))
            if kind not in met:
                met.add(kind)
                yield page, form


def send(client: Client, form: Form, name: str, value: str) -> HttpResponse:
    """Send a form with one field changed, as bytes that a browser could be made to send; what it does is undone."""
    fields = {key: given for key, given in form.filled_in().items() if not isinstance(given, SimpleUploadedFile)}
    body = urlencode(fields | {name: value}, doseq=True, errors="surrogatepass")
    with transaction.atomic():
        if form.method == "GET":
            answer = client.get(f"{form.action.partition('?')[0]}?{body}")
        else:
            answer = client.post(form.action, body, content_type="application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return answer


@pytest.mark.django_db
@pytest.mark.parametrize("kind", NASTY)
def test_no_field_breaks_on(world: World, seen: list[Seen], kind: str) -> None:
    """Each field of each form takes the value, refuses it in words, or finds nothing."""
    broken, tried = [], 0
    for page, form in forms(seen):
        for name in [*form.fields, *(button for button, _ in form.buttons[:1])]:
            if name in GUARDS[:1]:
                continue
            answer = send(world.browsers[page.who], form, name, NASTY[kind])
            tried += 1
            if answer.status_code >= 500 or SCRIPT in _text(answer):
                broken.append((goal(form), name, answer.status_code))
    assert (broken, tried > 100) == ([], True)


def _text(answer: HttpResponse) -> str:
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return str(answer.content.decode(errors="replace")) if is_page else ""
