"""Telling the parties of a sent proposal: each letter is a row with its own link, and is told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.models import AccessLink
from opstap.foundation.access.operations import NewLink, issue_link, renew_link
from opstap.foundation.access.queries import is_stopped, latest_link
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.matching.enums import LetterChannel, ProposalState
from opstap.journey.matching.models import Letter, Proposal
from opstap.journey.matching.permissions import may_propose

RENEWED_FOR = timedelta(days=14)
"""How long a renewed link works once its proposal no longer waits for an answer: long enough to read what came of it."""
PAUSE_BETWEEN_LINKS = timedelta(minutes=5)
"""Asking for a fresh link again within this time sends nothing: nobody's mailbox is filled by somebody else's finger."""


@dataclass(frozen=True, slots=True)
class IssuedLetter:
    """A letter at the one moment at which its link and code are known."""

    letter: Letter
    link: NewLink


@operation
def queue_paper_letter(*, proposal: Proposal, recipient: str, by: Actor, at: datetime) -> Letter:
    """Put a letter on the list to print, for somebody without e-mail; the same row when it is there already."""
    letter = _letter_of(proposal, LetterChannel.PAPER, recipient, by, at)
    _note(letter, "queue_letter", by, at)
    return letter


@operation
def issue_letter(*, proposal: Proposal, channel: LetterChannel, recipient: str, by: Actor, at: datetime) -> IssuedLetter:
    """Return the letter of this proposal and channel with a fresh link that works as long as the proposal can be answered.

    A link that was given before keeps working: what lies in a mailbox or on paper stays good.
    Raises `Refused` when the actor may not, or the proposal no longer waits for an answer.
    """
    letter = _letter_of(proposal, channel, recipient, by, at)
    link = _link(letter, recipient, proposal.expires_at or at, by, at)
    _note(letter, "print_letter" if channel is LetterChannel.PAPER else "issue_letter", by, at)
    return IssuedLetter(letter, link)


def _link(letter: Letter, recipient: str, until: datetime, by: Actor, at: datetime) -> NewLink:
    proposal, channel = letter.proposal, LetterChannel(letter.channel)
    to_host = channel in {LetterChannel.HOST_EMAIL, LetterChannel.HOST_NEWS}
    return issue_link(
        purpose=LinkPurpose.HOST_PROPOSAL if to_host else LinkPurpose.PERSON_PROPOSAL,
        subject_id=proposal.pk,
        person_id=None if to_host else proposal.person_id,
        organisation_id=proposal.place.organisation_id if to_host else None,
        address=None if channel is LetterChannel.PAPER else recipient,
        expires_at=until,
        by=by,
        at=at,
    )


def _letter_of(proposal: Proposal, channel: LetterChannel, recipient: str, by: Actor, at: datetime) -> Letter:
    if not may_propose(by, proposal.referral):
        raise Refused(Reason("matching.may_not_decide"))
    if proposal.state != ProposalState.SENT:
        raise Refused(Reason("matching.proposal_not_open", {"state": proposal.state}))
    row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    earlier = Letter.objects.filter(proposal=row, channel=channel.value).first()
    letter = earlier or Letter(proposal=row, channel=channel.value, created_at=at)
    letter.recipient = recipient
    letter.save()
    return letter


@operation
def issue_news(*, proposal: Proposal, channel: LetterChannel, recipient: str, digest: str, by: Actor, at: datetime) -> IssuedLetter | None:
    """Return a letter that says how a proposal ended, with a fresh link to read it; None when this news was told already.

    `digest` is the SHA-256 of what the news says: the same news is told once to each party.
    """
    if not may_propose(by, proposal.referral):
        raise Refused(Reason("matching.may_not_decide"))
    record(by=by, at=at, action="tell_news", subject_kind="proposal", subject_id=proposal.pk, person_id=proposal.person_id)
    Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    letter = Letter.objects.filter(proposal=proposal, channel=channel.value, digest=digest).first()
    if letter is not None and letter.sent_at is not None:
        return None
    letter = letter or Letter(proposal=proposal, channel=channel.value, digest=digest, created_at=at)
    letter.recipient = recipient
    letter.save()
    return IssuedLetter(letter, _link(letter, recipient, at + RENEWED_FOR, by, at))


@operation
def note_letter_sent(*, letter: Letter, digest: str, by: Actor, at: datetime) -> Letter:
    """Keep that the letter left, with the SHA-256 of what it said. Raises `Refused` for who may not send proposals to the person."""
    if not may_propose(by, letter.proposal.referral):
        raise Refused(Reason("matching.may_not_decide"))
    letter.sent_at, letter.posted_at, letter.digest = at, None, digest
    letter.save(update_fields=["sent_at", "posted_at", "digest"])
    _note(letter, "letter_sent", by, at)
    return letter


@operation
def renew_letter_link(*, link: AccessLink, by: Actor, at: datetime) -> NewLink | None:
    """Return a fresh link for the same party, subject and address as an ended one; None when one was made just now.

    An old link leads to the latest one, so that two ended links never make two working ones.
    Raises `Refused` when there is no address to send it to, or when somebody stopped the link: then the desk helps by telephone.
    """
    latest = latest_link(link)
    if is_stopped(latest):
        raise Refused(Reason("access.link_stopped"))
    if latest.address is None:
        raise Refused(Reason("letters.no_address"))
    record(by=by, at=at, action="ask_fresh_link", subject_kind=latest.purpose, subject_id=latest.subject_id, person_id=latest.person_id)
    if at - latest.created_at < PAUSE_BETWEEN_LINKS:
        return None
    proposal = Proposal.objects.filter(pk=latest.subject_id, state=ProposalState.SENT).only("expires_at").first()
    until = proposal.expires_at if proposal and proposal.expires_at and proposal.expires_at > at else at + RENEWED_FOR
    return renew_link(link=latest, expires_at=until, by=by, at=at)


def _note(letter: Letter, action: str, by: Actor, at: datetime) -> None:
    person_id = letter.proposal.person_id
    facts = {"channel": letter.channel}
    record(by=by, at=at, action=action, subject_kind="proposal", subject_id=letter.proposal_id, person_id=person_id, facts=facts)
