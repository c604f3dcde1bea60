"""Every address, everybody, and what is one's own, somebody else's or not there at all."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.house.access.addresses import KEYS, addresses, filled, ids_of, needs_key, nowhere
from tests.house.access.table import ANYBODY, TABLE, Row
from tests.house.access.visitors import VISITORS, World
from tests.house.access.world import end_links

HERE = [row for row in TABLE if row.name in addresses()]
"""A row of an address that is gone fails in one test, not in all of them."""
CLOSED = [row for row in HERE if not row.is_public]
WITH_ID = [row for row in CLOSED if ids_of(row)]
WITH_FORM = [row for row in CLOSED if row.post]
BOTH_KINDS = {("host:link", "place_token"), ("host:link_visits", "host_token"), ("host:link_close_slot", "host_token")}
"""The host's page shows a proposal or a place, whichever the link was made for, and so do the moments for visits there."""
DONE = frozenset({200, 302, 303, 409, 422})
CHANGING = re.compile(rb'(csrfmiddlewaretoken" value="|once_key" value="|nonce=")[^"]*')


def named(row: Row) -> str:
    """Return the name under which the row's tests are listed."""
    return row.name


def verdict(response: HttpResponse) -> str:
    """Return what an answer means: open, login, absent (also when only another method is), or the bare status of anything else."""
    location = response.headers.get("Location", "")
    if response.status_code in (301, 302) and location.startswith("/account/login"):
        return "login"
    if response.status_code in DONE:
        return "open"
    return "absent" if response.status_code in (404, 405) else str(response.status_code)


def expected(row: Row, allowed: str) -> dict[str, str]:
    """Return what each visitor must meet at the row, when these may."""
    if allowed == ANYBODY:
        return dict.fromkeys(VISITORS, "open")
    verdicts = {who: "open" if who in allowed.split() else "absent" for who in VISITORS}
    return verdicts | ({"anonymous": "login"} if not row.is_public and (row.get or row.post) else {})


def within(allowed: str, row: Row) -> str:
    """Return who of the allowed reaches the things of other programmes too."""
    return " ".join(who for who in allowed.split() if who in row.everywhere.split())


def send(client: Client, row: Row, address: str, ids: dict[str, object]) -> HttpResponse:
    """Post the row's form, mostly empty, with its key."""
    return client.post(address, {"once_key": str(uuid4())} | {name: str(ids[thing]) for name, thing in row.body.items()})


def rows_in_database() -> dict[str, int]:
    """Return how many rows each of our tables has."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("opstap.")]
    return {model._meta.label: model._default_manager.count() for model in ours}


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    """Nothing is open or closed by accident: who adds a page says here whose it is."""
    names, rows = sorted(addresses()), sorted(row.name for row in TABLE)
    assert ([name for name in names if name not in rows], [name for name in rows if name not in names]) == ([], [])
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("row", HERE, ids=named)
def test_page_opens_for_whom_it_is_meant(world: World, row: Row) -> None:
    """On the own side the page opens for those in the table and is not there for anybody else."""
    address = filled(row, world.own)
    seen = {who: verdict(client.get(address)) for who, client in world.browsers.items()}
    assert seen == expected(row, row.get)


@pytest.mark.parametrize("row", WITH_ID, ids=named)
def test_things_of_others_are_not_there(world: World, row: Row) -> None:
    """What belongs to another programme, organisation or caseload is absent, also for somebody with the right role here."""
    address = filled(row, world.other)
    seen = {who: verdict(client.get(address)) for who, client in world.browsers.items()}
    assert seen == expected(row, within(row.get, row))


@pytest.mark.parametrize("row", WITH_ID, ids=named)
def test_denied_looks_like_absent(world: World, row: Row) -> None:
    """Something of others and something that never was give the same status, headers and body, to everybody."""
    absent, denied = filled(row, world.own, **nowhere(row)), filled(row, world.other)
    reach = row.everywhere.split()
    for who, client in world.browsers.items():
        if who not in reach:
            assert trace(client.get(denied), denied) == trace(client.get(absent), absent), who
            answers = [trace(send(client, row, address, world.other.ids), address) for address in (denied, absent)]
            assert answers[0] == answers[1], who


def trace(response: HttpResponse, address: str) -> tuple[int, dict[str, str], bytes]:
    """Return all that an answer shows, without its own address and without what differs in every answer."""
    headers = {name: value.replace(address, "") for name, value in response.headers.items() if name not in ("Content-Length", "Set-Cookie")}
    return response.status_code, headers, CHANGING.sub(b"", response.content.replace(address.encode(), b""))


@pytest.mark.parametrize("row", [row for row in HERE if len(ids_of(row)) + needs_key(row) > 1], ids=named)
def test_own_thing_does_not_open_what_is_of_others(world: World, row: Row) -> None:
    """An address that names two things opens only when both belong together and are one's own; a key opens nothing else."""
    for blank in ids_of(row):
        address = filled(row, world.own, **{blank: world.other.ids[blank]})
        for client in world.browsers.values():
            assert verdict(client.get(address)) in ("absent", "login"), blank
            assert verdict(send(client, row, address, world.own.ids)) in ("absent", "login"), blank


@pytest.mark.parametrize("row", [row for row in HERE if row.is_public and ids_of(row)], ids=named)
def test_public_page_of_nothing_is_absent(world: World, row: Row) -> None:
    """What never was is absent on a public page too."""
    address = filled(row, world.own, **nowhere(row))
    assert {verdict(client.get(address)) for client in world.browsers.values()} == {"absent"}


@pytest.mark.parametrize("row", [row for row in HERE if needs_key(row)], ids=named)
def test_key_opens_one_thing_only(world: World, row: Row) -> None:
    """A key of another kind, a made-up one and an ended one open nothing, also not for somebody who is logged in."""
    blank = next(iter(KEYS & set(addresses()[row.name].blanks)))
    right = filled(row, world.own).split("/")[3]
    end_links(world.other)
    kinds = ["person_token", "host_token", "place_token"]
    wrong = [world.own.parts[kind] for kind in kinds if world.own.parts[kind] != right and (row.name, kind) not in BOTH_KINDS]
    for key in [*wrong, "verzonnen", *(world.other.parts[kind] for kind in kinds)]:
        address = filled(row, world.own, **{blank: key})
        for who in ("anonymous", "coordinator", "host"):
            client = world.browsers[who]
            assert {verdict(client.get(address)), verdict(send(client, row, address, world.own.ids))} <= {"absent", "410"}, key


@pytest.mark.parametrize("row", HERE, ids=named)
def test_form_is_not_taken_from_others(world: World, row: Row) -> None:
    """Who is not in the table meets nothing when sending the form, and then nothing is changed."""
    address = filled(row, world.own)
    before = rows_in_database()
    denied = [who for who in VISITORS if who not in row.post.split() and row.post != ANYBODY]
    seen = {who: verdict(send(world.browsers[who], row, address, world.own.ids)) for who in denied}
    assert seen == {who: expected(row, row.post)[who] for who in denied}
    assert rows_in_database() == before


@pytest.mark.parametrize("row", WITH_FORM, ids=named)
def test_form_reaches_those_it_is_meant_for(world: World, row: Row) -> None:
    """A form of somebody who may send it is done, refused or shown again with what is wrong: never absent, never an error."""
    address = filled(row, world.own)
    seen = {}
    for who in row.post.split():
        with transaction.atomic():
            seen[who] = verdict(send(world.browsers[who], row, address, world.own.ids))
            transaction.set_rollback(True)
    assert seen == dict.fromkeys(row.post.split(), "open")


@pytest.mark.parametrize("row", [row for row in WITH_FORM if ids_of(row)], ids=named)
def test_form_changes_nothing_of_others(world: World, row: Row) -> None:
    """A form sent to something of another programme meets nothing and changes nothing."""
    address = filled(row, world.other)
    reach = within(row.post, row).split()
    before = rows_in_database()
    seen = {who: verdict(send(client, row, address, world.other.ids)) for who, client in world.browsers.items() if who not in reach}
    assert set(seen.values()) == {"absent", "login"}
    assert rows_in_database() == before
