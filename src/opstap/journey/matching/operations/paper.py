"""Paper for people without e-mail: how a proposal ended, put on the list of letters and printed once."""

from __future__ import annotations

from datetime import datetime

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import issue_link
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.journey.matching.enums import LetterChannel, ProposalState
from opstap.journey.matching.models import Letter, Proposal
from opstap.journey.matching.operations.letters import RENEWED_FOR, IssuedLetter
from opstap.journey.matching.permissions import may_propose


@operation
def queue_paper_news(*, proposal: Proposal, recipient: str, digest: str, by: Actor, at: datetime) -> Letter | None:
    """Put the news of how a proposal ended on the list of letters to print; None when there is nothing new to tell.

    `digest` is the SHA-256 of what the news says. News that was not printed yet is replaced by newer news, so that nobody reads what
    is old by now. Who never heard of the proposal (its letter was not printed, no answer was given) hears nothing of its end.
    """
    if not may_propose(by, proposal.referral):
        raise Refused(Reason("matching.may_not_decide"))
    _note(proposal, "queue_letter", by, at)
    row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    told = Letter.objects.filter(proposal=row, channel=LetterChannel.PAPER_NEWS)
    if not _has_heard(row) or told.filter(digest=digest).exists():
        return None
    letter = told.filter(sent_at__isnull=True).first() or Letter(proposal=row, channel=LetterChannel.PAPER_NEWS.value)
    letter.created_at, letter.digest, letter.recipient = at, digest, recipient
    letter.save()
    return letter


def _has_heard(proposal: Proposal) -> bool:
    """Tell whether the person knows of the proposal: an answer was given, they are placed, or the letter was printed."""
    if proposal.person_answer or proposal.state == ProposalState.ACCEPTED:
        return True
    return Letter.objects.filter(proposal=proposal, channel=LetterChannel.PAPER, sent_at__isnull=False).exists()


@operation
def note_letter_posted(*, letter: Letter, by: Actor, at: datetime) -> Letter:
    """Keep that a printed letter was brought to the post. Raises `Refused` for who may not, and for what was not printed."""
    row = _printed(letter, by)
    row.posted_at = at
    row.save(update_fields=["posted_at"])
    _note(row.proposal, "post_letter", by, at)
    return row


@operation
def print_letter_again(*, letter: Letter, by: Actor, at: datetime) -> Letter:
    """Put a letter back on the list: it did not come well out of the printer. Raises `Refused` as `note_letter_posted`."""
    row = _printed(letter, by)
    row.sent_at = None
    row.save(update_fields=["sent_at"])
    _note(row.proposal, "put_letter_back", by, at)
    return row


def _printed(letter: Letter, by: Actor) -> Letter:
    if not may_propose(by, letter.proposal.referral):
        raise Refused(Reason("matching.may_not_decide"))
    rows = Letter.objects.select_for_update(of=("self",)).select_related("proposal").filter(sent_at__isnull=False, posted_at__isnull=True)
    row = rows.filter(pk=letter.pk, channel__in=[LetterChannel.PAPER, LetterChannel.PAPER_NEWS]).first()
    if row is None:
        raise Refused(Reason("outbox.not_printed"))
    return row


@operation
def print_news(*, letter: Letter, by: Actor, at: datetime) -> IssuedLetter:
    """Return a letter of news with a fresh link to read it, for the print that is made now.

    Raises `Refused` when the actor may not, or the proposal waits for an answer again.
    """
    proposal = letter.proposal
    if not may_propose(by, proposal.referral):
        raise Refused(Reason("matching.may_not_decide"))
    if letter.channel != LetterChannel.PAPER_NEWS or proposal.state == ProposalState.SENT:
        raise Refused(Reason("matching.proposal_not_open", {"state": proposal.state}))
    _note(proposal, "print_letter", by, at)
    link = issue_link(
        purpose=LinkPurpose.PERSON_PROPOSAL,
        subject_id=proposal.pk,
        person_id=proposal.person_id,
        organisation_id=None,
        address=None,
        expires_at=at + RENEWED_FOR,
        by=by,
        at=at,
    )
    return IssuedLetter(letter, link)


def _note(proposal: Proposal, action: str, by: Actor, at: datetime) -> None:
    facts = {"channel": LetterChannel.PAPER_NEWS.value}
    record(by=by, at=at, action=action, subject_kind="proposal", subject_id=proposal.pk, person_id=proposal.person_id, facts=facts)
