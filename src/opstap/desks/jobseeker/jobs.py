"""Telling the person of a proposal, and how it ended: by e-mail, or on the list of letters to print."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.core.mail import send_mail
from procrastinate.contrib.django import app

from opstap.desks.jobseeker.next_step import next_step
from opstap.foundation import clock
from opstap.foundation.actor import Actor, system_actor
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.operations import issue_letter, issue_news, note_letter_sent, queue_paper_letter, queue_paper_news
from opstap.journey.matching.queries import letters_of
from opstap.journey.people.queries import address_lines
from opstap.steering.overviews.queries.offers import PersonOffer, Standing, person_offer
from opstap.ui.letters import news_mail, person_mail, person_url


@app.task(name="jobseeker.tell_person", queue="mail", retry=5)
def tell_person(proposal_id: str) -> None:
    """Tell the person of a proposal once; a proposal that ended meanwhile is not told, a worker that was killed is taken over."""
    by = system_actor("worker")
    offer = person_offer(by, UUID(proposal_id), clock.today())
    if offer is None or offer.standing is not Standing.OPEN:
        return
    told = {letter.channel: letter.sent_at is not None for letter in letters_of(by, offer.proposal)}
    if offer.proposal.person.email:
        if not told.get(LetterChannel.EMAIL):
            _mail(offer, by)
    elif LetterChannel.PAPER not in told:
        recipient = "\n".join(address_lines(offer.proposal.person))
        queue_paper_letter(proposal=offer.proposal, recipient=recipient, by=by, at=clock.now())


def _mail(offer: PersonOffer, by: Actor) -> None:
    address = offer.proposal.person.email
    issued = issue_letter(proposal=offer.proposal, channel=LetterChannel.EMAIL, recipient=address, by=by, at=clock.now())
    mail = person_mail(offer, issued.link)
    send_mail(mail.subject, mail.text, None, [address])
    digest = hashlib.sha256(mail.text.encode()).hexdigest()
    note_letter_sent(letter=issued.letter, digest=digest, by=by, at=clock.now())


@app.task(name="jobseeker.tell_news", queue="mail", retry=5)
def tell_news(proposal_id: str, state: str) -> None:
    """Tell the person how a proposal ended, once; what changed again meanwhile is told by its own job.

    Without an e-mail address it waits on the list of letters, and the person stands in the counsellor's day: call, or post.
    """
    by = system_actor("worker")
    offer = person_offer(by, UUID(proposal_id), clock.today())
    if offer is None or offer.proposal.state != state:
        return
    step, address = next_step(offer), offer.proposal.person.email
    digest = hashlib.sha256(f"{step.title}. {step.text}".encode()).hexdigest()
    if not address:
        recipient = "\n".join(address_lines(offer.proposal.person))
        queue_paper_news(proposal=offer.proposal, recipient=recipient, digest=digest, by=by, at=clock.now())
        return
    issued = issue_news(proposal=offer.proposal, channel=LetterChannel.NEWS, recipient=address, digest=digest, by=by, at=clock.now())
    if issued is None:
        return
    mail = news_mail(step.title, step.text, person_url(issued.link))
    send_mail(mail.subject, mail.text, None, [address])
    note_letter_sent(letter=issued.letter, digest=digest, by=by, at=clock.now())
