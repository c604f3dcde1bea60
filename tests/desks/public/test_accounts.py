"""The way in: by password, by a code by e-mail, by one click in the demonstration, and nowhere without a role."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client, override_settings
from tests.journey.eligibility.cases import make_organisation, make_user

from opstap.desks.public.accounts.views import one_click_logins
from opstap.foundation.access.models import User
from opstap.foundation.actor import Role

pytestmark = pytest.mark.django_db


def test_login_with_a_password() -> None:
    """The right password leads on; a wrong one says so without saying whether the address is known."""
    User.objects.create_user("an@example.be", "een-lang-wachtwoord", name="An")
    client = Client()
    wrong = client.post("/account/login/", {"login": "an@example.be", "password": "verkeerd-wachtwoord"})
    unknown = client.post("/account/login/", {"login": "nobody@example.be", "password": "verkeerd-wachtwoord"})
    assert (wrong.status_code, unknown.status_code) == (200, 200)
    right = client.post("/account/login/", {"login": "an@example.be", "password": "een-lang-wachtwoord"})
    assert right["Location"] == "/mijn-dag/"


def test_login_with_a_code_by_email() -> None:
    """Somebody without a password logs in with the code that was mailed."""
    User.objects.create_user("an@example.be", name="An")
    client = Client()
    assert client.post("/account/login/code/", {"email": "an@example.be"})["Location"] == "/account/login/code/confirm/"
    message = mail.outbox[0]
    assert message.subject == "Je code om aan te melden"
    code = re.search(r"^([A-Z0-9-]{6,})$", str(message.body), re.MULTILINE)
    assert code is not None
    assert client.post("/account/login/code/confirm/", {"code": code[1]})["Location"] == "/mijn-dag/"


def test_login_code_for_an_unknown_address_looks_the_same() -> None:
    """Nobody learns from the page whether an address is known."""
    answer = Client().post("/account/login/code/", {"email": "nobody@example.be"})
    assert answer["Location"] == "/account/login/code/confirm/"


def test_sign_up_is_closed() -> None:
    """Accounts are made by invitation."""
    Client().post("/account/signup/", {"email": "new@example.be", "password1": "een-lang-wachtwoord"})
    assert User.objects.count() == 0


@override_settings(DEMO_LOGINS=True)
def test_demo_login_logs_in_with_one_click() -> None:
    """In the demonstration a role is one click away; an unknown role is not there."""
    make_user("lead", Role.TEAM_LEAD, organisation=make_organisation("Partner"))
    client = Client()
    assert client.get("/demo-login/team_lead/")["Location"] == "/mijn-dag/"
    assert client.get("/demo-login/auditor/").status_code == 404


@override_settings(DEMO_LOGINS=True)
def test_demo_login_has_two_where_one_approves_what_the_other_proposed() -> None:
    """Two planners, each by an own address; there is no third, and no second administrator."""
    partner = make_organisation("Partner")
    for name in ("c", "a", "b"):
        make_user(name, Role.PLANNER, organisation=partner)
    make_user("lead", Role.TEAM_LEAD, organisation=partner)
    make_user("lead2", Role.TEAM_LEAD, organisation=partner)
    paths = ("planner/", "planner/2/", "planner/3/", "team_lead/2/")
    assert ([one.name for one in one_click_logins()], [Client().get(f"/demo-login/{path}").status_code for path in paths]) == (
        ["lead", "a", "b"], [302, 302, 404, 404],
    )  # fmt: skip


@override_settings(DEMO_LOGINS=False)
def test_demo_login_does_not_exist_outside_the_demonstration() -> None:
    """Neither the list nor the login is there."""
    make_user("lead", Role.TEAM_LEAD, organisation=make_organisation("Partner"))
    assert Client().get("/demo-login/").status_code == 404
    assert Client().get("/demo-login/team_lead/").status_code == 404


def test_my_day_without_a_role_says_whom_to_ask() -> None:
    """Somebody without a role lands on a page that says what to do."""
    client = Client()
    client.force_login(User.objects.create_user("an@example.be", name="An"))
    answer = client.get("/mijn-dag/")
    assert (answer.status_code, "geen rol" in answer.content.decode()) == (200, True)


def test_health_answers() -> None:
    """The address that a monitor asks."""
    assert Client().get("/gezond/").content == b"ok"
