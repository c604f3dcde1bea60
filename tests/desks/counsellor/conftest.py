"""A team with two counsellors and a lead, another team, and a place: the desk on the day of the cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.journey.eligibility.cases import ON, make_organisation, make_user
from tests.journey.matching.rounds import make_host, make_place, make_ready, make_round_programme

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.organisations.models import Organisation
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Place
from opstap.journey.referrals.models import Referral

Browser = Callable[[User], Client]


@dataclass(frozen=True)
class World:
    """The people of the desk: `an` follows `referral`, `bob` is her colleague, `lead` leads both, `stranger` works elsewhere."""

    programme: Programme
    team: Organisation
    an: User
    bob: User
    lead: User
    stranger: User
    referral: Referral
    place: Place

    def ready(self, **facts: object) -> Referral:
        """Return somebody else whom An follows and who may start, changed by the facts given."""
        return make_ready(self.programme, **({"counsellor": self.an, "organisation": self.team} | facts))


@pytest.fixture(autouse=True)
def stand_still(settings: Settings) -> None:
    """Desk and operations live on the day of the cases."""
    settings.FIXED_TODAY = ON


@pytest.fixture
def world() -> World:
    """Two teams, one person who may start, one place."""
    programme = make_round_programme()
    team, other = make_organisation("Glow", programme), make_organisation("Elders", programme)
    an = make_user("an", Role.COUNSELLOR, organisation=team)
    return World(
        programme=programme,
        team=team,
        an=an,
        bob=make_user("bob", Role.COUNSELLOR, organisation=team),
        lead=make_user("lead", Role.TEAM_LEAD, organisation=team),
        stranger=make_user("stranger", Role.COUNSELLOR, organisation=other),
        referral=make_ready(programme, counsellor=an, organisation=team),
        place=make_place(programme, make_host()),
    )


@pytest.fixture
def browser() -> Browser:
    """Open a browser in which a user is logged in."""

    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return opened
