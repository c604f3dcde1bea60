"""The auditor's pages: who looked, what changed, and decisions made again byte for byte."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.journey.eligibility.cases import AT, ON, acting, make_organisation, make_programme, make_referral, make_user

from opstap.engine.shared import Refused
from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.audit.models import AuditEntry
from opstap.foundation.audit.operations import open_log, record
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.models import Decision
from opstap.journey.eligibility.operations import decide_all, propose_rule_change
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.operations import open_case_file
from opstap.ui.words_privacy import ACTIONS, action_words, role_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """Desk and operations live on the day of the cases."""
    settings.FIXED_TODAY = ON


@pytest.fixture
def programme() -> Programme:
    """A programme with two instruments."""
    return make_programme()


@pytest.fixture
def counsellor(programme: Programme) -> User:
    """Who follows the person."""
    return make_user("Els", Role.COUNSELLOR, organisation=make_organisation("Glow", programme))


@pytest.fixture
def referral(programme: Programme, counsellor: User) -> Referral:
    """Somebody with health facts, decided on, whose file was read twice on one day for one purpose."""
    made = make_referral(programme, counsellor=counsellor, work_limitation_right="imw_5", client_number="70001")
    actor = acting(counsellor).for_purpose("voorbereiding gesprek")
    decide_all(referral=made, on=ON, by=actor, at=AT)
    for _ in range(2):
        open_case_file(referral=made, by=actor, at=AT)
    return made


@pytest.fixture
def auditor() -> Client:
    """A browser in which an auditor is logged in."""
    return browser(make_user("auditor", Role.AUDITOR))


def browser(user: User) -> Client:
    """Return a browser in which the user is logged in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_home_shows_the_log_with_who_and_why(auditor: Client, referral: Referral) -> None:
    """Who, in which role, what, about whom, for which purpose."""
    page = auditor.get(reverse("privacy:home")).content.decode()
    assert page.count("dossier gelezen") == 3  # two rows and the choice in the filter
    assert "voorbereiding gesprek" in page
    assert reverse("privacy:person", args=[referral.person_id]) in page


def test_home_filters_by_reader_and_action(auditor: Client, referral: Referral) -> None:
    """Only the rows that fit; a search without result says so."""
    page = auditor.get(reverse("privacy:home"), {"who": "els", "action": "decide"})
    assert [entry.action for entry, _, _ in page.context["entries"]] == ["decide"]
    assert page.context["entries"][0][0].person_id == referral.person_id
    nothing = auditor.get(reverse("privacy:home"), {"who": "niemand met deze naam"})
    assert "Niets gevonden" in nothing.content.decode()


@pytest.mark.parametrize("text", ["test", "70001"])
def test_home_finds_a_person_by_name_or_number(auditor: Client, referral: Referral, text: str) -> None:
    """The search leads to the person's log."""
    found = auditor.get(reverse("privacy:home"), {"q": text}).context["found"]
    assert [person.id for person in found] == [referral.person_id]


@pytest.mark.parametrize("before", ["abc", "-1", "99999999999999999999"])
def test_home_takes_a_wrong_page_for_the_first(auditor: Client, referral: Referral, before: str) -> None:
    """An address that was typed over never breaks the page."""
    for address in (reverse("privacy:home"), reverse("privacy:person", args=[referral.person_id])):
        page = auditor.get(address, {"before": before})
        assert page.status_code == 200
        assert len(page.context["entries"]) > 0


def test_home_pages_through_a_long_log(auditor: Client, referral: Referral, counsellor: User) -> None:
    """Fifty a page; the next page goes on where the last ended, without a gap and without a repetition."""
    for number in range(60):
        record(by=acting(counsellor), at=AT, action="contact", subject_kind="referral", subject_id=number, person_id=referral.person_id)
    first = auditor.get(reverse("privacy:home"))
    second = auditor.get(reverse("privacy:home") + first.context["older_url"])
    ids = [entry.pk for page in (first, second) for entry, _, _ in page.context["entries"]]
    assert len(first.context["entries"]) == 50
    assert ids == sorted(AuditEntry.objects.values_list("pk", flat=True), reverse=True)


def test_person_page_shows_readers_and_is_itself_recorded(auditor: Client, referral: Referral) -> None:
    """Reads of one day by one reader are one line; looking here is a row too; no health word is on the page."""
    page = auditor.get(reverse("privacy:person", args=[referral.person_id]))
    (reader,) = page.context["person"].readers
    assert (reader.name, reader.purpose, reader.times, reader.organisation) == ("Els", "voorbereiding gesprek", 2, "Glow")
    assert AuditEntry.objects.filter(action="read_audit_log", person_id=referral.person_id).count() == 1
    assert "imw_5" not in page.content.decode()
    assert "IMW voor 5 jaar" not in page.content.decode()


def test_replay_says_that_every_byte_is_the_same(auditor: Client, referral: Referral) -> None:
    """One click; the page then shows when it was replayed and with which outcome."""
    decision = Decision.objects.filter(referral=referral).first()
    assert decision is not None
    address = reverse("privacy:replay", args=[referral.person_id, decision.pk])
    page = auditor.post(address, {"once_key": str(uuid4())}, follow=True).content.decode()
    assert "elk teken is gelijk" in page
    assert AuditEntry.objects.get(action="replay_decision").facts == {"is_identical": True}


def test_replay_of_somebody_elses_decision_is_not_found(auditor: Client, referral: Referral, programme: Programme) -> None:
    """The decision must be about the person of the page."""
    other = make_referral(programme)
    decision = Decision.objects.filter(referral=referral).first()
    assert decision is not None
    assert auditor.post(reverse("privacy:replay", args=[other.person_id, decision.pk])).status_code == 404
    assert auditor.post(reverse("privacy:replay", args=[uuid4(), decision.pk])).status_code == 404


def test_rules_page_lists_changes_of_all_programmes(auditor: Client, programme: Programme) -> None:
    """What, from when, who proposed, not yet approved."""
    coordinator = make_user("Sofie", Role.COORDINATOR, programme=programme)
    wanted = {"parameter": "registered_months_minimum", "value": 12, "source": "Besluit", "confidence": "M"}
    propose_rule_change(
        programme=programme, effective_from=ON, motivation="Meer mensen sneller laten starten.", by=acting(coordinator), at=AT, **wanted
    )
    page = auditor.get(reverse("privacy:rules")).content.decode()
    assert "Sofie, 1 september 2023" in page
    assert "Meer mensen sneller laten starten." in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.AUDITOR])
def test_others_find_nothing_here(programme: Programme, referral: Referral, role: Role) -> None:
    """Everybody else, the own counsellor too, gets the page of what does not exist, and leaves no row."""
    organisation = make_organisation("Elders", programme)
    user = make_user("other", role, organisation=organisation, programme=programme)
    client = browser(user)
    decision = Decision.objects.filter(referral=referral).first()
    assert decision is not None
    rows = AuditEntry.objects.count()
    addresses = [reverse("privacy:home"), reverse("privacy:rules"), reverse("privacy:person", args=[referral.person_id])]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert client.post(reverse("privacy:replay", args=[referral.person_id, decision.pk])).status_code == 404
    with pytest.raises(Refused):
        open_log(person_id=referral.person_id, by=acting(user), at=AT)
    assert AuditEntry.objects.count() == rows


def test_person_page_takes_the_same_statements_for_a_long_history(auditor: Client, referral: Referral, counsellor: User) -> None:
    """Two decisions or forty, two reads or many: the number of statements does not grow."""
    address = reverse("privacy:person", args=[referral.person_id])

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            auditor.get(address)
        return len(captured)

    statements()
    few = statements()
    for day in range(1, 20):
        decide_all(referral=referral, on=ON.replace(day=day), by=acting(counsellor), at=AT)
        open_case_file(referral=referral, by=acting(counsellor).for_purpose(f"dag {day}"), at=AT)
    assert statements() == few


def test_every_action_has_dutch_words() -> None:
    """No action with words is shown in English; one without words is shown by its code."""
    assert [code for code, english in ACTIONS.items() if action_words(code) == english] == []
    assert action_words("water_plants") == "water plants"
    assert role_words("counsellor, team_lead") == "trajectbegeleider, teamleider"
    assert role_words("system") == "het systeem"
