"""A programme with a coordinator, a place and a round, and a browser for whoever is logged in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.journey.eligibility.cases import make_user
from tests.journey.matching.rounds import make_host, make_place, make_ready, make_round_programme, run

from opstap.foundation.access.models import User
from opstap.foundation.actor import Role
from opstap.foundation.programmes.models import Programme
from opstap.journey.matching.models import MatchRound, Proposal
from opstap.journey.places.models import Place


@dataclass(frozen=True)
class Scene:
    """A programme after a round: one seat, proposed to one of two people, and a second place that asks too much Dutch."""

    programme: Programme
    coordinator: User
    place: Place
    hard: Place
    round: MatchRound
    proposal: Proposal


def make_scene() -> Scene:
    """Return the scene."""
    programme = make_round_programme()
    host = make_host()
    place, hard = make_place(programme, host), make_place(programme, host, "receptionist", dutch_level="B2")
    make_ready(programme)
    make_ready(programme)
    match_round = run(programme)
    coordinator = make_user("coordinator", Role.COORDINATOR, programme=programme)
    return Scene(programme, coordinator, place, hard, match_round, Proposal.objects.get(round=match_round))


def browser(user: User) -> Client:
    """Return a browser in which the user is logged in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def addresses(scene: Scene) -> list[str]:
    """Return every page of the desk that can be opened."""
    round_pages = ("round", "not_placed", "empty_places", "prices", "round_changes", "send")
    return [
        *(reverse(f"coordinator:{name}") for name in ("home", "funnel", "waiting", "find", "rounds", "order", "what_if")),
        *(reverse(f"coordinator:{name}", args=[scene.round.pk]) for name in round_pages),
        *(reverse(f"coordinator:{name}", args=[scene.place.pk]) for name in ("place", "change_place")),
        reverse("coordinator:proposal", args=[scene.proposal.pk]),
    ]


def doings(scene: Scene) -> list[str]:
    """Return every address of the desk that changes something or takes a list out."""
    return [
        *(reverse(f"coordinator:{name}") for name in ("start_round", "export_waiting", "order")),
        *(reverse(f"coordinator:{name}", args=[scene.place.pk]) for name in ("hold", "pause", "resume", "confirm", "change_place")),
        *(reverse(f"coordinator:{name}", args=[scene.proposal.pk]) for name in ("decline", "pin", "forbid", "stop_asking")),
        *(reverse(f"coordinator:{name}", args=[scene.round.pk]) for name in ("send", "export_round")),
    ]


def once(**given: object) -> dict[str, object]:
    """Return what a form posts, with its key."""
    return {"once_key": str(uuid4()), **given}


def text_of(client: Client, address: str) -> str:
    """Return a page as text; the page must be there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client: Client, address: str) -> int:
    """Return how many queries a page asks once everything is warm."""
    text_of(client, address)
    with CaptureQueriesContext(connection) as asked:
        text_of(client, address)
    return len(asked)
