"""A message of the outbox in words: an e-mail, one short text for a mobile phone, or a letter, with the link it carries."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import override

from opstap.engine.shared import Reason
from opstap.foundation.access.enums import PERSON_PURPOSES, LinkPurpose
from opstap.foundation.access.operations import NewLink, issue_link
from opstap.foundation.outbox.enums import MessageChannel
from opstap.ui.addresses import reverse
from opstap.ui.catalogue import LOCALE
from opstap.ui.letters import Addressed, Mail, absolute, message_letter
from opstap.ui.site import current_site
from opstap.ui.words import DEFAULT_LANGUAGE, say

if TYPE_CHECKING:
    from uuid import UUID

    from opstap.bridges.pdf import LetterData
    from opstap.foundation.actor import Actor
    from opstap.foundation.outbox.models import Message
    from opstap.journey.referrals.models import Referral

LINK_DAYS = timedelta(days=60)
"""How long the link in a message works: as long as a placement's next step may take."""

PAGES: dict[LinkPurpose, str] = {
    LinkPurpose.PERSON_PROPOSAL: "jobseeker:offer",
    LinkPurpose.PERSON_JOURNEY: "jobseeker:journey",
    LinkPurpose.HOST_PROPOSAL: "host:link",
    LinkPurpose.HOST_PLACE: "host:link",
    LinkPurpose.SIGNATURE: "host:sign_link",
    LinkPurpose.RELAY: "host:relay_link",
    LinkPurpose.ROSTER: "jobseeker:roster",
}
"""The page that each kind of link opens."""


STAFF_PAGES: dict[str, str] = {
    "message.slots_missing": "counsellor:appointments",
    "message.moments_asked": "counsellor:appointments",
    "message.called_off": "counsellor:appointments",
    "message.visit_off": "host:visits",
    "message.relay_late": "public:my_day",
    "message.training": "host:mentors",
    "message.evaluation_ask": "host:evaluation",
    "message.evaluation_reminder": "host:evaluation",
}
"""The page on which somebody with an account does what a message without a link asks; they log in first."""
_OF_SUBJECT = frozenset({"host:evaluation"})
"""Pages of the very thing that the message is about."""


def staff_url(message: Message) -> str:
    """Return the whole address of the page where a user does what the message asks, "" when there is none or it is for somebody else."""
    page = STAFF_PAGES.get(message.code)
    if page is None or message.user_id is None or message.link_purpose:
        return ""
    return absolute(reverse(page, args=[message.subject_id] if page in _OF_SUBJECT else []))


def link_for(message: Message, by: Actor, at: datetime) -> NewLink | None:
    """Return a fresh link for a message that carries one, to the address that the message goes to; else None."""
    if not message.link_purpose or message.link_subject is None:
        return None
    return issue_link(
        purpose=LinkPurpose(message.link_purpose),
        subject_id=message.link_subject,
        person_id=message.person_id,
        organisation_id=message.organisation_id,
        address=message.address if message.channel == MessageChannel.EMAIL else None,
        expires_at=at + LINK_DAYS,
        by=by,
        at=at,
    )


def paper_link(message: Message, referral_id: UUID, by: Actor, at: datetime) -> NewLink | None:
    """Return a fresh link and short code to the person's own page, for a letter that carries one; else None.

    On paper what is to be signed is found there too: a code for that page can be typed. A link of the person's own stays what it is.
    """
    if not message.link_purpose:
        return None
    is_own = message.link_purpose in PERSON_PURPOSES and message.link_subject is not None
    return issue_link(
        purpose=LinkPurpose(message.link_purpose) if is_own else LinkPurpose.PERSON_JOURNEY,
        subject_id=message.link_subject if is_own and message.link_subject else referral_id,
        person_id=message.person_id,
        organisation_id=None,
        address=None,
        expires_at=at + LINK_DAYS,
        by=by,
        at=at,
    )


def link_url(link: NewLink) -> str:
    """Return the whole address that a link opens."""
    return absolute(reverse(PAGES[LinkPurpose(link.link.purpose)], args=[link.token]))


def as_mail(message: Message, link: NewLink | None) -> Mail:
    """Return the message as an e-mail in the reader's language."""
    subject, text = _said(message, "subject"), _said(message, "text")
    props = {
        "title": subject,
        "text": text,
        "url": link_url(link) if link else staff_url(message),
        "is_person": message.person_id is not None,
        "code": link.spoken_code if link and link.link.purpose in PERSON_PURPOSES else "",
    }
    return Mail(subject, render_to_string("ui/mail/message.txt", props | {"site": current_site()}))


def as_letter(message: Message, referral: Referral, link: NewLink | None, on: date) -> LetterData:
    """Return the message as a letter in the reader's language, with the QR code and short code of its link."""
    with override(reader_language(message)):
        addressed = Addressed(referral.person, referral.counsellor.name if referral.counsellor else "")
        return message_letter(addressed, _said(message, "subject"), _said(message, "text"), (link, link_url(link)) if link else None, on)


def as_sms(message: Message, link: NewLink | None) -> str:
    """Return the message as one short text with its link."""
    return " ".join(part for part in (_said(message, "sms"), link_url(link) if link else "") if part)


def reader_language(message: Message) -> str:
    """Return the language of the reader when the product speaks it, else Dutch."""
    return message.language if message.language == "en" or (LOCALE / message.language).is_dir() else DEFAULT_LANGUAGE


def _said(message: Message, part: str) -> str:
    return say(Reason(f"{message.code}.{part}", _facts(message)), reader_language(message))


def _facts(message: Message) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in (message.facts or {}).items()}
