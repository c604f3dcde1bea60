"""The places of a programme for one person: those that fit first, and in words what stands in the way at the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from opstap.engine.shared import Reason
from opstap.foundation.actor import Actor
from opstap.journey.matching.assembly.pair import PairCheck, check_places
from opstap.journey.matching.queries import seats_spoken_for
from opstap.journey.places.models import Place
from opstap.journey.places.queries import held_seats, is_paused, live_places, visible_places
from opstap.journey.referrals.models import Referral
from opstap.journey.referrals.permissions import may_open_case_file


@dataclass(frozen=True, slots=True)
class PlaceForPerson:
    """A place beside a person: `free` seats, every obstacle (none: it fits), the way in minutes, and the period of the start."""

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


def fitting_places(actor: Actor, referral: Referral, on: date) -> tuple[PlaceForPerson, ...]:
    """Return every live place of the programme: fitting with a free seat, fitting but full, then fewest obstacles first.

    The number of queries does not grow with the places. Nothing for who may not open the file.
    """
    if not may_open_case_file(actor, referral):
        return ()
    places = list(live_places(referral.programme, on))
    return tuple(sorted(_beside(referral, places, on), key=_order))


def place_for_person(actor: Actor, referral: Referral, place_id: UUID, on: date) -> PlaceForPerson | None:
    """Return one live place beside a followed person, or None."""
    if not may_open_case_file(actor, referral):
        return None
    return next(iter(_beside(referral, list(live_places(referral.programme, on).filter(pk=place_id)), on)), None)


def place_to_propose(actor: Actor, referral: Referral, place_id: UUID) -> Place | None:
    """Return a place of the referral's programme that the actor works with, for an operation, or None."""
    places = visible_places(actor).filter(programme=referral.programme_id, pk=place_id)
    return places.select_related("organisation", "site", "mentor").first()


def _beside(referral: Referral, places: list[Place], on: date) -> list[PlaceForPerson]:
    checks = check_places(referral, places, on)
    spoken_for = seats_spoken_for([place.pk for place in places], on)
    return [_row(place, checks[place.pk], spoken_for[place.pk], on) for place in places]


def _row(place: Place, check: PairCheck, spoken_for: int, on: date) -> PlaceForPerson:
    seats: int = place.seat_count  # type: ignore[attr-defined]  # annotated by live_places
    paused = (Reason("matching.place_paused", {"place": place.title, "until": _iso(place.paused_until)}),) if is_paused(place, on) else ()
    return PlaceForPerson(
        id=place.pk,
        title=place.title,
        host=place.organisation.name,
        where=place.site.neighbourhood or place.site.name,
        tasks=place.tasks,
        half_days=place.half_days,
        seats=seats,
        free=0 if paused else max(seats - held_seats(place, on) - spoken_for, 0),
        obstacles=(*paused, *check.obstacles),
        reasons=check.reasons,
        instrument=check.instrument,
        starts_on=check.starts_on,
        until_on=check.until_on,
        minutes=check.minutes,
        mode=check.mode,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _order(place: PlaceForPerson) -> tuple[bool, bool, int, int, str]:
    far = place.minutes if place.minutes is not None else 10_000
    return (not place.fits, place.fits and not place.free, len(place.obstacles), far, place.title)
