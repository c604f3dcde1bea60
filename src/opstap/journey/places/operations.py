"""What changes a place: offering, changing, confirming, pausing, holding seats, closing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate

from opstap.engine.shared import Reason, Refused
from opstap.foundation.access.enums import LinkPurpose
from opstap.foundation.access.operations import NewLink, issue_link
from opstap.foundation.actor import Actor
from opstap.foundation.audit.operations import operation, record
from opstap.foundation.organisations.models import Mentor, Organisation, Site
from opstap.foundation.programmes.models import Programme
from opstap.journey.places.models import Hold, Place, Seat
from opstap.journey.places.permissions import may_ask_host, may_confirm, may_hold, may_keep, may_pause
from opstap.journey.places.queries import has_own_mentor

ASKED_FOR = timedelta(days=60)
"""How long the link works by which a host is asked whether a place is still right: until well after the next time it is asked."""


@dataclass(frozen=True, slots=True)
class PlaceTerms:
    """What a place asks and offers. `half_days` is a mask of 14 bits; the period is `[starts_on, until_on)`."""

    title: str
    half_days: int
    instruments: tuple[str, ...]
    starts_on: date
    until_on: date | None = None
    occupation_code: str = ""
    tasks: str = ""
    hours_per_month: int | None = None
    dutch_level: str = "none"
    licences: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    teaches: tuple[str, ...] = ()

    def as_fields(self) -> dict[str, Any]:
        """Return the terms as model fields."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


@operation
def offer_place(
    *,
    programme: Programme,
    organisation: Organisation,
    site: Site,
    mentor: Mentor | None,
    terms: PlaceTerms,
    seats: int,
    import_key: str = "",
    by: Actor,
    at: datetime,
) -> Place:
    """Return a new place with its seats, confirmed as of now.

    Raises `Refused` when the actor may not, it has no half-day, or its mentor belongs to another organisation.
    """
    place = Place(
        programme=programme,
        organisation=organisation,
        site=site,
        mentor=mentor,
        import_key=import_key,
        confirmed_at=at,
        confirmed_by=by.label,
        **terms.as_fields(),
    )
    if not may_keep(by, place):
        raise Refused(Reason("places.may_not_keep"))
    if not terms.half_days:
        raise Refused(Reason("places.needs_half_day"))
    _must_have_own_mentor(organisation.pk, mentor)
    place.save()
    Seat.objects.bulk_create(Seat(place=place, number=number, created_on=localdate(at)) for number in range(1, seats + 1))
    record(by=by, at=at, action="offer_place", subject_kind="place", subject_id=place.pk, facts={"seats": seats})
    return place


@operation
def change_place(*, place: Place, terms: PlaceTerms, mentor: Mentor | None, by: Actor, at: datetime) -> tuple[str, ...]:
    """Give a place other terms or another mentor; return the names of what changed. The place counts as confirmed.

    Raises `Refused` when the actor may not, or the mentor belongs to another organisation.
    """
    if not may_keep(by, place):
        raise Refused(Reason("places.may_not_keep"))
    _must_have_own_mentor(place.organisation_id, mentor)
    changed = [name for name, value in terms.as_fields().items() if getattr(place, name) != value]
    for name, value in terms.as_fields().items():
        setattr(place, name, value)
    if place.mentor_id != (mentor.pk if mentor else None):
        place.mentor = mentor
        changed.append("mentor")
    place.confirmed_at, place.confirmed_by = at, by.label
    place.version += 1
    place.save()
    record(by=by, at=at, action="change_place", subject_kind="place", subject_id=place.pk, facts={"changed": changed})
    return tuple(changed)


@operation
def name_guide(*, place: Place, mentor: Mentor, by: Actor, at: datetime) -> Place:
    """Let who guides by an agreement be the mentor of a place that has none: their floor and their load then know of the learner.

    Called by `placements.operations.start_placement`, which knows who may, under the lock of the place; a mentor that the place has is
    never replaced. Raises `Refused` when the mentor belongs to another organisation.
    """
    _must_have_own_mentor(place.organisation_id, mentor)
    if place.mentor_id is None:
        place.mentor = mentor
        place.version += 1
        place.save(update_fields=["mentor", "version"])
    record(by=by, at=at, action="name_guide", subject_kind="place", subject_id=place.pk, facts={"mentor": str(place.mentor_id)})
    return place


def _must_have_own_mentor(organisation_id: UUID, mentor: Mentor | None) -> None:
    """Raise `Refused` for a mentor of another organisation: who guides learners works where they work."""
    if not has_own_mentor(organisation_id, mentor):
        raise Refused(Reason("places.mentor_of_another_host"))


@operation
def set_seat_count(*, place: Place, seats: int, occupied: frozenset[UUID], proposed: int, by: Actor, at: datetime) -> int:
    """Add or retire seats until the place has `seats`; return the new number. Free seats go first, those with high numbers foremost.

    `occupied`: the seats that somebody has, now or later; `proposed`: how many more are held by open proposals. Called by
    `placements.operations.seats.resize_place`, which counts both under a lock. Raises `Refused` when more seats would have to go.
    """
    if not may_keep(by, place):
        raise Refused(Reason("places.may_not_keep"))
    live = list(place.seats.filter(retired_on__isnull=True).order_by("number"))
    taken = sum(seat.pk in occupied for seat in live)
    if seats < taken + proposed:
        raise Refused(Reason("places.seats_occupied", {"seats": seats, "occupied": taken, "proposed": proposed}))
    highest = max(place.seats.values_list("number", flat=True), default=0)
    missing = seats - len(live)
    Seat.objects.bulk_create(Seat(place=place, number=highest + extra, created_on=localdate(at)) for extra in range(1, missing + 1))
    free = [seat.pk for seat in live if seat.pk not in occupied]
    place.seats.filter(pk__in=free[len(free) + min(missing, 0) :]).update(retired_on=localdate(at))
    record(by=by, at=at, action="set_seat_count", subject_kind="place", subject_id=place.pk, facts={"seats": seats})
    return seats


@operation
def confirm_place(*, place: Place, by: Actor, at: datetime) -> Place:
    """The place is still right, says the host: one click, and the date is seen by everybody who looks at it."""
    if not may_confirm(by, place):
        raise Refused(Reason("places.may_not_keep"))
    place.confirmed_at, place.confirmed_by = at, by.label
    place.save(update_fields=["confirmed_at", "confirmed_by"])
    record(by=by, at=at, action="confirm_place", subject_kind="place", subject_id=place.pk)
    return place


@operation
def ask_host(*, place: Place, address: str, by: Actor, at: datetime) -> NewLink:
    """Return a link to this place for its host, to say that it is still right or to pause it. Raises `Refused` when the actor may not."""
    if not may_ask_host(by, place):
        raise Refused(Reason("places.may_not_keep"))
    record(by=by, at=at, action="ask_host", subject_kind="place", subject_id=place.pk)
    return issue_link(
        purpose=LinkPurpose.HOST_PLACE,
        subject_id=place.pk,
        person_id=None,
        organisation_id=place.organisation_id,
        address=address,
        expires_at=at + ASKED_FOR,
        by=by,
        at=at,
    )


@operation
def pause_place(*, place: Place, return_on: date, reason: str, by: Actor, at: datetime) -> Place:
    """Pause a place until a return date: rounds leave it alone, people who are there or were proposed stay."""
    if not may_pause(by, place):
        raise Refused(Reason("places.may_not_keep"))
    if return_on <= localdate(at):
        raise Refused(Reason("places.return_in_the_past", {"return_on": return_on.isoformat()}))
    place.paused_from, place.paused_until, place.pause_reason = localdate(at), return_on, reason.strip()[:300]
    place.save(update_fields=["paused_from", "paused_until", "pause_reason"])
    facts = {"return_on": return_on.isoformat()}
    record(by=by, at=at, action="pause_place", subject_kind="place", subject_id=place.pk, facts=facts)
    return place


@operation
def resume_place(*, place: Place, by: Actor, at: datetime) -> Place:
    """Open a paused place again; it counts as confirmed."""
    if not may_keep(by, place):
        raise Refused(Reason("places.may_not_keep"))
    place.paused_from, place.paused_until, place.pause_reason = None, None, ""
    place.confirmed_at, place.confirmed_by = at, by.label
    place.save(update_fields=["paused_from", "paused_until", "pause_reason", "confirmed_at", "confirmed_by"])
    record(by=by, at=at, action="resume_place", subject_kind="place", subject_id=place.pk)
    return place


@operation
def hold_seats(*, place: Place, seats: int, until: date, reason: str, by: Actor, at: datetime) -> Hold:
    """Keep seats of a place free until (not including) a day, with a reason: "hold this place two weeks"."""
    if not may_hold(by, place):
        raise Refused(Reason("places.may_not_keep"))
    live = place.seats.filter(retired_on__isnull=True).count()
    if until <= localdate(at):
        raise Refused(Reason("places.hold_in_the_past", {"until": until.isoformat()}))
    if not 1 <= seats <= live:
        raise Refused(Reason("places.hold_too_many", {"seats": seats, "live": live}))
    hold = Hold.objects.create(place=place, seats=seats, until_on=until, reason=reason.strip()[:300], by_label=by.label, created_at=at)
    facts = {"seats": seats, "until": until.isoformat()}
    record(by=by, at=at, action="hold_seats", subject_kind="place", subject_id=place.pk, facts=facts)
    return hold


@operation
def release_hold(*, hold: Hold, by: Actor, at: datetime) -> Hold:
    """Free the held seats at once."""
    if not may_hold(by, hold.place):
        raise Refused(Reason("places.may_not_keep"))
    hold.released_at = at
    hold.save(update_fields=["released_at"])
    record(by=by, at=at, action="release_hold", subject_kind="place", subject_id=hold.place_id)
    return hold


@operation
def close_place(*, place: Place, in_use: int, by: Actor, at: datetime) -> Place:
    """Close a place for good; refused while somebody works there or has an open proposal for it."""
    if not may_keep(by, place):
        raise Refused(Reason("places.may_not_keep"))
    if in_use:
        raise Refused(Reason("places.seats_in_use", {"seats": 0, "in_use": in_use}))
    place.closed_at = at
    place.save(update_fields=["closed_at"])
    record(by=by, at=at, action="close_place", subject_kind="place", subject_id=place.pk)
    return place
