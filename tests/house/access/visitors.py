"""Everybody who can come by, each with a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.test import Client
from tests.house.access.world import STAFF, Side, make_former, make_side

from opstap.foundation.access.models import User
from opstap.foundation.programmes.models import Programme

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
VISITORS = (*STAFF, "nobody", "former", "anonymous")
"""Who asks: those with a role, somebody with an account only, somebody whose roles ended, and somebody who is not logged in."""


@dataclass(frozen=True)
class World:
    """The own side, the other side, and a browser for each visitor of the own side."""

    own: Side
    other: Side
    browsers: dict[str, Client]


def browser(user: User | None) -> Client:
    """Return a browser in which the user is logged in, or nobody; a server error is an answer to look at, not an exception."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


def make_world() -> World:
    """Build both sides and let everybody of the own side log in."""
    other = make_side("elders", canary=True)
    own = make_side("hier", canary=True)
    Programme.objects.exclude(pk=own.programme.pk).update(starts_on=date(2023, 3, 1))  # the public pages show the latest programme
    nobody = User.objects.create_user("nobody@example.be", name="Niemand")
    people: dict[str, User | None] = {**own.staff, "nobody": nobody, "former": make_former(own), "anonymous": None}
    return World(own, other, {who: browser(user) for who, user in people.items()})
