"""Writing to the host by e-mail (its first user, else the organisation, else the mentor): of a proposal, and whether places are right."""

from __future__ import annotations

import hashlib
import logging
from datetime import date
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later
from procrastinate.contrib.django import app

from opstap.foundation import clock
from opstap.foundation.access.queries import users_with_role
from opstap.foundation.actor import Actor, Role, system_actor
from opstap.foundation.programmes.queries import own_programmes
from opstap.journey.matching.enums import LetterChannel, ProposalState
from opstap.journey.matching.operations import issue_letter, issue_news, note_letter_sent
from opstap.journey.matching.queries import letters_of
from opstap.journey.places.operations import ask_host
from opstap.steering.overviews.queries.confirmations import HostToAsk, hosts_to_mail
from opstap.steering.overviews.queries.offers import PersonOffer, person_offer
from opstap.ui.addresses import reverse
from opstap.ui.letters import absolute, host_mail, news_mail, still_right_mail

log = logging.getLogger("opstap.host")

NEWS: dict[ProposalState, str] = {
    ProposalState.ACCEPTED: later("You both said yes. On the page is how to agree on the start."),
    ProposalState.DECLINED: later("It cannot be now. The place is free for someone else again."),
    ProposalState.LAPSED: later("There was no answer in time. The place is free for someone else again."),
    ProposalState.WITHDRAWN: later("The proposal was taken back. The place is free for someone else again."),
    ProposalState.SEAT_TAKEN: later("The last seat went to someone who answered earlier."),
}
"""How a proposal ended, for the host: without a name, which stands behind the link while there is one to show."""


@app.task(name="host.tell_host", queue="mail", retry=5)
def tell_host(proposal_id: str) -> None:
    """Tell the host of a proposal once; without any address the coordinator calls, and nothing is written."""
    by, today = system_actor("worker"), clock.today()
    offer = person_offer(by, UUID(proposal_id), today)
    if offer is None or offer.proposal.state != "sent":
        return
    address = _address(offer, today)
    told = [letter for letter in letters_of(by, offer.proposal) if letter.channel == LetterChannel.HOST_EMAIL and letter.sent_at]
    if address and not told:
        _mail(offer, address, by)


def _address(offer: PersonOffer, today: date) -> str:
    """Return where the host reads its mail, or ""."""
    place = offer.proposal.place
    users = users_with_role(Role.HOST, organisation_id=place.organisation_id, on=today)
    found = [*(user.email for user in users), place.organisation.email, place.mentor.email if place.mentor else ""]
    return next((address for address in found if address), "")


def _mail(offer: PersonOffer, address: str, by: Actor) -> None:
    issued = issue_letter(proposal=offer.proposal, channel=LetterChannel.HOST_EMAIL, recipient=address, by=by, at=clock.now())
    mail = host_mail(offer.title, offer.answer_by, absolute(reverse("host:link", args=[issued.link.token])))
    send_mail(mail.subject, mail.text, None, [address])
    digest = hashlib.sha256(mail.text.encode()).hexdigest()
    note_letter_sent(letter=issued.letter, digest=digest, by=by, at=clock.now())


@app.task(name="host.tell_news", queue="mail", retry=5)
def tell_news(proposal_id: str, state: str) -> None:
    """Tell the host by e-mail how a proposal ended, once; what changed again meanwhile is told by its own job."""
    by, today = system_actor("worker"), clock.today()
    offer = person_offer(by, UUID(proposal_id), today)
    address = _address(offer, today) if offer else ""
    if offer is None or offer.proposal.state != state or not address:
        return
    text = _(NEWS[ProposalState(state)])
    digest = hashlib.sha256(text.encode()).hexdigest()
    issued = issue_news(proposal=offer.proposal, channel=LetterChannel.HOST_NEWS, recipient=address, digest=digest, by=by, at=clock.now())
    if issued is None:
        return
    mail = news_mail(
        _("News for your place: %(place)s") % {"place": offer.title}, text, absolute(reverse("host:link", args=[issued.link.token]))
    )
    send_mail(mail.subject, mail.text, None, [address])
    note_letter_sent(letter=issued.letter, digest=digest, by=by, at=clock.now())


@app.periodic(cron="0 7 1 * *")
@app.task(name="host.ask_places", queue="mail", pass_context=False)
def ask_places(timestamp: int) -> None:
    """Every month: ask hosts about the places that they confirmed too long ago, one e-mail a host; who has no address is called.

    A host that cannot be written to now does not keep the others; it was not asked then, and stands in the next run.
    """
    del timestamp  # when it was due; what counts is today
    by, today = system_actor("worker"), clock.today()
    for programme in own_programmes(by).exclude(until_on__lte=today):
        for host in hosts_to_mail(by, programme, today):
            try:
                _ask(host, by)
            except (OSError, SMTPException) as error:
                log.warning("a host could not be asked about its places: %s", type(error).__name__)


@transaction.atomic
def _ask(host: HostToAsk, by: Actor) -> None:
    """Write to one host with a link per place; when the e-mail does not leave, the links are not kept either."""
    asked = [(each, ask_host(place=each.place, address=host.address, by=by, at=clock.now())) for each in host.places]
    lines = [(each.place.title, each.confirmed_on, absolute(reverse("host:link", args=[link.token]))) for each, link in asked]
    mail = still_right_mail(lines)
    send_mail(mail.subject, mail.text, None, [host.address])
