"""Places, mentors and hosts as the engine sees them, under their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from opstap.bridges.spreadsheets.cells import fold
from opstap.engine.matching.places import Host
from opstap.engine.matching.places import Mentor as Guide
from opstap.engine.matching.places import Place as Offer
from opstap.engine.matching.problem import Hold
from opstap.engine.shared import Period
from opstap.engine.shared.vocabulary import dutch_rank
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.journey.places.models import Place
from opstap.journey.places.queries import PlaceBrief, holds_on, is_paused


def as_offer(place: Place, seats: int, refused: Iterable[str] = ()) -> Offer:
    """Return a place with `seats` seats as the engine sees it."""
    return _offer(place, place.organisation_id, place.site, seats, refused)


def offer_in_brief(place: PlaceBrief, seats: int, refused: Iterable[str] = ()) -> Offer:
    """Return the same for a place that was read in brief."""
    return _offer(place, place.host_id, place, seats, refused)


def _offer(place: Place | PlaceBrief, host_id: UUID, spot: Site | PlaceBrief, seats: int, refused: Iterable[str]) -> Offer:
    return Offer(
        key=str(place.id),
        host=str(host_id),
        occupation=fold(place.title),
        half_days=place.half_days,
        period=Period(place.starts_on, place.until_on),
        mentor=str(place.mentor_id) if place.mentor_id else None,
        capacity=seats,
        dutch=dutch_rank(place.dutch_level),
        licences=frozenset(place.licences),
        demands=frozenset(place.demands),
        teaches=frozenset(fold(skill) for skill in place.teaches),
        instruments=frozenset(place.instruments),
        longitude=spot.longitude,
        latitude=spot.latitude,
        neighbourhood=spot.neighbourhood,
        refused=frozenset(refused),
    )


def as_guide(mentor: Mentor, on: date, away: Mapping[UUID, tuple[Period, ...]], elsewhere: int = 0) -> Guide:
    """Return a mentor as the engine sees one: limit, certificate, and `away`: when nobody stands in (`mentoring.queries.without_guide`).

    `elsewhere`: learners at places outside the round.
    """
    return Guide(
        key=str(mentor.pk),
        capacity=max(mentor.learner_limit - elsewhere, 0),
        is_certified=mentor.certified_on is not None and mentor.certified_on <= on,
        certified_from=mentor.certified_on,
        certified_until=mentor.certified_until,
        absent=away.get(mentor.pk, ()),
    )


def as_host(organisation: Organisation, elsewhere: int = 0) -> Host:
    """Return an organisation as the engine sees one; `elsewhere`: learners at places outside the round."""
    limit = organisation.learner_limit
    return Host(str(organisation.pk), None if limit is None else max(limit - elsewhere, 0))


def holds_of(place: Place, seats: int, on: date) -> list[Hold]:
    """Return what keeps seats of a place out of a round: holds, and a pause as a hold of every seat until the return date."""
    key = str(place.pk)
    if is_paused(place, on):
        return [Hold(key, seats, place.paused_until or date.max)] if seats else []
    return [Hold(key, hold.seats, hold.until_on) for hold in holds_on(place, on)]
