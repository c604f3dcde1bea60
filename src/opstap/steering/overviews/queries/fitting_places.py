"""The places of a programme for one person: those that fit first, and in words what stands in the way at the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.agreements.assembly import field_missing
from opstap.journey.matching.assembly.pair import Beside
from opstap.journey.matching.queries import programme_seats_spoken_for, seats_spoken_for
from opstap.journey.places.models import Place
from opstap.journey.places.queries import PlaceBrief, brief_places, is_paused, visible_places
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_open_case_file


@dataclass(frozen=True, slots=True)
class PlaceForPerson:
    """A place beside a person: `free` seats, every obstacle (none: it fits), the way in minutes, and the period of the start.

    `lacks`: what an agreement here will need and nobody has said yet. `warnings`: why no round would propose it although it may be.
    """

    id: UUID
    title: str
    host: str
    where: str
    tasks: str
    half_days: int
    seats: int
    free: int
    obstacles: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    instrument: str
    starts_on: date
    until_on: date
    minutes: int | None
    mode: str
    lacks: tuple[Reason, ...]
    warnings: tuple[Reason, ...]

    @property
    def fits(self) -> bool:
        """Tell whether no rule stands in the way; a place can fit and be full."""
        return not self.obstacles

    @property
    def state(self) -> str:
        """How it stands, as a badge knows it."""
        if self.obstacles:
            return "not_met"
        return "free" if self.free else "taken"


class PlacesForPerson(Sequence[PlaceForPerson]):
    """Places beside a person, in order; every obstacle at a place is worked out when that place is looked at. `fits`: fit and free."""

    def __init__(self, places: Sequence[PlaceBrief], beside: Beside, spoken_for: Mapping[UUID, int], on: date) -> None:
        """Count what stands in the way at each place, and put the places in order. `spoken_for`: seats by place."""
        self._beside, self._spoken_for, self._on = beside, spoken_for, on
        counts = beside.counts()
        ranks = {place.id: self._rank(place, *counts[place.id]) for place in places}
        self._places = sorted(places, key=lambda place: ranks[place.id])
        self.fits = sum(1 for misfits, is_full, *_ in ranks.values() if not misfits and not is_full)

    def __len__(self) -> int:
        """Return how many places there are."""
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> PlaceForPerson: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[PlaceForPerson, ...]: ...
    def __getitem__(self, index: int | slice) -> PlaceForPerson | tuple[PlaceForPerson, ...]:
        """Return one place with every obstacle, or several."""
        if isinstance(index, slice):
            return tuple(self._row(place) for place in self._places[index])
        return self._row(self._places[index])

    def _free(self, place: PlaceBrief) -> int:
        return 0 if is_paused(place, self._on) else max(place.seats - place.held - self._spoken_for.get(place.id, 0), 0)

    def _rank(self, place: PlaceBrief, obstacles: int, minutes: int | None) -> tuple[bool, bool, int, int, str]:
        standing = obstacles + is_paused(place, self._on)
        far = minutes if minutes is not None else 10_000
        return standing > 0, standing == 0 and not self._free(place), standing, far, place.title

    def _row(self, place: PlaceBrief) -> PlaceForPerson:
        check = self._beside.check(place.id)
        until = {"place": place.title, "until": place.paused_until.isoformat() if place.paused_until else None}
        paused = (Reason("matching.place_paused", until),) if is_paused(place, self._on) else ()
        return PlaceForPerson(
            id=place.id,
            title=place.title,
            host=place.host,
            where=place.neighbourhood or place.site,
            tasks=place.tasks,
            half_days=place.half_days,
            seats=place.seats,
            free=self._free(place),
            obstacles=(*paused, *check.obstacles),
            reasons=check.reasons,
            instrument=check.instrument,
            starts_on=check.starts_on,
            until_on=check.until_on,
            minutes=check.minutes,
            mode=check.mode,
            lacks=(field_missing("mentor_name"),) if place.mentor_id is None else (),
            warnings=check.warnings,
        )


def fitting_places(actor: Actor, referral: Referral, on: date) -> PlacesForPerson | None:
    """Return every live place of the programme: fitting with a free seat, fitting but full, then fewest obstacles first.

    The number of queries does not grow with the places. None for who may not open the file.
    """
    if not may_open_case_file(actor, referral):
        return None
    places = brief_places(referral.programme, on)
    return PlacesForPerson(places, Beside(referral, places, on), programme_seats_spoken_for(referral.programme, on), on)


def place_for_person(actor: Actor, referral: Referral, place_id: UUID, on: date) -> PlaceForPerson | None:
    """Return one live place beside a followed person, or None."""
    if not may_open_case_file(actor, referral):
        return None
    places = brief_places(referral.programme, on, only=place_id)
    if not places:
        return None
    return PlacesForPerson(places, Beside(referral, places, on), seats_spoken_for([place_id], on), on)[0]


def place_to_propose(actor: Actor, referral: Referral, place_id: UUID) -> Place | None:
    """Return a place of the referral's programme that the actor works with, for an operation, or None."""
    places = visible_places(actor).filter(programme=referral.programme_id, pk=place_id)
    return places.select_related("organisation", "site", "mentor").first()
