"""Places, mentors and hosts as the engine sees them, under their ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple
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


class _Told(NamedTuple):
    """All of a place that the engine sees."""

    id: UUID
    host_id: UUID
    title: str
    half_days: int
    starts_on: date
    until_on: date | None
    mentor_id: UUID | None
    seats: int
    dutch_level: str
    licences: tuple[str, ...]
    demands: tuple[str, ...]
    teaches: tuple[str, ...]
    instruments: tuple[str, ...]
    longitude: float | None
    latitude: float | None
    neighbourhood: str
    refused: tuple[str, ...]


def _offer(place: Place | PlaceBrief, host_id: UUID, spot: Site | PlaceBrief, seats: int, refused: Iterable[str]) -> Offer:
    return _made(
        _Told(
            place.id, host_id, place.title, place.half_days, place.starts_on, place.until_on, place.mentor_id, seats, place.dutch_level,
            tuple(place.licences), tuple(place.demands), tuple(place.teaches), tuple(place.instruments),
            spot.longitude, spot.latitude, spot.neighbourhood, tuple(refused),
        )
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _made(told: _Told) -> Offer:
    """Return the place; from memory when nothing of it changed, since a page looks at every place of a programme."""
    return Offer(
        key=str(told.id),
        host=str(told.host_id),
        occupation=fold(told.title),
        half_days=told.half_days,
        period=Period(told.starts_on, told.until_on),
        mentor=str(told.mentor_id) if told.mentor_id else None,
        capacity=told.seats,
        dutch=dutch_rank(told.dutch_level),
        licences=frozenset(told.licences),
        demands=frozenset(told.demands),
        teaches=frozenset(fold(skill) for skill in told.teaches),
        instruments=frozenset(told.instruments),
        longitude=told.longitude,
        latitude=told.latitude,
        neighbourhood=told.neighbourhood,
        refused=frozenset(told.refused),
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
