"""The person reads the agreement in plain words on the own page, signs it there or says why not."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.journey.agreements.signed import make_sent, signature_of, states_of
from tests.journey.eligibility.cases import AT
from tests.journey.matching.rounds import SYSTEM

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.journey.agreements.enums import Party
from opstap.journey.agreements.models import Agreement, Document
from opstap.journey.agreements.operations import withdraw_agreement

pytestmark = pytest.mark.django_db


def key_to(agreement: Agreement) -> str:
    """Return the key of the person's own page."""
    placement = agreement.placement
    return issue_link(
        purpose=LinkPurpose.PERSON_JOURNEY,
        subject_id=placement.referral_id,
        person_id=placement.person_id,
        organisation_id=None,
        address=None,
        expires_at=AT + timedelta(days=30),
        by=SYSTEM,
        at=AT,
    ).token


def page(name: str, key: str) -> str:
    """Return a page of the journey."""
    return Client().get(reverse(f"jobseeker:{name}", args=[key])).content.decode()


def test_signing_is_the_next_step_until_it_is_done() -> None:
    """The own page leads to the agreement; the button there signs; then only its place in the list is left, and the file stays."""
    sent = make_sent()
    key = key_to(sent)
    address = reverse("jobseeker:agreement", args=[key])
    asked, read = page("journey", key).count(address), page("agreement", key)
    Client().post(address, {"once_key": str(uuid4()), "digest": sent.digest})
    file = Client().get(reverse("jobseeker:agreement_pdf", args=[key])).content
    assert (asked, "Ik kom op de afgesproken uren." in read, states_of(sent)["person"]) == (2, True, "signed")
    assert (page("journey", key).count(address), file) == (1, Document.objects.get(agreement=sent).content)


def test_person_says_why_not() -> None:
    """A reason is asked for and kept; the page then says that somebody calls."""
    sent = make_sent()
    key = key_to(sent)
    address = reverse("jobseeker:agreement_refuse", args=[key])
    empty = Client().post(address, {"once_key": str(uuid4()), "reason": ""}).status_code
    Client().post(address, {"once_key": str(uuid4()), "reason": "te vroeg op maandag"})
    assert (empty, signature_of(sent, Party.PERSON).refusal) == (422, "te vroeg op maandag")
    assert "We lezen je reden en bellen je." in page("agreement", key)


def test_agreement_that_was_taken_back_cannot_be_signed() -> None:
    """The page says that there is nothing to sign, and a page that stood open signs nothing."""
    sent = make_sent()
    key = key_to(sent)
    withdraw_agreement(agreement=sent, reason="andere plaats", by=SYSTEM, at=AT)
    Client().post(reverse("jobseeker:agreement", args=[key]), {"once_key": str(uuid4()), "digest": sent.digest})
    assert "Er is nog geen overeenkomst om te tekenen." in page("agreement", key)
    assert states_of(sent) == {}
