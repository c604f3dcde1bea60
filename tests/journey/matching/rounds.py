"""A programme with places and people who can work there, for the tests of rounds and proposals."""

from __future__ import annotations

from datetime import date, datetime

from tests.journey.eligibility.cases import AT, ON, make_organisation, make_programme, make_referral

from opstap.engine.shared.vocabulary import half_day_mask
from opstap.foundation.actor import system_actor
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.eligibility.operations import decide_all
from opstap.journey.matching.models import MatchRound, Proposal
from opstap.journey.matching.operations import request_round, run_round
from opstap.journey.places.models import Place
from opstap.journey.places.operations import PlaceTerms, offer_place
from opstap.journey.referrals.models import Referral

SYSTEM = system_actor("test")
OSTEND = (2.91, 51.22)
READY = {
    "half_days": half_day_mask(["mon_am", "tue_am", "wed_am"]),
    "dutch_level": "B1",
    "licences": [],
    "limits": [],
    "travel_mode": "bike",
    "longitude": OSTEND[0],
    "latitude": OSTEND[1],
}
"""Facts with which somebody can work at every place that `make_place` makes."""


def make_round_programme() -> Programme:
    """Return a programme with community service."""
    return make_programme(instruments=("work_learning_place", "community_service"))


def make_host(name: str = "Stad") -> tuple[Organisation, Site, Mentor]:
    """Return a local government with a site and a certified mentor."""
    organisation = make_organisation(name)
    Organisation.objects.filter(pk=organisation.pk).update(kind="local_government")
    organisation.refresh_from_db()
    site = Site.objects.create(organisation=organisation, name="Park", longitude=OSTEND[0], latitude=OSTEND[1])
    return organisation, site, Mentor.objects.create(organisation=organisation, name=f"Mentor {name}", certified_on=date(2023, 1, 1))


def make_place(
    programme: Programme, host: tuple[Organisation, Site, Mentor], title: str = "tuinier", seats: int = 1, **terms: object
) -> Place:
    """Return a place on Monday morning that asks nothing special."""
    values: dict[str, object] = {"half_days": half_day_mask(["mon_am"]), "instruments": ("community_service",), "starts_on": ON}
    values |= {"until_on": date(2024, 9, 1)} | terms
    organisation, site, mentor = host
    return offer_place(
        programme=programme,
        organisation=organisation,
        site=site,
        mentor=mentor,
        terms=PlaceTerms(title=title, **values),  # type: ignore[arg-type]  # built from a mapping
        seats=seats,
        by=SYSTEM,
        at=AT,
    )


def make_ready(programme: Programme, **facts: object) -> Referral:
    """Return a referral of somebody who may start and can work everywhere, changed by the facts given."""
    referral = make_referral(programme, **(READY | facts))
    decide_all(referral=referral, on=ON, by=SYSTEM, at=AT)
    return Referral.objects.select_related("person", "programme").get(pk=referral.pk)


def run(programme: Programme, at: datetime = AT) -> MatchRound:
    """Run a round from start to end."""
    match_round = request_round(programme=programme, on=ON, in_background=False, by=SYSTEM, at=at)
    return run_round(match_round=match_round, by=SYSTEM, clock=lambda: at)


def draft_of(match_round: MatchRound) -> Proposal:
    """Return the only draft of a round."""
    return Proposal.objects.get(round=match_round)
