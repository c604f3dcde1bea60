"""What few may see stays with them: in pages, files, mails, sessions, logs and the database."""

from __future__ import annotations

import io
import logging
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from tests.house.access.addresses import filled
from tests.house.access.canary import NATIONAL_NUMBER, REMARK, benefit_words, leaks, sealed_words
from tests.house.access.pages import Seen, pages
from tests.house.access.table import TABLE
from tests.house.access.visitors import World

from opstap.desks.host.jobs import tell_host
from opstap.desks.jobseeker.jobs import tell_person
from opstap.foundation.audit.models import AuditEntry

OF_THE_FILE = ("counsellor:", "jobseeker:decisions")
"""Pages of who follows the person, and the person's own page about the decision."""
ABOUT_RULES = ("coordinator:rules:", "privacy:rules", "public:privacy", "public:how", "gallery")
"""Pages that name rights and benefits as such, of nobody."""
FILES = ("coordinator:export_waiting", "coordinator:export_round")


def may_tell(page: Seen) -> bool:
    """Whether the page is within the case file, or about the rules and nobody in particular."""
    return page.row.name.startswith((*OF_THE_FILE, *ABOUT_RULES))


def test_sealed_facts_reach_no_page_outside_the_file(seen: list[Seen]) -> None:
    """Coordinator, host, administrator, auditor and strangers never meet number, remarks, limits, rights or advice."""
    found = {str(page): leaks(page.text, sealed_words()) for page in seen if page.is_html and not may_tell(page)}
    assert ({name: words for name, words in found.items() if words}, len(found) > 60) == ({}, True)


def test_the_file_does_show_them(seen: list[Seen]) -> None:
    """The counsellor sees them, so that the test above looks for what is really there."""
    text = "".join(page.text for page in seen if page.is_html and page.who == "counsellor" and page.row.name == "counsellor:case_file")
    assert {"right to support", "advice"} <= set(leaks(text, sealed_words()))


def test_colleague_meets_nothing_of_the_person(seen: list[Seen]) -> None:
    """Another counsellor of the same organisation sees no page with the person's sealed facts."""
    found = {
        str(page): leaks(page.text, sealed_words())
        for page in seen
        if page.is_html and page.who == "colleague" and not page.row.name.startswith(ABOUT_RULES)
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_host_and_public_pages_do_not_tell_of_benefits(seen: list[Seen]) -> None:
    """What somebody lives on is nothing for the work floor."""
    words = sealed_words() | benefit_words()
    found = {
        str(page): leaks(page.text, words)
        for page in seen
        if page.is_html and page.row.name.startswith(("host:", "public:home", "public:place", "jobseeker:offer", "jobseeker:places"))
    }
    assert ({name: told for name, told in found.items() if told}, len(found) > 10) == ({}, True)


@pytest.mark.parametrize("name", FILES)
def test_files_for_coordinators_tell_nothing_sealed(world: World, name: str) -> None:
    """A file that leaves the house holds no more than the page it stands under."""
    row = next(row for row in TABLE if row.name == name)
    answer = world.browsers["coordinator"].post(filled(row, world.own))
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert leaks(_text(data), sealed_words()) == []


def _text(data: bytes) -> str:
    """Return all that stands in a file: of a workbook its parts."""
    if not data.startswith(b"PK"):
        return data.decode()
    with ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(name).decode(errors="replace") for name in book.namelist())


def test_mails_tell_nothing_sealed(world: World) -> None:
    """Person and host get a mail with a link, and nothing of health or benefit."""
    tell_person(proposal_id=str(world.own.parts["proposal_id"]))
    tell_host(proposal_id=str(world.own.parts["proposal_id"]))
    texts = [f"{message.subject}\n{message.body}\n{message.alternatives}" for message in mail.outbox]
    assert ([leaks(text, sealed_words() | benefit_words()) for text in texts]) == [[], []]


def test_logs_and_sessions_tell_nothing_sealed(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """After everybody opened everything, neither the log nor any session holds a sealed fact, a name or an address of a link's owner."""
    with caplog.at_level(logging.INFO):
        assert len(list(pages(world, everybody=False))) > 50
    last_name = world.own.referral.person.last_name
    words = sealed_words() | benefit_words() | {"name": last_name}
    assert leaks(caplog.text, words) == []
    assert [leaks(str(session.get_decoded()), words) for session in Session.objects.all()] == [[]] * Session.objects.count()


def test_log_of_reads_holds_ids_and_codes_only(world: World) -> None:
    """What is kept about who did what repeats nothing of the file, since it outlives the file."""
    list(pages(world, everybody=False))
    words = sealed_words() | benefit_words() | {"name": world.own.referral.person.last_name}
    assert [
        leaks(f"{entry.facts} {entry.purpose}", words)
        for entry in AuditEntry.objects.all()
        if leaks(f"{entry.facts} {entry.purpose}", words)
    ] == []


def test_database_holds_sealed_facts_in_no_readable_form(world: World) -> None:
    """Not one row of any table has the national number or the remarks in it as text."""
    assert world.own.referral.person.national_number == NATIONAL_NUMBER
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT count(*) FROM {table} AS t WHERE t::text ~* %s", [f"{NATIONAL_NUMBER}|{REMARK}"])  # noqa: S608 - the name of our own table
            if cursor.fetchone()[0]:
                found.append(model._meta.label)
    assert found == []


def test_error_pages_tell_nothing(world: World) -> None:
    """Somebody who types another person's address learns nothing from the refusal."""
    address = f"/begeleiding/dossier/{world.other.referral.pk}/"
    for client in (*world.browsers.values(), Client()):
        text = client.get(address).content.decode()
        assert leaks(text, sealed_words() | {"name": world.other.referral.person.last_name}) == []
