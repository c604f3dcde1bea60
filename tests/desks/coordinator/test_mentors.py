"""Mentors at the coordinator's desk: a training from offer to certificate, the register and the audit file of the package."""

from __future__ import annotations

import hashlib
import io
import zipfile
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings
from tests.desks.host.test_floor import browser
from tests.journey.attendance.conftest import floor  # noqa: F401 - the fixture
from tests.journey.attendance.floor import START, Floor
from tests.journey.mentoring.cases import attended

from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.organisations.models import Mentor
from opstap.journey.mentoring.models import Certificate, TrainingSession

pytestmark = pytest.mark.django_db
HOME = "/coordinatie/mentoren/"


@pytest.fixture(autouse=True)
def on_the_day(settings: Settings) -> None:
    """Let it be the first Monday."""
    settings.FIXED_TODAY = START


def send(client: Client, address: str, **given: object) -> int:
    """Send a form, and return the status of the answer."""
    return client.post(f"{HOME}{address}", {"once_key": str(uuid4()), **given}).status_code


def test_training_is_offered_and_filled(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The form offers a training in local time; ticked mentors get a seat."""
    coordinator = browser(floor.coordinator)
    given = {
        "title": "Opleiding",
        "topics": ["plan", "feedback"],
        "on": "2023-09-18",
        "starts": "09:00",
        "ends": "16:30",
        "where": "Stadhuis",
    }
    assert send(coordinator, "opleidingen/nieuw/", **given, places=2) == 302
    session = TrainingSession.objects.get()
    assert (session.topics, session.starts_at.isoformat()) == (["plan", "feedback"], "2023-09-18T07:00:00+00:00")
    assert send(coordinator, f"opleidingen/{session.pk}/inschrijven/", mentor=[floor.guide.pk]) == 302
    assert list(session.enrolments.values_list("mentor", "state")) == [(floor.guide.pk, "enrolled")]


def test_certificates_are_given_to_who_was_there(floor: Floor) -> None:  # noqa: F811 - the fixture
    """One tap notes who was there, one click gives everybody who was their certificate, dated today."""
    Mentor.objects.filter(pk=floor.guide.pk).update(certified_on=None)
    seat, coordinator = attended(floor), browser(floor.coordinator)
    answers = [send(coordinator, f"opleidingen/aanwezig/{seat.pk}/{answer}/") for answer in ("nee", "ja")]
    seat.refresh_from_db()
    assert (answers, seat.state) == ([302, 302], "attended")
    assert send(coordinator, f"opleidingen/{seat.session_id}/attesten/") == 302
    assert list(Certificate.objects.values_list("mentor", "issued_on")) == [(floor.guide.pk, START)]
    assert Mentor.objects.get(pk=floor.guide.pk).certified_on == START


def test_certificate_from_elsewhere_needs_its_source(floor: Floor) -> None:  # noqa: F811 - the fixture
    """Without where it was earned the form comes back; with it the mentor's certificate has an end."""
    coordinator, address = browser(floor.coordinator), f"{floor.guide.pk}/attest/"
    given = {"issued_on": "2023-01-10", "expires_on": "2025-01-10"}
    assert [send(coordinator, address, **given), send(coordinator, address, **given, source="Syntra")] == [422, 302]
    assert list(Certificate.objects.values_list("number", "source")) == [("M2023-0001", "Syntra")]


def test_register_leaves_as_a_workbook_and_is_kept(floor: Floor) -> None:  # noqa: F811 - the fixture
    """The workbook holds a row per mentor, and the log that it was taken."""
    answer = browser(floor.coordinator).post(f"{HOME}attesten/bestand/")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows][-1] == "Mia Mentor"
    entry = AuditEntry.objects.get(action="export_certificates")
    assert (entry.subject_id, entry.facts) == (str(floor.programme.pk), {"rows": 1})


def test_audit_file_holds_every_place_and_its_digest_is_kept(floor: Floor) -> None:  # noqa: F811 - the fixture
    """One archive: overview, register, a fact sheet for every place; the log keeps the digest of exactly these bytes."""
    floor.learner()
    answer = browser(floor.coordinator).post(f"{HOME}pakket/dossier/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names, heads = archive.namelist(), [archive.read(name)[:4] for name in archive.namelist()]
    sheet = f"infofiches/01-{floor.host.name.lower().replace(' ', '-')}-groenwerker.pdf"
    assert (names, heads) == (["00-overzicht.pdf", "01-register.xlsx", sheet], [b"%PDF", b"PK\x03\x04", b"%PDF"])
    digest = hashlib.sha256(answer.content).hexdigest()
    assert AuditEntry.objects.get(action="export_package").facts == {"digest": digest, "places": 1}


def test_host_takes_no_audit_file(floor: Floor) -> None:  # noqa: F811 - the fixture
    """For who does not coordinate the package is not there, and nothing is kept of the try."""
    assert (send(browser(floor.contact), "pakket/dossier/"), AuditEntry.objects.filter(action="export_package").count()) == (404, 0)
