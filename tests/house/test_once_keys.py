"""A form sent twice works once and leads to the same page; every form of every page is tried as somebody would send it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker
from tests.house.access.forms import Form, goal, writing_forms
from tests.house.access.pages import Seen
from tests.house.access.visitors import World
from tests.house.test_access_matrix import rows_in_database

from opstap.foundation.audit.models import AuditEntry
from opstap.journey.placements.models import Placement


@dataclass(frozen=True)
class Tried:
    """A form of a page, sent twice: both answers, and whether the second changed anything."""

    name: str
    first: HttpResponse
    second: HttpResponse
    changed_again: bool

    @staticmethod
    def led_to(answer: HttpResponse) -> tuple[int, str]:
        """Return the status and where an answer leads."""
        return answer.status_code, answer.headers.get("Location", "")


def with_key(seen: list[Seen]) -> list[tuple[Seen, Form]]:
    """Return the forms that carry a key, each address once, with the page it stands on."""
    found: dict[str, tuple[Seen, Form]] = {}
    for page in seen:
        for form in writing_forms(page.text, page.address) if page.is_html and page.row.name != "gallery" else []:
            if "once_key" in form.names:
                found.setdefault(f"{goal(form)} {sorted(form.names)}", (page, form))
    return list(found.values())


def try_twice(client: Client, form: Form) -> Tried:
    """Send a form twice with one key, and undo it."""
    with transaction.atomic():
        first = client.post(form.action, form.filled_in())
        after = rows_in_database()
        second = client.post(form.action, form.filled_in())
        changed = rows_in_database() != after
        transaction.set_rollback(True)
    return Tried(goal(form), first, second, changed)


@pytest.fixture(scope="module")
def tried(whole_world: World, seen: list[Seen], django_db_blocker: DjangoDbBlocker) -> list[Tried]:
    """Every form with a key, sent twice by the first who meets it."""
    with django_db_blocker.unblock():
        return [try_twice(whole_world.browsers[page.who], form) for page, form in with_key(seen)]


def test_every_form_sent_twice_works_once(tried: list[Tried]) -> None:
    """Done forms lead to the same page the second time and change nothing more; refused forms change nothing at all."""
    wrong = [each.name for each in tried if each.changed_again or each.led_to(each.first) != each.led_to(each.second)]
    assert wrong == []
    done = {each.name for each in tried if each.first.status_code == 302}
    assert len(done) >= 20, sorted(done)


def test_no_form_with_a_key_answers_with_a_plain_page(tried: list[Tried]) -> None:
    """A write that answers with a page instead of leading on would be undone with its key; shown again is 422, refused is 409."""
    assert {(each.name, each.first.status_code) for each in tried if each.first.status_code not in (302, 409, 422)} == set()


def test_key_of_somebody_else_does_nothing(world: World) -> None:
    """A key that another person used is refused in words, and neither repeats nor reveals what that person did."""
    key = str(uuid4())
    address = reverse("counsellor:contact", args=[world.own.referral.pk])
    assert world.browsers["counsellor"].post(address, {"once_key": key, "how": "by_phone"}).status_code == 302
    before = rows_in_database()
    answer = world.browsers["team_lead"].post(address, {"once_key": key, "how": "by_phone"})
    assert (answer.status_code, answer.get("Location"), rows_in_database()) == (409, None, before)


def test_form_sent_after_logging_in_again_still_works(world: World) -> None:
    """Who was logged out meanwhile is asked to log in, and then sends the same form: nothing is lost."""
    key = {"once_key": str(uuid4()), "how": "by_phone"}
    address = reverse("counsellor:contact", args=[world.own.referral.pk])
    assert world.browsers["anonymous"].post(address, key)["Location"].startswith("/account/login/")
    answer = world.browsers["counsellor"].post(address, key)
    assert (answer.status_code, AuditEntry.objects.filter(action="contact").count()) == (302, 1)


def test_yes_of_the_person_counts_once(world: World) -> None:
    """A double click, or the same form from the history, leaves one answer in the log and at most one placement."""
    answers = AuditEntry.objects.filter(action="person_answer")
    address = f"/mijn/v/{world.own.parts['key']}/antwoord/ja/"
    form = {"once_key": str(uuid4())}
    seen = [Client().post(address, form) for _ in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in seen} == {(302, f"/mijn/v/{world.own.parts['key']}/")}
    assert (answers.count(), Placement.objects.filter(proposal_id=world.own.parts["proposal_id"]).count()) == (1, 0)
