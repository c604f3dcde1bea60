"""Proposals for walks: sent the way a coordinator sends them, told by the worker, answered by operations where a walk needs a past."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core import mail

from opstap.foundation import clock
from opstap.foundation.access.models import User
from opstap.foundation.access.queries import actor_for
from opstap.foundation.actor import Role, system_actor
from opstap.journey.matching.assembly import check_pair
from opstap.journey.matching.enums import Answer, ProposalState
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import propose_by_hand, send_proposal
from opstap.journey.placements.operations import answer_as_host, answer_as_person
from opstap.journey.referrals.enums import Stage
from opstap.journey.referrals.models import Referral

BY = system_actor("test")


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal that was sent: who, where, and the address for the letter."""

    id: UUID
    name: str
    place: str
    host: str
    email: str


def send(host: str, *, seats: int | None = None) -> Offer:
    """Send the round's first draft at a host for somebody with e-mail, at a place with this number of seats if it matters."""
    drafts = Proposal.objects.filter(state=ProposalState.DRAFT, place__organisation__name=host).exclude(person__email="")
    found = [each for each in drafts.order_by("created_at", "pk") if seats in (None, each.place.seats.count())]
    return _offer(send_proposal(proposal=found[0], by=BY, at=clock.now()))


def send_to_another(offer: Offer) -> Offer:
    """Propose the same place to somebody else as a reserve: whoever completes two yeses first has the seat."""
    place = Proposal.objects.get(pk=offer.id).place
    waiting = Referral.objects.filter(stage=Stage.ELIGIBLE).exclude(person__email="").order_by("referred_on", "pk")
    fitting = (each for each in waiting if not check_pair(each, place, clock.today()).obstacles)
    return _offer(propose_by_hand(referral=next(fitting), place=place, motivation="", as_reserve=True, by=BY, at=clock.now()))


def _offer(row: Proposal) -> Offer:
    person, place = row.person, row.place
    return Offer(row.pk, f"{person.first_name} {person.last_name}", place.title, place.organisation.name, person.email)


def say_yes(offer: Offer, *, person: bool) -> None:
    """Say yes for the host, and for the person too when the walk asks so."""
    row = Proposal.objects.select_related("place").get(pk=offer.id)
    user = User.objects.get(grants__role=Role.HOST, grants__organisation_id=row.place.organisation_id)
    answer_as_host(proposal=row, answer=Answer.YES, by=actor_for(user, clock.today()), at=clock.now())
    if person:
        answer_as_person(proposal=Proposal.objects.get(pk=offer.id), answer=Answer.YES, by=BY, at=clock.now())


def mailed(work: Callable[[], None], offer: Offer) -> tuple[str, str]:
    """Let the worker tell the person, and return the link and the code that stand in the e-mail."""
    work()
    text = next(str(each.body) for each in mail.outbox if each.to == [offer.email])
    link, code = re.search(r"http://\S+/mijn/v/\S+", text), re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", text)
    assert link is not None
    assert code is not None
    return link.group(), code.group()
