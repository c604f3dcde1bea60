"""A proposal that was sent, with the links that open it."""

from __future__ import annotations

from datetime import date

from tests.journey.eligibility.cases import AT, ON
from tests.journey.matching.rounds import SYSTEM, make_host, make_place, make_ready, make_round_programme

from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.access.operations import NewLink
from opstap.foundation.programmes.models import Neighbourhood, Programme
from opstap.journey.matching.enums import LetterChannel
from opstap.journey.matching.models import Proposal
from opstap.journey.matching.operations import issue_letter, propose_by_hand
from opstap.journey.people.models import Person

__all__ = ["AT", "ON", "SYSTEM", "host_link", "page", "person_link", "send_one"]
CANARY = {"limits": ["dust"], "income": "sickness_benefit", "work_limitation_right": "imw_5", "maatwerk_advice": "very_vulnerable"}
"""Facts of health and benefit that no letter, e-mail or host may ever show."""


def send_one(programme: Programme | None = None, seats: int = 1, email: str = "an@example.be", **facts: object) -> Proposal:
    """Return a sent proposal for somebody at a park, Tuesday mornings, in Stene."""
    programme = programme or make_round_programme()
    Neighbourhood.objects.get_or_create(
        name="Stene", folded_name="stene", municipality="Oostende", defaults={"postcode": "8400", "longitude": 2.92, "latitude": 51.21}
    )
    place = make_place(programme, make_host(), seats=seats, half_days=half_day_mask(["tue_am"]), teaches=("samenwerken",))
    place.site.neighbourhood, place.site.municipality = "Stene", "Oostende"
    place.site.save()
    referral = make_ready(programme, email=email, phone="059000000", neighbourhood="Stene", **facts)
    proposal = propose_by_hand(referral=referral, place=place, motivation="fits", by=SYSTEM, at=AT)
    Person.objects.filter(pk=referral.person_id).update(birth_date=date(1990, 1, 1))
    return proposal


def person_link(proposal: Proposal, address: str = "an@example.be") -> NewLink:
    """Return a fresh link of the person."""
    return issue_letter(proposal=proposal, channel=LetterChannel.EMAIL, recipient=address, by=SYSTEM, at=AT).link


def host_link(proposal: Proposal, address: str = "host@example.be") -> NewLink:
    """Return a fresh link of the host."""
    return issue_letter(proposal=proposal, channel=LetterChannel.HOST_EMAIL, recipient=address, by=SYSTEM, at=AT).link


def page(link: NewLink, *rest: str) -> str:
    """Return the address of the person's page behind a link."""
    return "/".join(("/mijn/v", link.token, *rest, ""))
