"""What leaves by e-mail: the page it leads to, and for whom."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.actor import system_actor
from opstap.foundation.outbox.models import Message
from opstap.foundation.outbox.operations import Content, Recipient, queue_message
from opstap.ui.outgoing import STAFF_PAGES, as_mail, link_for
from opstap.ui.words import texts

pytestmark = pytest.mark.django_db
BY = system_actor("test")
NOW = datetime(2023, 9, 4, 8, 0, tzinfo=UTC)
USER, SUBJECT = uuid.UUID(int=3), uuid.UUID(int=9)


def mail_of(code: str, recipient: Recipient, purpose: LinkPurpose | None = None) -> str:
    """Return the text of the e-mail."""
    content = Content(code, {}, link_purpose=purpose, link_subject=SUBJECT if purpose else None)
    message = queue_message(content=content, recipient=recipient, subject_kind="x", subject_id=SUBJECT, by=BY, at=NOW)
    assert message is not None
    return as_mail(Message.objects.get(pk=message.pk), link_for(message, BY, NOW)).text


@pytest.mark.parametrize(("code", "page"), sorted(STAFF_PAGES.items()))
def test_mail_to_staff_leads_to_the_page_where_it_is_done(code: str, page: str) -> None:
    """Nobody searches for what a message asks; every code has its words."""
    text = mail_of(code, Recipient(user_id=USER, email="an@example.be"))
    address = reverse(page, args=[SUBJECT] if page == "host:evaluation" else [])
    assert (f"{address}\n" in text, "Open de pagina:" in text, "code is" in text, f"{code}.subject" in texts()) == (True, True, False, True)


def test_mail_without_account_has_no_page_to_log_in_to() -> None:
    """A host without account is not led to a login."""
    text = mail_of("message.visit_off", Recipient(organisation_id=USER, email="host@example.be"))
    assert "http" not in text


def test_code_is_for_the_person_only() -> None:
    """The code of a signatory's link cannot be typed anywhere, so that it is not in the message; that of the own page can."""
    own = mail_of("message.plan", Recipient(person_id=USER, email="an@example.be"), LinkPurpose.PERSON_JOURNEY)
    sign = mail_of("message.sign", Recipient(organisation_id=USER, email="host@example.be"), LinkPurpose.SIGNATURE)
    assert ("Je code is" in own, "Je code is" in sign) == (True, False)
