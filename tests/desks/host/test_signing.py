"""Hosts sign logged in or by the own link: the same page, the same outcome, and nothing else of the agreement's people."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.journey.agreements.signed import make_sent, signature_of, states_of
from tests.journey.eligibility.cases import AT, make_user
from tests.journey.matching.rounds import SYSTEM

from opstap.foundation.access.models import AccessLink
from opstap.foundation.actor import Role
from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.models import Agreement, Document
from opstap.journey.agreements.operations import change_field, give_link, withdraw_agreement

pytestmark = pytest.mark.django_db


def host_browser(agreement: Agreement) -> Client:
    """Return a browser in which somebody of the host is logged in."""
    client = Client()
    user = make_user("host", Role.HOST, organisation=agreement.placement.seat.place.organisation)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def token_for(agreement: Agreement, party: Party) -> str:
    """Return the token of a party's own link."""
    return give_link(signature=signature_of(agreement, party), by=SYSTEM, at=AT).token


def test_home_and_list_lead_to_what_is_to_be_signed() -> None:
    """What waits stands on the first page and in the list, and is gone once signed."""
    sent = make_sent()
    client, signature = host_browser(sent), signature_of(sent, Party.HOST)
    address = reverse("host:sign", args=[signature.pk])
    before = [address in client.get(reverse(name)).content.decode() for name in ("host:home", "host:to_sign")]
    client.post(address, {"once_key": str(uuid4()), "digest": sent.digest})
    after = [address in client.get(reverse(name)).content.decode() for name in ("host:home", "host:to_sign")]
    assert (before, after, states_of(sent)["host"]) == ([True, True], [False, False], "signed")


@pytest.mark.parametrize("party", [Party.PERSON, Party.HOST, Party.PARTNER])
def test_link_shows_and_signs_for_its_party(party: Party) -> None:
    """Reading changes nothing; the button signs for the party of the link; the file is the kept one."""
    sent = make_sent()
    token, client = token_for(sent, party), Client()
    address = reverse("host:sign_link", args=[token])
    read = client.get(address).content.decode()
    unchanged = states_of(sent)[party.value]
    file = client.get(reverse("host:sign_link_pdf", args=[token])).content
    client.post(address, {"once_key": str(uuid4()), "digest": sent.digest})
    assert ("In het kort" in read, unchanged, states_of(sent)[party.value]) == (True, "waiting", "signed")
    assert file == Document.objects.get(agreement=sent).content


def test_refusing_asks_why_and_keeps_it() -> None:
    """Without a reason the form comes back; with one it is kept for the counsellor."""
    sent = make_sent()
    address = reverse("host:sign_link_refuse", args=[token_for(sent, Party.HOST)])
    empty = Client().post(address, {"once_key": str(uuid4()), "reason": ""}).status_code
    done = Client().post(address, {"once_key": str(uuid4()), "reason": "polis loopt af"}).status_code
    assert (empty, done, signature_of(sent, Party.HOST).refusal) == (422, 302, "polis loopt af")


def test_ended_link_shows_nothing() -> None:
    """A stopped link tells that it no longer works, an unknown one is not there; neither shows the agreement."""
    sent = make_sent()
    token = token_for(sent, Party.HOST)
    AccessLink.objects.update(revoked_at=AT)
    ended, unknown = (Client().get(reverse("host:sign_link", args=[each])) for each in (token, "bestaat-niet"))
    assert (ended.status_code, unknown.status_code) == (410, 404)
    assert sent.number not in ended.content.decode()


def test_text_that_changed_meanwhile_asks_to_read_again() -> None:
    """A page that stood open signs nothing once the text is another."""
    sent = make_sent()
    address = reverse("host:sign_link", args=[token_for(sent, Party.HOST)])
    answer = Client().post(address, {"once_key": str(uuid4()), "digest": "0" * 64}, follow=True)
    assert ("Lees ze opnieuw" in answer.content.decode(), states_of(sent)["host"]) == (True, "waiting")


def test_link_to_a_void_signature_says_what_happened_and_shows_nothing() -> None:
    """Text, file and refusal are gone; the page says whether the text changed or all was taken back, and whom to call."""
    sent = make_sent()
    token = token_for(sent, Party.HOST)
    pages = [reverse(f"host:{name}", args=[token]) for name in ("sign_link", "sign_link_refuse", "sign_link_pdf")]
    change_field(agreement=sent, field="hours_month", value=40, by=SYSTEM, at=AT)
    changed = [Client().get(page) for page in pages]
    withdraw_agreement(agreement=Agreement.objects.get(pk=sent.pk), reason="plaats vervalt", by=SYSTEM, at=AT)
    withdrawn = [Client().get(page) for page in pages]
    assert [answer.status_code for answer in (*changed, *withdrawn)] == [410] * 6
    assert ["De tekst is gewijzigd" in answer.content.decode() for answer in (*changed, *withdrawn)] == [True] * 3 + [False] * 3
    texts = [answer.content.decode() for answer in (*changed, *withdrawn)]
    shown = [(sent.number in text, sent.fields["job_title"] in text, "Bel 059 00 00 00" in text) for text in texts]
    assert shown == [(False, False, True)] * 6
