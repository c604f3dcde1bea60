"""The pages on which numbers of the rules are seen, proposed, rehearsed, approved and withdrawn."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.journey.eligibility.cases import AT, ON, acting, make_organisation, make_programme, make_referral, make_user

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.models import RuleChange
from opstap.journey.eligibility.operations import propose_rule_change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """Desk and operations live on the day of the cases."""
    settings.FIXED_TODAY = ON


@pytest.fixture
def programme() -> Programme:
    """A programme with two instruments and three people."""
    made = make_programme()
    make_referral(made)
    make_referral(made, registered_since=date(2022, 8, 1))
    make_referral(made, work_limitation_right="vop", municipality="Brugge")
    return made


@pytest.fixture
def coordinator(programme: Programme) -> User:
    """Who proposes."""
    return make_user("coordinator", Role.COORDINATOR, programme=programme)


@pytest.fixture
def lead(programme: Programme) -> User:
    """Who approves."""
    return make_user("lead", Role.TEAM_LEAD, organisation=make_organisation("Glow", programme))


def browser(user: User) -> Client:
    """Return a browser in which the user is logged in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def form(**other: object) -> dict[str, object]:
    """Return the proposal that 12 months are enough from October on."""
    return {
        "value": "12",
        "effective_from": "2023-10-01",
        "source": "Besluit van de stuurgroep",
        "confidence": "M",
        "motivation": "Meer mensen sneller laten starten.",
        "once_key": str(uuid4()),
    } | other


def proposed(programme: Programme, by: User, value: int = 12) -> RuleChange:
    """Return a change that was proposed and not rehearsed."""
    return propose_rule_change(
        programme=programme,
        parameter="registered_months_minimum",
        value=value,
        effective_from=date(2023, 10, 1),
        source="Besluit",
        confidence="M",
        motivation="Meer mensen sneller laten starten.",
        by=acting(by),
        at=AT,
    )


def test_parameters_show_value_source_and_what_is_unconfirmed(coordinator: User) -> None:
    """Every number with its date and source; what is not confirmed says so."""
    page = browser(coordinator).get(reverse("coordinator:rules:parameters")).content.decode()
    assert "24 maanden" in page
    assert "te bevestigen" in page
    assert "welzijn.opwijk.be" in page
    assert "Oudenburg" in page
    assert page.count("Wijziging voorstellen") >= 5


def test_walk_from_proposal_to_approval(programme: Programme, coordinator: User, lead: User) -> None:
    """The coordinator proposes and sees whom it touches; the team lead sees the consequence and approves; the page says from when."""
    client = browser(coordinator)
    answer = client.post(reverse("coordinator:rules:propose", args=[programme.pk, "registered_months_minimum"]), form())
    change = RuleChange.objects.get()
    assert answer.headers["Location"] == reverse("coordinator:rules:change", args=[change.pk])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "mogen nu wel starten" in page
    assert "Je hebt dit zelf voorgesteld" in page
    assert "Ja, goedkeuren" not in page
    second = browser(lead)
    page = second.get(answer.headers["Location"]).content.decode()
    assert "Met de mensen van vandaag: 1 erbij om te starten" in page
    second.post(reverse("coordinator:rules:approve", args=[change.pk]), {"once_key": str(uuid4())})
    change.refresh_from_db()
    assert change.approved_by == lead
    page = second.get(reverse("coordinator:rules:parameters")).content.decode()
    assert "goedgekeurd, nog niet van kracht" in page
    assert "12 maanden" in page


def test_proposal_that_is_wrong_keeps_what_was_filled_in(programme: Programme, coordinator: User) -> None:
    """A day in the past and a missing reason are said in words; nothing is stored, nothing is lost."""
    address = reverse("coordinator:rules:propose", args=[programme.pk, "registered_months_minimum"])
    client = browser(coordinator)
    answer = client.post(address, form(effective_from="2023-08-01"))
    assert answer.status_code == 422
    assert "is voorbij" in answer.content.decode()
    assert "Besluit van de stuurgroep" in answer.content.decode()
    answer = client.post(address, form(value="veel", motivation=""))
    assert answer.status_code == 422
    assert RuleChange.objects.count() == 0


@pytest.mark.parametrize(
    ("parameter", "value", "stored"),
    [
        ("benefit_incomes", ["unemployment_benefit", "living_wage"], ["unemployment_benefit", "living_wage"]),
        ("region", "Oostende\n\n Bredene \nOostende", ["Oostende", "Bredene"]),
        ("imw_open", "no", False),
        ("registered_months_minimum", "", None),
    ],
)
def test_proposal_takes_the_kind_of_value_that_the_parameter_has(
    programme: Programme, coordinator: User, parameter: str, value: object, stored: object
) -> None:
    """Check boxes for codes, lines for names, yes or no, a number or none."""
    answer = browser(coordinator).post(reverse("coordinator:rules:propose", args=[programme.pk, parameter]), form(value=value))
    assert answer.status_code == 302
    assert RuleChange.objects.get().value == stored


def test_change_page_names_nobody_and_shows_no_health(programme: Programme, coordinator: User) -> None:
    """Examples are people without names; a condition about support says only that it is not shown."""
    client = browser(coordinator)
    address = reverse("coordinator:rules:propose", args=[programme.pk, "imw_open"])
    answer = client.post(address, form(value="no"), follow=True)
    page = answer.content.decode()
    assert "Test" not in page
    assert "recht op VOP" not in page
    referral_id = str(make_referral(programme).pk)
    assert referral_id not in page


def test_approving_an_outdated_rehearsal_is_said_on_the_page(programme: Programme, coordinator: User, lead: User) -> None:
    """The rules moved on: the page asks to rehearse again, and does it in one click."""
    first, second = proposed(programme, coordinator), proposed(programme, coordinator, value=18)
    client = browser(lead)
    for change in (first, second):
        client.post(reverse("coordinator:rules:rehearse", args=[change.pk]), {"once_key": str(uuid4())})
    client.post(reverse("coordinator:rules:approve", args=[first.pk]), {"once_key": str(uuid4())})
    answer = client.post(reverse("coordinator:rules:approve", args=[second.pk]), {"once_key": str(uuid4())})
    assert answer.status_code == 409
    assert "Draai opnieuw proef" in answer.content.decode()
    client.post(reverse("coordinator:rules:rehearse", args=[second.pk]), {"once_key": str(uuid4())})
    assert client.post(reverse("coordinator:rules:approve", args=[second.pk]), {"once_key": str(uuid4())}).status_code == 302


def test_withdrawing_takes_the_change_off_the_list(programme: Programme, coordinator: User) -> None:
    """It stays readable under earlier changes."""
    change = proposed(programme, coordinator)
    client = browser(coordinator)
    client.post(reverse("coordinator:rules:withdraw", args=[change.pk]), {"once_key": str(uuid4())})
    page = client.get(reverse("coordinator:rules:parameters")).content.decode()
    assert "Vroegere wijzigingen" in page
    assert "Wijzigingen in behandeling" not in page


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.HOST])
def test_others_find_nothing_here(programme: Programme, coordinator: User, role: Role) -> None:
    """Who has no say in the rules gets the page of what does not exist, for what exists and for what does not."""
    change = proposed(programme, coordinator)
    client = browser(make_user("other", role, organisation=make_organisation("Elders", programme)))
    addresses = [
        reverse("coordinator:rules:parameters"),
        reverse("coordinator:rules:parameters_of", args=[programme.pk]),
        reverse("coordinator:rules:propose", args=[programme.pk, "region"]),
        reverse("coordinator:rules:change", args=[change.pk]),
        reverse("coordinator:rules:change", args=[uuid4()]),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 5
    for name in ("approve", "rehearse", "withdraw"):
        assert client.post(reverse(f"coordinator:rules:{name}", args=[change.pk]), {"once_key": str(uuid4())}).status_code == 404
    change.refresh_from_db()
    assert (change.rehearsed_at, change.approved_at, change.withdrawn_at) == (None, None, None)


def test_only_coordinators_get_the_form(programme: Programme, lead: User) -> None:
    """A team lead and an administrator read and approve; they do not propose."""
    for user in (lead, make_user("administrator", Role.ADMINISTRATOR)):
        client = browser(user)
        assert client.get(reverse("coordinator:rules:parameters")).status_code == 200
        assert client.get(reverse("coordinator:rules:propose", args=[programme.pk, "region"])).status_code == 404


def test_without_login_the_pages_ask_for_one() -> None:
    """Who is not logged in is led to the login."""
    assert Client().get(reverse("coordinator:rules:parameters")).status_code == 302


def test_parameters_take_the_same_statements_for_many_changes(
    programme: Programme, coordinator: User, django_assert_max_num_queries: object
) -> None:
    """One change or eight: at most twelve statements."""
    for months in range(10, 18):
        proposed(programme, coordinator, value=months)
    client = browser(coordinator)
    client.get(reverse("coordinator:rules:parameters"))
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture of pytest-django
        assert client.get(reverse("coordinator:rules:parameters")).status_code == 200
